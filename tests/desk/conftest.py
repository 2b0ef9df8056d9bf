"""Who begins meetings."""

from datetime import timedelta

import pytest

from eventapp.desk import views
from eventapp.desk.starting import manage
from eventapp.meetings.models import Body
from eventapp.meetings.organizers.models import BodyOrganizer
from tests import make
from tests.browserless import PageClient


@pytest.fixture
def body_organizer(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """Who organizes a body that one meeting has, signed in; another meeting has another body."""
    for room in (manage, views):  # the day of the meeting that is made comes, and what is left to do is another then
        monkeypatch.setattr(room, "now", lambda: make.TODAY + timedelta(seconds=17, microseconds=5))
    person, root = make.person(), make.administrator()
    for slug, code, name in (("spring", "cict", "Committee on ICT"), ("autumn", "rcm", "Regional coordination")):
        meeting = make.meeting(slug=slug, title=f"The {slug} meeting")
        make.kept(Body(meeting_id=meeting.id, code=code, name=name))
    make.kept(BodyOrganizer(code="cict", person_id=person.id, granted_at=make.TODAY, granted_by_id=root.id))
    return client.sign_in(person)
