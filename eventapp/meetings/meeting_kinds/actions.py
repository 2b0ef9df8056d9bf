from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.latin import code_for
from eventapp.history.actions import record
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting, meeting_kinds
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.sorts import SORTS
from eventapp.people.models import Person

LONGEST_CODE = 40


@dataclass(frozen=True)
class MeetingKindFacts:
    """What is said of a kind: its name in English and others by language, and days by sort of personal data."""

    name: str
    names: Record = field(default_factory=dict)
    retention: Mapping[str, int] = field(default_factory=dict)


def add_meeting_kind(facts: MeetingKindFacts, *, by: Person | None, at: datetime, code: str = "") -> MeetingKind:
    """Let meetings be of one more kind, the last in the list. Refused where another has its English name."""
    kinds = meeting_kinds()
    refuse_same_name(kinds, facts.name)
    own = code or code_for(facts.name, [one.code for one in kinds], most=LONGEST_CODE, otherwise="kind")
    place = max((one.position for one in kinds), default=0) + 1
    kind = MeetingKind(code=own, position=place, **columns_of(facts))
    db.session.add(kind)
    db.session.flush()
    record("added a kind of meeting", kind, by=by, at=at, name=kind.name, days=dict(kind.retention))
    return kind


def change_meeting_kind(kind: MeetingKind, facts: MeetingKindFacts, *, by: Person | None, at: datetime) -> None:
    """Say other things of a kind; its meetings keep personal data for the new days from now on, but for rules of
    their own. Refused where another has its English name.
    """
    lock(kind)
    refuse_same_name([one for one in meeting_kinds() if one is not kind], facts.name)
    columns = columns_of(facts)
    changes = {name: [getattr(kind, name), value] for name, value in columns.items() if getattr(kind, name) != value}
    if changes:
        for name, (_before, value) in changes.items():
            setattr(kind, name, value)
        kind.version += 1
        db.session.flush()
        record("changed a kind of meeting", kind, by=by, at=at, changes=changes)


def place_meeting_kind(kind: MeetingKind, place: int, *, by: Person | None, at: datetime) -> None:
    """Put a kind at this place among those that have not ended, the first is 1."""
    query = select(MeetingKind).order_by(MeetingKind.id).with_for_update().execution_options(populate_existing=True)
    db.session.scalars(query).all()
    others = [one for one in meeting_kinds() if one.ended_at is None and one is not kind]
    before = [one.code for one in meeting_kinds()]
    others.insert(min(place, len(others) + 1) - 1, kind)
    for number, one in enumerate(others, start=1):
        one.position = number
    db.session.flush()
    after = [one.code for one in meeting_kinds()]
    if before != after:
        record("moved a kind of meeting", kind, by=by, at=at, name=kind.name, place=others.index(kind) + 1)


def end_meeting_kind(kind: MeetingKind, *, by: Person | None, at: datetime) -> None:
    """Give no more meetings this kind; those that have it keep it and its days. Twice is once."""
    lock(kind)
    if kind.ended_at is None:
        kind.ended_at = at
        kind.version += 1
        record("ended a kind of meeting", kind, by=by, at=at, name=kind.name)


def bring_meeting_kind_back(kind: MeetingKind, *, by: Person | None, at: datetime) -> None:
    """Let meetings be given this kind again. Twice is once."""
    lock(kind)
    if kind.ended_at is not None:
        kind.ended_at = None
        kind.position = max(one.position for one in meeting_kinds()) + 1
        kind.version += 1
        record("brought a kind of meeting back", kind, by=by, at=at, name=kind.name)


def choose_meeting_kind(meeting: Meeting, kind: MeetingKind | None, *, by: Person | None, at: datetime) -> None:
    """Let this meeting be of a kind, or of none: it keeps personal data as that says, but for rules of its own.

    Refused for a kind that has ended, where the meeting has it not already. The same twice is one.
    """
    lock(meeting)
    before = kind_of_meeting(meeting)
    if before is kind:
        return
    if kind is not None and kind.ended_at is not None:
        raise Refused(_("“%(name)s” has ended. Choose another kind of meeting.", name=kind.name), beside="kind")
    meeting.kind_id = kind.id if kind else None
    if kind is None:  # what a rule of its own says as everybody does, is no rule where there is no kind
        meeting.retention = {sort: days for sort, days in meeting.retention.items() if days != SORTS[sort].usual}
    meeting.version += 1
    db.session.flush()
    names = [one.name if one else "" for one in (before, kind)]
    record("chose the kind of a meeting", meeting, by=by, at=at, changes={"meeting_kind": names})


def columns_of(facts: MeetingKindFacts) -> Record:
    """The same as columns: names that are there, and days that are not the usual ones."""
    days = {sort: number for sort, number in facts.retention.items() if number != SORTS[sort].usual}
    return {**asdict(facts), "names": {code: name for code, name in facts.names.items() if name}, "retention": days}


def refuse_same_name(others: list[MeetingKind], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in others):
        raise Refused(_("There is a kind of meeting “%(name)s” already. Write another name.", name=name), beside="name")
