"""What a page that several people work on asks every few seconds, and what it says of itself."""

from collections.abc import Collection, Sequence

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.people.current import current_person
from eventapp.presence.actions import arrive
from eventapp.presence.queries import Typing, others_at


def others_here(kind: str, scope_id: int, *, mark: str, typing: Sequence[Typing]) -> ResponseReturnValue:
    """Answer who else has the page open and where they write; 304 while it is as before.

    `mark` is another whenever the page would be: then the browser fetches what is new.
    """
    people = others_at(kind, scope_id, current_person(), at=now(), typing=typing)
    answer = jsonify(mark=mark, people=[one._asdict() for one in people])
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


def arriving(kind: str, scope_id: int, parts: Collection[int] = ()) -> ResponseReturnValue:
    """Note that this person has the page open, and in which of its parts; a part that it has not is none."""
    person, part = current_person() or abort(404), request.form.get("part", type=int)
    with transaction():
        arrive(kind, scope_id, part if part in parts else None, by=person, at=now())
    return "", 204
