from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.availability.absences import absences
from eventapp.agenda.planning.beyond import warned_beyond
from eventapp.agenda.planning.changeover import changeovers
from eventapp.agenda.planning.conflicts import Notice, warnings
from eventapp.agenda.planning.draft import DraftSession, draft_of
from eventapp.agenda.planning.kinds import KINDS
from eventapp.agenda.room_hours.warnings import out_of_hours
from eventapp.agenda.warnings.models import AcknowledgedWarning, WarningSettings
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


@dataclass(frozen=True)
class Warnings:
    """The warnings of a draft: those that are open, and those that somebody acknowledged, each with the row of that."""

    open: Sequence[Notice]
    acknowledged: Sequence[tuple[Notice, AcknowledgedWarning]]


def warnings_now(meeting: Meeting, draft: Sequence[DraftSession] | None = None) -> Warnings:
    """The warnings of the draft as it is now, in the order of `warnings`. `draft` where it was read already."""
    found = all_warnings(meeting, draft_of(meeting) if draft is None else draft)
    query = select(AcknowledgedWarning).where(AcknowledgedWarning.meeting_id == meeting.id)
    rows = {one.key: one for one in db.session.scalars(query.options(joinedload(AcknowledgedWarning.by)))}
    about = {(one.kind, *one.sessions) for one in rows.values()}
    keys = [one.key if (one.kind, *one.sessions) in about else "" for one in found]  # a key costs more than a look
    return Warnings(
        [one for one, key in zip(found, keys, strict=True) if key not in rows],
        [(one, rows[key]) for one, key in zip(found, keys, strict=True) if key in rows],
    )


def all_warnings(meeting: Meeting, draft: Sequence[DraftSession]) -> list[Notice]:
    """What the draft says, what the meeting set, and what features above the agenda know; by kind, then by time."""
    found = [*warnings(meeting, draft), *changeovers(meeting, draft, changeover_of(meeting)), *absences(meeting, draft)]
    found += out_of_hours(meeting, draft)
    order = list(KINDS)
    return sorted([*found, *warned_beyond(meeting, draft)], key=lambda one: order.index(one.kind))


def changeover_of(meeting: Meeting) -> int:
    """The minutes that should be between two sessions; 0 where nobody wants to be warned."""
    row = db.session.get(WarningSettings, meeting.id)
    return row.changeover if row else 0


def acknowledged_among(meeting: Meeting, keys: Collection[str]) -> set[str]:
    """Which of these warnings are acknowledged, by their keys."""
    query = select(AcknowledgedWarning.key).where(AcknowledgedWarning.meeting_id == meeting.id)
    return set(db.session.scalars(query.where(AcknowledgedWarning.key.in_(keys))))


def acknowledgement(meeting: Meeting, number: int) -> AcknowledgedWarning | None:
    """The acknowledgement with this number, where it is one of this meeting."""
    query = select(AcknowledgedWarning).where(AcknowledgedWarning.meeting_id == meeting.id)
    return db.session.scalar(query.where(AcknowledgedWarning.id == number))
