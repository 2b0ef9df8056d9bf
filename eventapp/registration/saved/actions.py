"""Keeping a view of the list under a name, and taking it away."""

from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.saved.models import SavedView
from eventapp.registration.saved.queries import saved_views

MOST_VIEWS = 30  # of one meeting: tabs to choose from


def save_view(meeting: Meeting, name: str, look: Record, *, by: Person, at: datetime) -> SavedView:
    """Keep this look at the list; the view of the same name is replaced. Refused where there are too many."""
    lock(meeting)
    known = saved_views(meeting)
    view = next((one for one in known if one.folded_name == folded(name)), None)
    if view is None and len(known) >= MOST_VIEWS:
        raise Refused(_("A meeting keeps at most %(most)s views. Take one away first.", most=MOST_VIEWS))
    if view is None:
        view = SavedView(meeting_id=meeting.id, folded_name=folded(name))
        db.session.add(view)
    view.name, view.look = name, look
    db.session.flush()
    record("kept a view", view, by=by, at=at, meeting_id=meeting.id, name=name)
    return view


def remove_view(meeting: Meeting, view: SavedView, *, by: Person, at: datetime) -> None:
    """Take the view away; registrations stay as they are."""
    lock(meeting)
    record("removed a view", view, by=by, at=at, meeting_id=meeting.id, name=view.name)
    db.session.delete(view)
