"""Notes and the floor list: the speaker is preset, the note hangs on the turn it was said in, silence is noticed."""

from datetime import timedelta

import pytest

from eventapp.agenda.models import Session
from eventapp.floor.actions import ask, remove
from eventapp.floor.asking import for_role
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.notes.content import NoteContent
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of
from eventapp.record.notes.statements import spoken_without_note, statement_behind
from tests import make
from tests.browserless import PageClient
from tests.floor.test_actions import act
from tests.make import TODAY
from tests.make_floor import asked, begun, ended
from tests.make_record import draft, note

SENT = {"kind": "trend", "text": "Radio reaches farmers.", "action_lines": ["C2"]}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(client: PageClient) -> Session:
    """A session whose rapporteur is signed in."""
    session = make.session(make.meeting(slug="spring"), code="S3")
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    return session


CAPTURE = "/meetings/spring/record/S3"


def newest(session: Session) -> Note:
    db.session.rollback()
    return notes_of(session)[0]


def test_whoever_has_the_floor_is_preset_and_the_note_hangs_on_their_turn(client: PageClient, session: Session) -> None:
    kind = make.category(session.meeting, stakeholder_type="government")
    turn = begun(asked(session, "Tashi Dorji", "Bhutan", category=kind))
    page = client.get(CAPTURE).text
    assert 'value="Tashi Dorji, Bhutan"' in page
    assert f'name="statement" type="hidden" value="{turn.id}"' in page
    client.post(CAPTURE, data={**SENT, "speaker": "Tashi Dorji, Bhutan", "statement": str(turn.id)})
    saved = newest(session)
    assert (saved.current.speaker, saved.current.organization, saved.current.stakeholder_type) == (
        "Tashi Dorji", "Bhutan", "government",
    )  # fmt: skip
    assert saved.statement_id == turn.id
    assert "Said in the statement of" in client.get(CAPTURE).text


def test_the_preset_stays_below_the_rule_of_the_session(client: PageClient, session: Session) -> None:
    secretive = make.session(session.meeting, code="S4", rule="chatham")
    begun(asked(secretive, "Tashi Dorji", "Bhutan"))
    assert 'value="category" checked' in client.get("/meetings/spring/record/S4").text


def test_without_a_delegation_the_category_is_named(client: PageClient, session: Session) -> None:
    begun(asked(session, "Tashi Dorji", category=make.category(session.meeting)))
    assert 'value="category" checked' in client.get(CAPTURE).text


def test_what_was_being_typed_keeps_its_speaker(client: PageClient, session: Session) -> None:
    client.post(f"{CAPTURE}/typing", data={**SENT, "key": "k" * 20, "speaker": "Somebody Else"})
    begun(asked(session, "Tashi Dorji"))
    page = client.get(CAPTURE).text
    assert 'value="Somebody Else"' in page
    assert 'value="Tashi Dorji"' in page  # in the list to choose from


def test_a_note_of_somebody_else_hangs_on_their_own_turn_or_on_none(session: Session) -> None:
    early = ended(begun(asked(session, "Early", "Nepal")), at=TODAY + MINUTE)
    again = ended(begun(asked(session, "Early", "Nepal"), at=TODAY + 2 * MINUTE), at=TODAY + 3 * MINUTE)
    now = begun(asked(session, "Now", "Tonga"), at=TODAY + 4 * MINUTE)
    waits = asked(session, "Waits", "Palau")

    def behind(speaker: str, organization: str = "", seen: str = "") -> Statement | None:
        return statement_behind(session, draft(speaker=speaker, organization=organization), seen)

    assert behind("Now", "Tonga") == now
    assert behind("Early") == behind("", "Nepal") == behind("Early", "Nepal", seen=str(now.id)) == again
    assert behind("Early", "Nepal", seen=str(early.id)) == early
    assert behind("Nobody we know") is behind("Waits", "Palau") is behind("", seen=str(waits.id)) is None


def test_a_note_without_a_speaker_hangs_on_the_turn_that_its_page_knew(session: Session) -> None:
    early = ended(begun(asked(session, "Early")), at=TODAY + MINUTE)
    nobody = NoteContent(kind="trend", text="Words.")
    assert statement_behind(session, nobody, "") is None
    now = begun(asked(session, "Now"), at=TODAY + 2 * MINUTE)
    assert statement_behind(session, nobody, "") == now
    assert statement_behind(session, nobody, str(early.id)) == early
    for odd in ("none", "0", "-1", "9" * 30, "²", str(asked(make.session(session.meeting)).id)):
        assert statement_behind(session, nobody, odd) is None


def test_one_person_under_two_names_is_known_by_the_part_in_the_session(session: Session) -> None:
    role = make.role(session, name="Samira Haddad", organization="ITU")
    turn = begun(act(ask, session, for_role(role, None)))
    assert statement_behind(session, draft(role_id=role.id, speaker="S. Haddad", organization="ITU"), "") == turn


def test_a_delegation_that_spoke_and_is_in_no_note_is_named_before_handing_in(
    client: PageClient, session: Session
) -> None:
    for name, delegation in (("A", "Nepal"), ("B", "Nepal"), ("C", "Tonga"), ("D", "Palau")):
        begun(asked(session, name, delegation))
    asked(session, "E", "Fiji")
    note(session, speaker="Another", organization="tonga")
    note(session, "Off.", speaker="D", organization="Palau", off_record=True)
    assert [one.label for one in spoken_without_note(session)] == ["A, Nepal", "D, Palau"]
    page = client.get(f"{CAPTURE}/submission").text
    assert "Spoke, and no note of" in page
    first = spoken_without_note(session)[0]
    assert f"/record/S3?statement={first.id}" in page
    begun(asked(session, "Now"))
    assert 'value="A, Nepal"' in client.get(f"{CAPTURE}?statement={first.id}").text


def test_who_is_missed_as_a_speaker_is_not_named_twice(client: PageClient, session: Session) -> None:
    role = make.role(session, name="Samira Haddad", organization="ITU")
    begun(act(ask, session, for_role(role, None)))
    assert client.get(f"{CAPTURE}/submission").text.count("Spoke, and no note of") == 0


def test_the_floor_stands_beside_the_notes_and_its_forms_come_back_there(client: PageClient, session: Session) -> None:
    one = asked(session, "Tashi Dorji")
    assert "Tashi Dorji" in client.get(CAPTURE).text
    answer = client.post(f"{CAPTURE}/floor/{one.id}", data={"act": "start", "back": "capture"})
    assert answer.location == CAPTURE
    assert "Has the floor" in client.get(CAPTURE).text


def test_a_request_that_was_taken_off_is_not_offered_as_a_speaker(client: PageClient, session: Session) -> None:
    act(remove, asked(session, "Tashi Dorji"))
    assert "Tashi Dorji" not in client.get(CAPTURE).text
