from collections.abc import Collection

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import IS_HERE


def kind_of_meeting(meeting: Meeting) -> MeetingKind | None:
    """The kind that this meeting is of; None where nobody said one. One query, or none where it is known already."""
    return db.session.get(MeetingKind, meeting.kind_id) if meeting.kind_id else None


def meeting_kind_called(code: str) -> MeetingKind | None:
    """The kind with this code, an ended one too."""
    return db.session.scalar(select(MeetingKind).where(MeetingKind.code == code))


def meeting_kind_with(number: int) -> MeetingKind | None:
    """The kind with this number, an ended one too."""
    return db.session.get(MeetingKind, number)


def meeting_kinds() -> list[MeetingKind]:
    """Every kind in its order, those that have ended at the end."""
    ended = MeetingKind.ended_at.is_not(None)
    return list(db.session.scalars(select(MeetingKind).order_by(ended, MeetingKind.position, MeetingKind.id)))


def kinds_to_choose(now_is: MeetingKind | None = None) -> list[MeetingKind]:
    """The kinds that a meeting may be given, in their order, with the one it has, should that have ended."""
    return [one for one in meeting_kinds() if one.ended_at is None or one is now_is]


def meetings_by_kind() -> dict[int, int]:
    """How many meetings are of each kind, by the number of the kind. One query."""
    query = select(Meeting.kind_id, func.count()).where(Meeting.kind_id.is_not(None), IS_HERE).group_by(Meeting.kind_id)
    return {int(kind or 0): int(count) for kind, count in db.session.execute(query)}


def names_of_kinds(numbers: Collection[int], tongue: str) -> dict[int, str]:
    """What the kinds with these numbers are called in this language. One query."""
    query = select(MeetingKind).where(MeetingKind.id.in_(numbers))
    return {one.id: one.name_in(tongue) for one in db.session.scalars(query)} if numbers else {}
