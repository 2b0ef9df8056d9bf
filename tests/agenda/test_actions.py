from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda.models import CONFIRMED, DECLINED, INVITED, Session, SpeakingRole
from eventapp.agenda.roles.actions import answer_role, end_role, give_role
from eventapp.agenda.sessions.actions import cancel_session, change_session, create_session, move, restore_session
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.queries import entries_of
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.make import TODAY
from tests.make_agenda import NINE, facts, part

pytestmark = pytest.mark.usefixtures("app")

LATER = TODAY + timedelta(days=1)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting()


@pytest.fixture
def session(meeting: Meeting) -> Session:
    with transaction():
        return create_session(meeting, "S1", facts(), by=None, at=TODAY)


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.kind).order_by(Letter.id)))


def test_a_session_is_put_on_the_draft(session: Session) -> None:
    assert (session.code, session.title, session.sequence, session.version) == ("S1", "Trends", 0, 1)
    assert session.uid.endswith("@example.org")
    assert [entry.verb for entry in entries_of(session)] == ["made session"]


def test_a_code_is_taken_once(meeting: Meeting, session: Session) -> None:
    with transaction():
        assert create_session(meeting, "S1", facts(), by=None, at=TODAY) is session, "pressed twice"
    with pytest.raises(Refused, match="There is a session S1 already"), transaction():
        create_session(meeting, "S1", facts(title="Other"), by=None, at=TODAY)


def test_a_session_does_not_end_before_it_begins(meeting: Meeting) -> None:
    with pytest.raises(Refused), transaction():
        create_session(meeting, "S2", facts(ends_at=NINE), by=None, at=TODAY)


def test_a_room_of_another_meeting_is_refused(meeting: Meeting) -> None:
    elsewhere = make.room(make.meeting()).id
    with pytest.raises(Refused), transaction():
        create_session(meeting, "S2", facts(room_id=elsewhere), by=None, at=TODAY)


def test_words_change_without_the_sequence(session: Session) -> None:
    with transaction():
        changed = change_session(session, facts(title="Emerging trends", summary="All"), by=None, at=LATER)
    assert changed == {"title": ["Trends", "Emerging trends"], "summary": ["", "All"]}
    assert (session.sequence, session.version, session.changed_at) == (0, 2, LATER)


@pytest.mark.parametrize("what", [{"starts_at": NINE + timedelta(hours=1)}, {"ends_at": NINE + timedelta(hours=3)}])
def test_another_time_raises_the_sequence(session: Session, what: dict[str, object]) -> None:
    with transaction():
        change_session(session, facts(**what), by=None, at=LATER)
    assert session.sequence == 1


def test_another_room_raises_the_sequence(meeting: Meeting, session: Session) -> None:
    room = make.room(meeting)
    with transaction():
        move(session, starts_at=session.starts_at, ends_at=session.ends_at, room_id=room.id, by=None, at=LATER)
    assert (session.sequence, session.room_id) == (1, room.id)


def test_nothing_changed_is_nothing(session: Session) -> None:
    with transaction():
        assert change_session(session, facts(), by=None, at=LATER) == {}
    assert (session.version, session.changed_at, len(entries_of(session))) == (1, TODAY, 1)


def test_two_editors_do_not_overwrite_each_other(session: Session) -> None:
    read = session.version
    with transaction():
        change_session(session, facts(title="One"), by=None, at=LATER, version=read)
    with transaction():
        assert change_session(session, facts(title="One"), by=None, at=LATER, version=read) == {}, "pressed twice"
    with pytest.raises(Refused, match="changed this meanwhile"), transaction():
        change_session(session, facts(title="Other"), by=None, at=LATER, version=read)


def test_a_session_is_cancelled_and_put_back(session: Session) -> None:
    with transaction():
        cancel_session(session, by=None, at=LATER)
        cancel_session(session, by=None, at=LATER)  # pressed twice
    assert (session.cancelled_at, session.sequence) == (LATER, 1)
    with pytest.raises(Refused), transaction():
        change_session(session, facts(title="x"), by=None, at=LATER)
    with transaction():
        restore_session(session, by=None, at=LATER)
        restore_session(session, by=None, at=LATER)
    assert (session.cancelled_at, session.sequence) == (None, 2)
    verbs = [entry.verb for entry in entries_of(session)]
    assert sorted(verbs) == ["cancelled session", "made session", "restored session"]


