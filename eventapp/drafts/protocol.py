"""How a page and the server speak of a draft: what a browser sends with it, and what it is answered."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from eventapp.drafts.actions import Overtaken, Sent
from eventapp.drafts.models import LONGEST_KEY, Draft
from eventapp.drafts.tabs import mark_in
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.ground.text.dates import Zone, local
from eventapp.ground.text.policy import figure
from eventapp.ground.web.forms import Form

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}  # of what the line below the form reads


class DraftForm(Form):
    """A form that is kept while somebody types."""

    draft = HiddenField()  # the version of the draft it goes on from
    over = HiddenField()  # its writer chose it over what another tab or device made

    @property
    def is_overtaken(self) -> bool:
        """Whether it was refused because another tab or device was faster."""
        return isinstance(self.refused, Overtaken)

    def go_over(self, version: int) -> None:
        """Where it was overtaken, let it take the place of this version when it is sent again."""
        if self.is_overtaken:
            self.draft.data, self.over.data = str(version), "1"


class KeyedFields:
    """The same of a form where a person may have several drafts."""

    key = HiddenField()
    draft = HiddenField()


def sent() -> Sent:
    """What the browser says of the text it sends. A version that is no number is none."""
    form = request.form
    return Sent(
        version=figure(form.get("draft")),
        mark=mark_in(form.get("mark")),
        over=bool(form.get("over")),
        is_unchanged="unchanged" in form,
        base=figure(form.get("base")) if "base" in form else None,
        replaces=form.get("again", "")[:LONGEST_KEY],
    )


def is_discarded() -> bool:
    """Whether the browser sends no text, but that it was emptied."""
    return "discard" in request.form


def key_sent() -> str:
    """The key a text came under, as its page made it."""
    return request.form.get("key", "")[:LONGEST_KEY]


def answer(keep: Callable[[datetime], Draft | None], zone: Zone, *, fault: str = "") -> ResponseReturnValue:
    """Keep what is being typed, and say when that was; or why not. A fault is said before anything is kept."""
    if fault:
        return fault, 422, PLAIN
    at = now()
    try:
        with transaction():
            draft = keep(at)
    except Refused as refused:
        return str(refused), 409, PLAIN
    return confirmed(draft, at, zone)


def confirmed(draft: Draft | None, at: datetime, zone: Zone) -> Response:
    """Say to the page that a text is kept: when, on the clock of that zone, as which version, and under which key.

    No key: there is nothing to go on with, since it was saved already or decided about elsewhere.
    """
    response = saved_at(make_response("", 204), at, zone)
    response.headers["X-Version"] = str(draft.version if draft else 0)
    response.headers["X-Key"] = key_of(draft)
    return response


def saved_at(response: Response, at: datetime, zone: Zone) -> Response:
    response.headers["X-Saved-At"] = f"{local(at, zone):%H:%M:%S}"
    return response


def key_of(draft: Draft | None) -> str:
    """The key of a draft, as a header takes it; '' for one that no page of ours made."""
    key = (draft and draft.key) or ""
    return key if key.isascii() and key.isprintable() else ""


def held(draft: Draft) -> dict[str, str | None]:
    """What a form says of the draft it goes on with."""
    base = {"base": str(draft.base)} if draft.base else {}
    return {"key": draft.key, "draft": str(draft.version), "again": draft.replaces, **base}
