"""Who spoke from the floor, without a part in the session, is asked to confirm their own words too: nobody else is."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.floor.actions import ask
from eventapp.floor.asking import for_registration
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.mail.models import Letter
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.clearing.actions import submit_session
from eventapp.record.clearing.answers import turn_down
from eventapp.record.confirmations.actions import Said, ask_everybody, ask_to_confirm, reply, token_of
from eventapp.record.confirmations.models import Confirmation, Reply
from eventapp.record.confirmations.people import words_of
from eventapp.record.confirmations.queries import notes_to_confirm, people_to_ask
from eventapp.record.jobs import JOBS
from eventapp.record.notes.models import Note
from eventapp.record.notes.statements import statement_behind
from eventapp.record.revisions.actions import record_note, revise
from eventapp.registration.models import APPROVED, DECLINED, WITHDRAWN, Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_floor import begun, ended
from tests.make_record import draft, note

LATER = TODAY + timedelta(hours=1)


@pytest.fixture
def session(app: Flask) -> Session:
    return make.session(make.meeting(slug="spring"), code="S3")


def spoke(session: Session, name: str = "Tashi Dorji", delegation: str = "Bhutan") -> Registration:
    """Somebody of the registered people asks for the floor and has it."""
    who = make.registration(
        session.meeting, record_name=name, delegation=make.delegation(session.meeting, name=delegation)
    )
    had_floor(session, who)
    return who


def had_floor(session: Session, who: Registration) -> None:
    with transaction():
        turn = ask(session, for_registration(who), by=None, at=TODAY)
    ended(begun(turn))


def heard(session: Session, text: str, speaker: str, organization: str = "Bhutan", **facts: object) -> Note:
    """A note of these words, as the capture page records it."""
    said = draft(text, speaker=speaker, organization=organization, **facts)
    with transaction():
        return record_note(session, said, by=None, at=TODAY, statement=statement_behind(session, said, ""))


def handed_in(session: Session, *, at: datetime = TODAY, ask_all: bool = True) -> list[Confirmation]:
    with transaction():
        submit_session(session, by=None, at=at, despite="Time was short.")
        return ask_everybody(session, by=None, at=at) if ask_all else []


def letters() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(one.to_name, one.subject) for one in db.session.scalars(select(Letter).order_by(Letter.id))]


def test_who_spoke_from_the_floor_gets_a_letter(session: Session) -> None:
    tashi = spoke(session)
    mine = heard(session, "Two per cent.", "Tashi Dorji")
    [asked] = handed_in(session)
    assert (asked.registration, asked.role, asked.person) == (tashi, None, tashi.person)
    assert notes_to_confirm(session, tashi) == [mine]
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to, letter.to_name) == (tashi.person.email, "Tashi Dorji")
    assert token_of(asked) in letter.text


def test_what_names_nobody_and_was_only_written_during_a_turn_is_not_shown_to_who_had_it(session: Session) -> None:
    tashi = spoke(session)
    mine = heard(session, "Two per cent.", "Tashi Dorji")
    with transaction():
        beside = record_note(session, draft("The room was cold.", speaker="", organization=""), by=None, at=TODAY,
                             statement=mine.statement)  # fmt: skip
    handed_in(session)
    assert beside.statement_id == mine.statement_id
    assert notes_to_confirm(session, tashi) == [mine]


def test_a_link_shows_the_words_of_its_holder_and_nothing_else(client: PageClient, session: Session) -> None:
    mine, stranger = spoke(session), spoke(session, "Anong Suksawat", "Thailand")
    told = heard(session, "Two per cent.", "Tashi Dorji")
    other = heard(session, "Radio comes first.", "Anong Suksawat", "Thailand")
    heard(session, "Between us.", "Tashi Dorji", off_record=True)
    note(session, "Nobody's words.")
    links = {asked.registration: f"/confirmations/{token_of(asked)}" for asked in handed_in(session, at=now())}
    assert set(links) == {mine, stranger}

    page = client.get(links[mine]).text
    assert "Two per cent." in page
    assert not any(words in page for words in ("Radio comes first.", "Between us.", "Nobody's words.", "Anong"))
    # what is sent about a note of somebody else is taken by no link
    answer = {f"seen-{told.id}": "1", f"seen-{other.id}": "1", f"choice-{other.id}": "objected"}
    assert "Thank you" in client.post(links[mine], data={**answer, f"reason-{other.id}": "No."}).text
    db.session.rollback()
    assert [one.note for one in db.session.scalars(select(Reply))] == [told]
    assert (told.state, other.state) == ("confirmed", "submitted")
    assert "Two per cent." not in client.get(links[stranger]).text


def test_whoever_has_a_part_too_is_asked_once_and_for_all_their_words(session: Session) -> None:
    tashi = spoke(session)
    part = make.role(session, name="T. Dorji", organization="ITU", person_id=tashi.person_id)
    notes = [heard(session, "Two per cent.", "Tashi Dorji"), note(session, "As ITU.", role_id=part.id)]
    [asked] = handed_in(session)
    assert (asked.role, notes_to_confirm(session, part)) == (part, notes)
    with transaction():
        reply(asked, {one.id: Said(1) for one in notes}, at=TODAY)
    assert notes_to_confirm(session, tashi) == []
    assert people_to_ask(session, at=LATER) == []


@pytest.mark.parametrize("state", [WITHDRAWN, DECLINED])
def test_who_takes_no_part_any_more_is_not_asked(session: Session, state: str) -> None:
    tashi, _stays = spoke(session), spoke(session, "Anong Suksawat", "Thailand")
    heard(session, "Two per cent.", "Tashi Dorji")
    handed_in(session, ask_all=False)
    with transaction():
        tashi.state = state
    assert people_to_ask(session, at=TODAY) == []
    assert words_of(session).unknown == {"Tashi Dorji, Bhutan": tashi}
    with pytest.raises(Refused, match="does not take part"), transaction():
        ask_to_confirm(session, tashi, by=None, at=TODAY)


def test_the_link_of_who_withdraws_is_over(client: PageClient, session: Session) -> None:
    tashi = spoke(session)
    made = heard(session, "Two per cent.", "Tashi Dorji")
    [asked] = handed_in(session, at=now())
    address = f"/confirmations/{token_of(asked)}"
    assert client.get(address).status_code == 200
    with transaction():
        tashi.state = WITHDRAWN
    assert client.get(address).status_code == 410
    with pytest.raises(Refused), transaction():
        reply(asked, {made.id: Said(1)}, at=now())


@pytest.mark.parametrize(("state", "reminders"), [(APPROVED, 1), (WITHDRAWN, 0)])
def test_who_withdraws_is_not_reminded(session: Session, state: str, reminders: int) -> None:
    tashi = spoke(session)
    heard(session, "Two per cent.", "Tashi Dorji")
    handed_in(session)
    with transaction():
        tashi.state = state
    work_through(JOBS, at=TODAY + timedelta(hours=19))
    assert len([subject for _to, subject in letters() if "Reminder" in subject]) == reminders


def test_a_participant_is_reminded_answers_and_reads_what_was_done(session: Session) -> None:
    spoke(session)
    made = heard(session, "Two per cent.", "Tashi Dorji")
    [asked] = handed_in(session)
    for _time in range(2):
        work_through(JOBS, at=TODAY + timedelta(hours=19))
    with transaction():
        [answer] = reply(asked, {made.id: Said(1, reason="It was three.")}, at=TODAY + timedelta(hours=20))
    with transaction():
        turn_down(answer, "The recording says two.", by=None, at=TODAY + timedelta(hours=21))
    assert letters() == [
        ("Tashi Dorji", "Please confirm the notes of session S3"),
        ("Tashi Dorji", "Reminder: the notes of session S3 wait for your word"),
        ("Tashi Dorji", "Your answer to note S3-01"),
    ]


def test_words_that_turn_out_to_be_anothers_are_not_shown(session: Session) -> None:
    tashi, anong = spoke(session), spoke(session, "Anong Suksawat", "Thailand")
    made = heard(session, "Two per cent.", "Tashi Dorji")
    with transaction():
        other = draft("Two per cent.", speaker="Anong Suksawat", organization="Thailand")
        revise(made, other, base=1, by=None, at=TODAY)
        submit_session(session, by=None, at=TODAY, despite="Time was short.")
    assert (notes_to_confirm(session, tashi), notes_to_confirm(session, anong)) == ([], [made])


def test_who_is_put_on_the_floor_list_afterwards_is_known_by_name(session: Session) -> None:
    note(session, "Two per cent.", speaker="Tashi Dorji", organization="Bhutan")
    handed_in(session, ask_all=False)
    assert people_to_ask(session, at=TODAY) == []
    tashi = spoke(session)
    assert people_to_ask(session, at=TODAY) == [tashi]


def test_of_two_that_are_called_alike_nobody_is_asked(session: Session) -> None:
    note(session, "Two per cent.", speaker="Tashi Dorji", organization="Bhutan")
    first = spoke(session)
    second = make.registration(session.meeting, record_name="Tashi Dorji", delegation=first.delegation)
    had_floor(session, second)
    handed_in(session, ask_all=False)
    assert people_to_ask(session, at=TODAY) == []
    assert words_of(session).unknown == {"Tashi Dorji, Bhutan": None}


def test_who_gave_the_part_back_and_is_registered_is_asked_as_that(session: Session) -> None:
    tashi = make.registration(session.meeting, record_name="Tashi Dorji")
    part = make.role(session, name="Tashi Dorji", person_id=tashi.person_id)
    made = note(session, "Two per cent.", role_id=part.id, speaker="Tashi Dorji")
    handed_in(session, ask_all=False)
    with transaction():
        part.ended_at = TODAY
    assert people_to_ask(session, at=TODAY) == [tashi]
    assert notes_to_confirm(session, tashi) == [made]


def test_the_rapporteur_sees_who_is_asked_and_who_cannot_be(client: PageClient) -> None:
    session = make.session(make.meeting(slug="spring"), code="S3")
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    address = "/meetings/spring/record/S3"
    tashi, gone = spoke(session), spoke(session, "Anong Suksawat", "Thailand")
    heard(session, "Two per cent.", "Tashi Dorji")
    heard(session, "Radio comes first.", "Anong Suksawat", "Thailand")
    note(session, "From the back.", speaker="Somebody at the back")
    note(session, "Between us.", speaker="A quiet voice", off_record=True)
    with transaction():
        gone.state = WITHDRAWN
    handed_in(session, ask_all=False)
    page = client.get(f"{address}/submission").text
    assert "spoke from the floor" in page
    assert "Ask to confirm 1 note" in page
    assert "does not take part any more: is not asked" in page
    asking = page[page.index('id="confirmation"') :]
    assert "Somebody at the back" in asking
    assert "A quiet voice" not in asking
    sent = client.post(f"{address}/confirmations", data={"role": f"registration-{tashi.id}"})
    assert sent.status_code == 303
    assert letters() == [("Tashi Dorji", "Please confirm the notes of session S3")]
    for nobody in (f"registration-{gone.id}", str(tashi.id + 900), "registration-"):
        assert client.post(f"{address}/confirmations", data={"role": nobody}).status_code == 404
    ended_one = db.session.scalars(select(Confirmation.id)).one()
    client.post(f"{address}/confirmations", data={"ended": str(ended_one)})
    db.session.rollback()
    assert db.session.scalars(select(Confirmation.ended_at)).one() is not None
