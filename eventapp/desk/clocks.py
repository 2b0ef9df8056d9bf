"""A meeting gets another time zone: what beside its sessions was planned by its clocks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.agenda.zones.changing import follow_zone, same_clock
from eventapp.announcements.models import OVER, Announcement
from eventapp.ground.db import db
from eventapp.inputs.models import Call
from eventapp.meetings.models import Meeting
from eventapp.messages.models import DRAFT, PAUSED, REVIEW, SCHEDULED, Message
from eventapp.networking.slots.clocks import plan_in_new_zone
from eventapp.people.models import Person
from eventapp.registration.models import DelegationRules

CLOCKS, MOMENTS = "clocks", "moments"  # which of them stays
SPAN = ("starts_at", "ends_at")
LAST_DAYS = ("nominations_close_at", "confirmations_close_at")
TO_LEAVE = (DRAFT, REVIEW, SCHEDULED, PAUSED)


def follow_new_zone(
    meeting: Meeting, before: ZoneInfo, *, keeps: str, second: bool, by: Person | None, at: datetime
) -> None:
    """Plan all that was planned by the clocks of the old zone in the new one. Refused as `follow_zone` is."""
    keeps_clocks = keeps == CLOCKS
    follow_zone(meeting, before, keeps_clocks=keeps_clocks, second=second, by=by, at=at)
    plan_in_new_zone(meeting, before, keeps_clocks=keeps_clocks, second=second, by=by, at=at)
    if not keeps_clocks:
        return
    rows = (
        (select(Announcement).where(Announcement.meeting_id == meeting.id, Announcement.state != OVER), SPAN),
        (select(Message).where(Message.meeting_id == meeting.id, Message.state.in_(TO_LEAVE)), ("send_at",)),
        (select(DelegationRules).where(DelegationRules.meeting_id == meeting.id), LAST_DAYS),
        (select(Call).where(Call.meeting_id == meeting.id), ("opens_at", "closes_at")),
    )
    for query, names in rows:
        for row in db.session.scalars(query):
            for name in names:
                moment = getattr(row, name)
                if moment is not None:
                    setattr(row, name, same_clock(moment, before, meeting.tz))