def test_a_person_with_an_address_is_asked_by_letter(session: Session) -> None:
    with transaction():
        role = give_role(session, part(name="Ada Byron", email="Ada@Example.org"), by=None, at=TODAY)
    assert role.person
    assert (role.state, role.person.email, role.position) == (INVITED, "ada@example.org", 1)
    assert letters() == ["agenda/mail/role_asked.txt"]


def test_a_person_without_an_address_is_only_written_down(session: Session) -> None:
    with transaction():
        role = give_role(session, part(), by=None, at=TODAY)
        known = give_role(session, part(name="Ada", email="ada@example.org"), by=None, at=TODAY, confirmed=True)
    assert (role.state, role.person, known.state, known.position) == (INVITED, None, CONFIRMED, 2)
    assert letters() == []


def test_one_person_has_one_part_once(session: Session) -> None:
    ada = part(name="Ada", email="Ada@Example.org")
    with transaction():
        first = give_role(session, ada, by=None, at=TODAY)
        give_role(session, part(name="Ada", role="moderator"), by=None, at=TODAY)
        assert give_role(session, ada, by=None, at=TODAY) is first, "pressed twice"
    assert letters() == ["agenda/mail/role_asked.txt"]
    with pytest.raises(Refused), transaction():
        give_role(session, part(name="Ada", email="other@example.org"), by=None, at=TODAY)


def test_a_cancelled_session_gives_no_parts(session: Session) -> None:
    with transaction():
        cancel_session(session, by=None, at=TODAY)
    with pytest.raises(Refused), transaction():
        give_role(session, part(), by=None, at=TODAY)


@pytest.fixture
def asked(session: Session) -> SpeakingRole:
    with transaction():
        return give_role(session, part(name="Ada Byron", email="ada@example.org"), by=None, at=TODAY)


def test_a_part_is_accepted_and_the_answer_may_change(asked: SpeakingRole) -> None:
    with transaction():
        answer_role(asked, accepts=True, at=LATER, by=asked.person)
        answer_role(asked, accepts=True, at=LATER, by=asked.person)
    assert (asked.state, asked.answered_at) == (CONFIRMED, LATER)
    with transaction():
        answer_role(asked, accepts=False, at=LATER, by=asked.person, reason="I am travelling.")
    assert (asked.state, asked.reason, asked.holds) == (DECLINED, "I am travelling.", False)
    assert [entry.verb for entry in entries_of(asked)] == ["gave part", "accepted part", "declined part"]


def test_once_the_session_has_begun_only_organizers_answer(asked: SpeakingRole) -> None:
    organizer = make.person()
    with pytest.raises(Refused), transaction():
        answer_role(asked, accepts=True, at=NINE, by=asked.person)
    with transaction():
        answer_role(asked, accepts=True, at=NINE, by=organizer)
    assert asked.state == CONFIRMED


def test_a_part_that_ended_is_not_answered_any_more(asked: SpeakingRole) -> None:
    with transaction():
        end_role(asked, by=None, at=LATER)
    with transaction():
        end_role(asked, by=None, at=LATER)  # pressed twice
    assert letters() == ["agenda/mail/role_asked.txt", "agenda/mail/role_ended.txt"]
    with pytest.raises(Refused), transaction():
        answer_role(asked, accepts=True, at=LATER, by=asked.person)


def test_who_declined_hears_nothing_when_the_part_ends(asked: SpeakingRole) -> None:
    with transaction():
        answer_role(asked, accepts=False, at=LATER, by=asked.person)
    with transaction():
        end_role(asked, by=None, at=LATER)
    assert letters() == ["agenda/mail/role_asked.txt"]


def test_the_letter_says_what_when_and_where(meeting: Meeting, asked: SpeakingRole) -> None:
    letter = db.session.scalars(select(Letter)).one()
    assert letter.subject == "Will you accept this role: speaker? Trends"
    assert "When: 16 March 2026, 09:00 (Bangkok, UTC+7)" in letter.text
    assert "\nhttp://localhost/roles/" in letter.text
    assert (letter.to, letter.meeting_id) == ("ada@example.org", meeting.id)
