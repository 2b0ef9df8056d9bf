"""The secretariat completes a card for the forms of others. What the presenter sent stays as it was sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from eventapp.db import lock
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.practices.content import Practice, practice_from
from eventapp.practices.details import DETAILS
from eventapp.practices.models import Card, Completion
from eventapp.practices.queries import newest_sent
from eventapp.refusal import Refused
from eventapp.windows import goes_on
from eventapp.words import _

COMPLETED = (*DETAILS, "country", "partners", "challenges", "prospects")
ASIDES = ("replicability", "sustainability")  # a note has them too
SITTING = timedelta(minutes=30)  # what one person writes within it is one completion


def as_it_stands(card: Card) -> Practice:
    """What the presenter sent, with what the note made of it says since. Refused before anything was sent."""
    sent = newest_sent(card)
    if sent is None:
        raise Refused(_("%(ref)s was not sent yet: there is nothing to complete.", ref=card.reference))
    practice, note = practice_from(sent.content), card.note if card.is_noted else None
    since = {name: getattr(note.current, name) for name in ASIDES} if note else {}
    return replace(practice, **{name: text for name, text in since.items() if text})


def completed(practice: Practice, completion: Completion | None) -> Practice:
    """The card with the words of the secretariat in the place of the presenter's, where there are any."""
    ours = completion.content if completion else {}
    return replace(practice, **{name: value for name, value in ours.items() if name in COMPLETED})


def parts_of(practice: Practice) -> dict[str, Any]:
    """The parts of a card that may be completed, by their names."""
    return {name: getattr(practice, name) for name in COMPLETED}


def complete(
    card: Card,
    wanted: Mapping[str, Any],
    *,
    base: int,
    by: Person | None,
    at: datetime,
    over: bool = False,
    mark: str = "",
) -> int:
    """Keep what the forms of others ask for beyond the card; what is as the presenter sent it stays theirs.

    Returns the new version. `base` is the version it was written from: refused where somebody was faster, unless
    `over` puts it in the place of the other text, which stays on record.
    """
    lock(card)
    before = as_it_stands(card)
    after = replace(before, **{name: wanted[name] for name in COMPLETED})
    newest = card.completion
    ours = {name: value for name, value in wanted.items() if name in COMPLETED and value != getattr(before, name)}
    version = newest.version if newest else 0
    if ours == (newest.content if newest else {}):
        return version
    is_later = newest is not None and goes_on(newest.mark, mark)
    if base != version and not is_later:
        raise Refused(_("%(ref)s was completed in another window since you opened it here.", ref=card.reference))
    if after.too_long or after.faults:
        raise Refused(_("A part of the card is too long, or not what the forms take. Put it right, then save it."))
    is_at_it = newest is not None and (is_later or not over) and at - newest.begun_at < SITTING
    if newest and is_at_it and newest.by_id == (by.id if by else None):
        newest.content, newest.version, newest.at, newest.mark = ours, version + 1, at, mark
    else:
        begin(card, ours, version + 1, mark, by=by, at=at)
    return version + 1


def begin(card: Card, ours: dict[str, Any], version: int, mark: str, *, by: Person | None, at: datetime) -> None:
    """Begin a new row, so that the text before stays on record."""
    card.completions.append(
        Completion(version=version, mark=mark, content=ours, begun_at=at, at=at, by_id=by.id if by else None)
    )
    record("completed a card", card, by=by, at=at, meeting_id=card.meeting_id, reference=card.reference)
