"""What came of a meeting: written by either, and made a commitment with one press, once, cleared as any other note."""

import pytest

from eventapp.agenda.models import Session
from eventapp.commitments.models import FocalPoint
from eventapp.commitments.owners import named_for
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.networking.actions import Rules, set_networking
from eventapp.networking.bilaterals.actions import accept, ask
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.offers.models import NEED, OFFER
from eventapp.networking.outcomes import views
from eventapp.networking.outcomes.actions import promise, write_outcome
from eventapp.networking.slots.actions import slot_at
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE
from tests.networking.conftest import line, there

WORDS = "We open 40 more centres by 31 December 2027."


@pytest.fixture
def session(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(views, "now", lambda: TODAY)
    return make.session(meeting, code="S9")


@pytest.fixture
def agreed(ada: Registration, grace: Registration) -> Bilateral:
    line(ada, OFFER, "Digital centres", ["C4", "C9"], [4])
    line(grace, NEED, "More centres", ["C4"], [4, 5])
    with transaction():
        one = ask(ada, grace, "Centres", None, at=TODAY)
        accept(one, grace, at=TODAY)
    return one


def takes(meeting: Meeting, session: Session | None) -> None:
    with transaction():
        set_networking(meeting, Rules(is_open=True, session=session), by=None, at=TODAY)


def test_either_writes_what_came_of_it_and_one_press_makes_it_a_commitment(
    client: PageClient, meeting: Meeting, session: Session, agreed: Bilateral, ada: Registration, grace: Registration
) -> None:
    hers, mine = f"{there(grace)}/meetings/{agreed.id}", f"{there(ada)}/meetings/{agreed.id}"
    assert "What came of it" in client.get(hers).text
    assert client.post(f"{hers}/outcome", data={"outcome": ""}).status_code == 422
    assert client.post(f"{hers}/outcome", data={"outcome": WORDS}).status_code == 303
    page = client.get(f"{mine}/outcome").text
    assert WORDS in page and "Make it a commitment" not in page, "no session takes it yet"
    none = client.post(f"{hers}/commitment")
    assert none.status_code == 409 and "takes no commitments" in none.text
    takes(meeting, session)
    assert "Make it a commitment" in client.get(f"{hers}/outcome").text
    assert client.post(f"{hers}/commitment").status_code == 303
    assert client.post(f"{mine}/commitment").status_code == 303
    (note,) = db.session.query(Note).all()
    now = note.current
    assert (now.kind, now.text, now.organization) == ("commitment", WORDS, grace.delegation.name)
    assert (now.action_lines, now.goals) == (["C4"], [4]) and str(now.due_on) == "2027-12-31"
    assert ada.record_name not in f"{now.text} {now.who} {now.speaker}"
    named = named_for(note)
    assert named is not None and named.id == grace.person_id and db.session.query(FocalPoint).count() == 1
    assert note.reference in client.get(f"{mine}/outcome").text
    late = client.post(f"{mine}/outcome", data={"outcome": "Else"})
    assert late.status_code == 409 and "commitment already" in late.text


def test_nothing_is_written_before_they_meet_and_nothing_committed_before_it_is_written(
    meeting: Meeting, session: Session, agreed: Bilateral, grace: Registration
) -> None:
    takes(meeting, session)
    with pytest.raises(Refused, match="Write first"), transaction():
        promise(agreed, grace, at=TODAY)
    with transaction():
        agreed.slot = slot_at(meeting, "Table 1", NINE, NINE.replace(hour=NINE.hour + 1))
        db.session.add(agreed.slot)
    with pytest.raises(Refused, match="once you have met"), transaction():
        write_outcome(agreed, grace, WORDS, at=TODAY)
    with transaction():
        write_outcome(agreed, grace, WORDS, at=NINE)
    assert agreed.outcome == WORDS


def test_organizers_name_the_session_by_its_code(client: PageClient, meeting: Meeting, session: Session) -> None:
    client.sign_in(make.staff(meeting, ORGANIZER))
    where = "/meetings/spring/manage/settings/networking"
    typed = {"is_open": "y", "requests_a_day": "5", "answer_hours": "12", "session": "S77"}
    wrong = client.post(where, data=typed)
    assert wrong.status_code == 409 and "no session with this code" in wrong.text and "S77" in wrong.text
    assert client.post(where, data={**typed, "requests_a_day": "101"}).status_code == 422
    assert client.post(where, data={**typed, "session": "S9"}).status_code == 303
    assert 'value="S9"' in client.get(where).text
