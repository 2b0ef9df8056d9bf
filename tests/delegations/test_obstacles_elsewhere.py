"""What stands against a place is said as well where a change is decided, answers are put right, or somebody is added
at the counter.
"""

import pytest
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration import manage
from eventapp.registration.changes import manage as correcting
from eventapp.registration.changes.actions import amend, correct
from eventapp.registration.decisions import manage as decisions
from eventapp.registration.decisions.obstacles import Obstructed
from eventapp.registration.models import Registration
from eventapp.registration.queries import open_amendment
from eventapp.registration.walk_ins import manage as counter
from eventapp.registration.walk_ins.actions import add_walk_in
from tests import make
from tests.browserless import PageClient
from tests.make_registration import application, same
from tests.registration.filling import count, typed

pytestmark = pytest.mark.usefixtures("app")
PEOPLE = "/meetings/spring/manage/registrations"
UNION, BHUTAN = "Telecommunication Union", "Bhutan"


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (decisions, manage, correcting, counter):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)


@pytest.fixture
def meeting() -> Meeting:
    """A meeting where one delegation has no place left."""
    there = make.meeting(slug="spring")
    make.delegation(there, UNION, places=0)
    return there


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> Person:
    person = make.staff(meeting, "organizer")
    client.sign_in(person)
    return person


def moving(meeting: Meeting) -> Registration:
    """Somebody with a place who asks to come for the delegation that has none left."""
    one = make.registration(meeting, delegation=make.delegation(meeting, "Kisan Sabha"), record_name="Ms. Anong")
    with transaction():
        amend(one, same(one, delegation=UNION, delegation_country=""), by=None, at=make.TODAY)
    return one


def reasons_on_record() -> list[tuple[list[str], str]]:
    entries = db.session.scalars(select(Entry).where(Entry.verb == "approved all the same"))
    return [(one.detail["against"], one.detail["reason"]) for one in entries]


NO_PLACE = f"{UNION} has no place."


@pytest.mark.usefixtures("organizer")
def test_a_change_to_a_full_delegation_needs_a_reason(client: PageClient, meeting: Meeting) -> None:
    one = moving(meeting)
    here = f"{PEOPLE}/{one.reference}"
    refused = client.post(here, data={"do": "accept-change"})
    assert refused.status_code == 409
    assert NO_PLACE in refused.text
    assert 'name="despite"' in refused.text
    assert (one.delegation.name, open_amendment(one) is None) == ("Kisan Sabha", False)
    client.post(here, data={"do": "accept-change", "despite": "The Union gave up another place."})
    assert (one.delegation.name, open_amendment(one)) == (UNION, None)
    assert reasons_on_record() == [([NO_PLACE], "The Union gave up another place.")]


@pytest.mark.usefixtures("organizer")
def test_so_do_answers_that_are_put_right(client: PageClient, meeting: Meeting) -> None:
    one = make.registration(meeting, delegation=make.delegation(meeting, "Kisan Sabha"))
    here = f"{PEOPLE}/{one.reference}/answers"
    sent = typed(one.category, delegation=UNION)
    refused = client.post(here, data=sent)
    assert refused.status_code == 409
    assert NO_PLACE in refused.text
    assert one.delegation.name == "Kisan Sabha"
    assert client.post(here, data={**sent, "despite": "Agreed."}).status_code == 303
    assert one.delegation.name == UNION
    assert reasons_on_record() == [([NO_PLACE], "Agreed.")]


def test_what_stood_against_it_before_is_not_asked_about_again(meeting: Meeting, organizer: Person) -> None:
    category = make.category(meeting, needs_letter=True)
    one = make.registration(meeting, category=category, delegation=make.delegation(meeting, BHUTAN), job_title="Clerk")
    with transaction():
        correct(one, same(one, job_title="Director"), by=organizer, at=make.TODAY)
    assert one.job_title == "Director"


@pytest.mark.usefixtures("organizer")
def test_the_counter_asks_an_organizer_why(client: PageClient, meeting: Meeting) -> None:
    sent = typed(make.category(meeting), delegation=UNION)
    refused = client.post(f"{PEOPLE}/new", data=sent)
    assert refused.status_code == 409
    assert NO_PLACE in refused.text
    assert 'name="despite"' in refused.text
    assert count(Registration) == 0
    assert client.post(f"{PEOPLE}/new", data={**sent, "despite": "A late speaker."}).status_code == 303
    assert count(Registration) == 1
    assert reasons_on_record() == [([NO_PLACE], "A late speaker.")]


def test_a_steward_is_sent_to_an_organizer(client: PageClient, meeting: Meeting) -> None:
    steward = make.staff(meeting, "steward")
    category = make.category(meeting)
    wanted = application(category, delegation=UNION)
    with pytest.raises(Obstructed, match="Ask an organizer"), transaction():
        add_walk_in(meeting, wanted, key="w", by=steward, at=make.TODAY, despite="I let them in.")
    client.sign_in(steward)
    refused = client.post(f"{PEOPLE}/new", data=typed(category, delegation=UNION))
    assert refused.status_code == 409
    assert "Ask an organizer" in refused.text
    assert 'name="despite"' not in refused.text
    assert count(Registration) == 0
