from flask import Flask

from eventapp.ground.db import db
from tests import make


def test_what_is_made_is_kept(app: Flask) -> None:
    meeting = make.meeting(capacity=3)

    assert (meeting.capacity, meeting.is_published) == (3, True)
    assert db.session.get(type(meeting), meeting.id) is meeting
