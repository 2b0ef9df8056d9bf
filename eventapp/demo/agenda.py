"""How the illustrative agenda was published: once with a session in too small a room, and again with it moved."""

from datetime import datetime
from functools import partial

from eventapp.agenda.releases.actions import release
from eventapp.agenda.sessions.actions import move
from eventapp.demo.story import Story, bangkok
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.sessions.queries import session_at

MOVED, TOO_SMALL = "S8", "MRG"


def tell(story: Story, meeting: Meeting, organizer: Person) -> None:
    """Put the two releases in the story; after the second the agenda is as the meeting file says."""
    session = session_at(meeting, MOVED)
    own_room = session.room.code if session and session.room else TOO_SMALL
    story.add(bangkok(9, 12, 10), partial(put_in, meeting, TOO_SMALL, organizer))
    story.add(bangkok(9, 12, 11), partial(publish, meeting, "First agenda", organizer))
    story.add(bangkok(9, 27, 9, 40), partial(put_in, meeting, own_room, organizer))
    story.add(bangkok(9, 27, 9, 45), partial(publish, meeting, "Flagship initiatives need more seats", organizer))


def put_in(meeting: Meeting, code: str, organizer: Person, at: datetime) -> None:
    session = session_at(meeting, MOVED)
    room = next(room for room in meeting.rooms if room.code == code)
    if session is not None:
        starts, ends = session.starts_at, session.ends_at
        move(session, starts_at=starts, ends_at=ends, room_id=room.id, by=organizer, at=at)


def publish(meeting: Meeting, remark: str, organizer: Person, at: datetime) -> None:
    release(meeting, by=organizer, at=at, remark=remark)
