from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from eventapp.agenda.availability.content import DayHours, rows_of
from eventapp.agenda.availability.models import Availability
from eventapp.agenda.availability.queries import (
    SILENT,
    UNASKED,
    availabilities,
    availability_of,
    over_long_ago,
    people_with_parts,
)
from eventapp.agenda.mails import availability_wanted
from eventapp.agenda.models import ROLE_LINK, SpeakingRole
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import link_for_letter
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.sorts import AVAILABILITY
from eventapp.people.models import Person

AT_ONCE = 300  # rows forgotten in one transaction


def say_when(role: SpeakingRole, days: Sequence[DayHours], remark: str, *, at: datetime) -> None:
    """Keep what somebody says of when they can take part, for every part they have in the meeting. Twice is once.

    Refused where nobody is known by an address, the part is not theirs any more, or the meeting is over or closed.
    """
    meeting, person = role.session.meeting, role.person
    lock(meeting)
    if person is None or not role.holds or role.session.is_off:
        raise Refused(_("You are not asked for this role any more. Nothing is expected of you."))
    if meeting.closed_at is not None or meeting.has_ended(at):
        raise Refused(_("The meeting is over. Write to %(mail)s.", mail=meeting.contact_email))
    row = availability_of(meeting, person)
    if row is None:
        row = Availability(meeting_id=meeting.id, person_id=person.id)
        db.session.add(row)
    rows = rows_of(days)
    if row.answered_at is not None and (row.days, row.remark) == (rows, remark):
        return
    row.days, row.remark, row.answered_at = rows, remark, at
    record("said when they can take part", role, by=person, at=at, count=len(rows))


def ask_when(meeting: Meeting, *, again: bool, most: int, by: Person | None, at: datetime) -> int:
    """Write to who has a part and said nothing of when they can take part: those never asked, or `again` the others.

    Returns how many letters were written, so many at most; nobody is written to twice within a day.
    """
    lock(meeting)
    query = people_with_parts(meeting, SILENT if again else UNASKED)
    long_ago = or_(Availability.asked_at.is_(None), Availability.asked_at <= at - timedelta(days=1))
    found = db.session.scalars(query.where(long_ago).limit(most)).all()
    there = availabilities(meeting, [one.person_id for one in found if one.person_id is not None])
    for role in found:
        row = there.get(role.person_id or 0)
        if row is None:
            row = Availability(meeting_id=meeting.id, person_id=role.person_id, times=0)
            db.session.add(row)
        row.asked_at, row.times = at, row.times + 1
        token = link_for_letter(ROLE_LINK, role, meeting_id=meeting.id, at=at)
        post(availability_wanted(role, token=token), at=at)
    if found:
        record("asked when they can take part", meeting, by=by, at=at, count=len(found))
    return len(found)


def forget_old(*, at: datetime) -> int:
    """Delete what people said for meetings that are over as long as needs are kept. Returns how many."""
    gone = delete(Availability).where(Availability.id.in_(over_long_ago(at, most=AT_ONCE)))
    counts = Counter(db.session.scalars(gone.returning(Availability.meeting_id)))
    for meeting in db.session.scalars(select(Meeting).where(Meeting.id.in_(counts))):
        count_deleted(meeting, {AVAILABILITY: counts[meeting.id]}, at=at)
    return counts.total()
