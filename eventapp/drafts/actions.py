"""Keep a draft while it is typed, settle it once it is saved, or discard it; see docs/decisions for the rules."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select

from eventapp.drafts.models import Draft
from eventapp.drafts.queries import old_drafts, with_key
from eventapp.drafts.tabs import is_later, is_repeat
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _


@dataclass(frozen=True)
class Slot:
    """Which draft: what it is to become, whose it is, and its key where a person may have several of them."""

    kind: str
    scope_id: int
    target_id: int | None = None
    person_id: int | None = None  # None: whoever holds the link
    key: str = ""


@dataclass(frozen=True)
class Sent:
    """How a browser sends a text: the version of the draft it goes on from, and the mark of its tab."""

    version: int = 0  # 0: of no draft
    mark: str = ""
    over: bool = False  # its writer chose it over what another tab or device made
    is_unchanged: bool = False  # nothing was typed since the server had it
    base: int | None = None  # the version of the target it was written from
    replaces: str = ""  # the key it was on its way under when it was taken back into the form


UNSENT = Sent()


class Outcome(NamedTuple):
    """What became of a text: its draft, None where none was needed; and the content that it took the place of."""

    draft: Draft | None = None
    before: Record | None = None


class Overtaken(Refused):
    """Another tab or device went on with this draft, or it was saved or discarded there: nothing was written."""


def keep(slot: Slot, content: Record, sent: Sent, *, at: datetime) -> Outcome:
    """Keep this text in its draft; half a sentence is welcome, and the same sending twice is kept once.

    Nothing is written over what another tab or device made. A text with a key is then kept beside it, under the mark
    of its tab; one without is refused, and stays in its browser. Whoever calls this holds the lock of the scope.
    """
    draft, content = find(slot), json.loads(json.dumps(content))  # as the table gives it back
    if draft is None:
        return Outcome(begin(slot, content, sent, at=at))
    if is_same(draft, slot, content, sent):
        return Outcome(draft)
    if follows(draft, slot, sent):
        before = draft.content if sent.over and not is_later(draft.mark, sent.mark) else None
        write(draft, content, sent, at=at)
        return Outcome(draft, before)
    if slot.key:
        return Outcome(keep_beside(slot, content, sent, at=at))
    if draft.is_open or sent.version:
        raise Overtaken(_("This text was changed in another window or on another device since you opened it here."))
    return Outcome(begin(slot, content, sent, at=at))


def keep_beside(slot: Slot, content: Record, sent: Sent, *, at: datetime) -> Draft | None:
    """A draft of its own for a text that comes second; None where it is a repetition or was left unchanged."""
    first = find(slot)
    if sent.is_unchanged or (first is not None and is_repeat(first.mark, sent.mark)):
        return None
    beside = replace(slot, key=sent.mark or hashed(f"{slot.key} {at.isoformat()}"))
    draft = find(beside)
    if draft is None:
        return begin(beside, content, sent, at=at)
    if draft.is_open:
        write(draft, content, sent, at=at)
    return draft


def settle(draft: Draft | None, *, at: datetime) -> None:
    """The draft was saved, or somebody decided about it; it is opened no more."""
    if draft is not None and draft.is_open:
        draft.settled_at = at


def discard(slot: Slot, sent: Sent, *, at: datetime) -> Draft | None:
    """Its writer does not want it: it is gone for good, also where an older sending of it arrives after this.

    What another tab or device went on with stays. Returns the draft.
    """
    draft = find(slot)
    if draft is None and slot.key:
        draft = begin(slot, {}, sent, at=at)
        throw_away(draft, at=at)
    elif draft is not None and follows(draft, slot, sent):
        throw_away(draft, mark=sent.mark, at=at)
    return draft


def throw_away(draft: Draft, *, at: datetime, mark: str = "") -> None:
    """Forget what this draft says."""
    draft.content, draft.discarded_at, draft.mark = {}, at, mark or draft.mark


def find(slot: Slot) -> Draft | None:
    """The draft of this slot: the newest, where one was settled or discarded before another was begun."""
    if slot.key:
        return with_key(slot.key, slot.person_id)
    same = {"kind": slot.kind, "scope_id": slot.scope_id, "target_id": slot.target_id, "person_id": slot.person_id}
    query = select(Draft).filter_by(**same, key=None, is_second=False).order_by(Draft.id.desc()).limit(1)
    return db.session.scalar(query.execution_options(populate_existing=True))


def follows(draft: Draft, slot: Slot, sent: Sent) -> bool:
    """Whether this was written on the draft as it is, or later in the tab that sent it last."""
    is_there = (draft.kind, draft.scope_id, draft.target_id) == (slot.kind, slot.scope_id, slot.target_id)
    return draft.is_open and is_there and (sent.version == draft.version or is_later(draft.mark, sent.mark))


def is_same(draft: Draft, slot: Slot, content: Record, sent: Sent) -> bool:
    """Whether the open draft says this already, or something later of the same tab."""
    is_known = draft.content == content or is_repeat(draft.mark, sent.mark)
    return draft.is_open and is_known and (draft.scope_id, draft.target_id) == (slot.scope_id, slot.target_id)


def prepare(slot: Slot, content: Record, *, at: datetime, version: int = 0) -> Draft:
    """A draft to go on from that nobody has typed anything in yet."""
    draft = begin(slot, content, UNSENT, at=at)
    draft.version = version
    db.session.flush()
    return draft


def begin(slot: Slot, content: Record, sent: Sent, *, at: datetime) -> Draft:
    draft = Draft(
        kind=slot.kind,
        scope_id=slot.scope_id,
        target_id=slot.target_id,
        person_id=slot.person_id,
        key=slot.key or None,
        version=0,
        created_at=at,
    )
    db.session.add(draft)
    write(draft, content, sent, at=at)
    return draft


def write(draft: Draft, content: Record, sent: Sent, *, at: datetime) -> None:
    draft.content, draft.mark, draft.base, draft.replaces = content, sent.mark, sent.base, sent.replaces
    draft.updated_at, draft.version = at, draft.version + 1
    db.session.flush()


def keep_second(slot: Slot, content: Record, *, base: int, at: datetime) -> Draft:
    """Keep a text that was saved after another one, until somebody decides between them and for ever after."""
    draft = begin(slot, content, Sent(base=base), at=at)
    draft.is_second = True
    return draft


def forget_old(at: datetime) -> int:
    """Delete drafts that their writers left a year ago. Returns how many."""
    numbers = list(db.session.scalars(old_drafts(at)))
    db.session.execute(delete(Draft).where(Draft.id.in_(numbers)))
    return len(numbers)
