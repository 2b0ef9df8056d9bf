from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.saved.models import SavedView


def saved_views(meeting: Meeting) -> list[SavedView]:
    """The views that organizers of this meeting keep, by name."""
    query = select(SavedView).where(SavedView.meeting_id == meeting.id)
    return list(db.session.scalars(query.order_by(SavedView.folded_name)))


def saved_view(meeting: Meeting, number: int) -> SavedView | None:
    """The view of this meeting with this number."""
    return db.session.scalar(select(SavedView).where(SavedView.meeting_id == meeting.id, SavedView.id == number))
