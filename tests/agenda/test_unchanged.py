"""A plan of which nothing changed since it was published: the version, as large as the meeting, is not read again."""

from flask import Flask

from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.actions import changed_since
from eventapp.ground.db import db, transaction
from tests import make
from tests.counting import counted
from tests.make_agenda import NINE, published


def test_the_version_is_read_once_for_each_process(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    session = make.session(meeting, code="S1", starts_at=NINE)
    assert changed_since(meeting, published(meeting, at=session.changed_at)) == []
    db.session.expire_all()
    with counted() as sent:
        last = newest_release(meeting)
        assert last is not None
        assert changed_since(meeting, last) == []
    assert not [one for one in sent if "release.content" in one]
    with transaction():
        session.title = "Another title"
        session.changed_at = session.changed_at.replace(microsecond=1)
    last = newest_release(meeting)
    assert last is not None
    assert [one.code for one in changed_since(meeting, last)] == ["S1"]
