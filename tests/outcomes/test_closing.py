import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.outcomes import confirmations
from eventapp.outcomes.draft import Figure, draft_from
from eventapp.outcomes.models import Confirmation
from eventapp.outcomes.queries import record_of, texts_kept
from tests import make
from tests.browserless import PageClient
from tests.make_outcomes import note


def started(client: PageClient) -> tuple[Session, str]:
    meeting = make.meeting()
    session = make.session(meeting, code="S3")
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    return session, f"/meetings/{meeting.slug}/record/S3"


def test_closing_shows_what_is_missing(client: PageClient) -> None:
    session, address = started(client)
    make.role(session, name="Samira Haddad")
    note(session, "No line.", action_lines=())
    note(session, "A figure.", figures=(Figure("2%"),))
    page = client.get(f"{address}/submission").text
    for words in ("No action line", "Figure without a source", "No note of", "Samira Haddad", "No summary yet", "S3/2"):
        assert words in page
    answer = client.post(f"{address}/submission", data={"text": "Media came first."})
    assert answer.status_code == 409
    assert "S3-01" in answer.text
    assert "Media came first." in answer.text


def test_a_session_is_handed_in(client: PageClient) -> None:
    session, address = started(client)
    made = note(session)
    assert client.post(f"{address}/submission", data={"text": "Media came first."}).status_code == 303
    record = record_of(session)
    assert record is not None
    assert (made.state, record.summary) == ("submitted", "Media came first.")
    assert "Media came first." in client.get(f"{address}/submission").text


def link_for(client: PageClient, session: Session, address: str) -> str:
    role = make.role(session, "moderator", name="Li Wenjing", person_id=make.person("Li Wenjing").id)
    client.post(f"{address}/submission", data={"text": "", "despite": "Time was short."})
    assert client.post(f"{address}/confirmations", data={"role": str(role.id)}).status_code == 303
    text = db.session.scalars(select(Letter.text).order_by(Letter.id.desc())).first() or ""
    found = re.search(r"/confirmations/\S+", text)
    assert found
    return found[0]


def test_the_link_shows_the_notes_and_acts_only_when_pressed(client: PageClient) -> None:
    session, address = started(client)
    made = note(session, "Radio reaches farmers.")
    note(session, "Between us.", off_record=True)
    link = link_for(client, session, address)
    visitor = PageClient(client.application)
    page = visitor.get(link).text
    assert "Radio reaches farmers." in page
    assert "Between us." not in page
    assert made.state == "submitted"

    answer = visitor.post(
        link, data={"answer": "confirm", f"seen-{made.id}": "1", f"text-{made.id}": made.current.text}
    )
    assert (answer.status_code, made.state) == (200, "confirmed")
    assert "It was answered already" in visitor.get(link).text
    assert "It was answered already" in visitor.post(link, data={"answer": "object", "reason": "No."}).text


def test_a_correction_by_link_becomes_a_proposal(client: PageClient) -> None:
    session, address = started(client)
    made = note(session, "Two per cent.")
    link = link_for(client, session, address)
    data = {"answer": "confirm", f"seen-{made.id}": "1", f"text-{made.id}": "Three per cent."}
    assert PageClient(client.application).post(link, data=data).status_code == 200
    assert [draft_from(kept.content).text for kept in texts_kept(made)] == ["Three per cent."]
    assert "Two texts for S3-01" in client.get(address).text


def test_an_objection_needs_its_reason_and_reaches_the_rapporteur(client: PageClient) -> None:
    session, address = started(client)
    note(session)
    link = link_for(client, session, address)
    visitor = PageClient(client.application)
    assert visitor.post(link, data={"answer": "object"}).status_code == 409
    assert visitor.post(link, data={"answer": "object", "reason": "x" * 1001}).status_code == 422
    assert visitor.post(link, data={"answer": "object", "reason": "Not what I said."}).status_code == 200
    assert "Not what I said." in client.get(f"{address}/submission").text


def test_a_note_changed_meanwhile_is_read_again(client: PageClient) -> None:
    session, address = started(client)
    made = note(session)
    link = link_for(client, session, address)
    answer = PageClient(client.application).post(link, data={"answer": "confirm", f"seen-{made.id}": "7"})
    assert (answer.status_code, made.state) == (409, "submitted")


def test_the_link_ends(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    session, address = started(client)
    note(session)
    link = link_for(client, session, address)
    visitor = PageClient(client.application)
    monkeypatch.setattr(confirmations, "now", lambda: datetime.now(UTC) + timedelta(hours=24, seconds=1))
    assert visitor.get(link).status_code == 404
    assert visitor.post(link, data={"answer": "confirm"}).status_code == 404
    monkeypatch.undo()
    asked = db.session.scalars(select(Confirmation)).one()
    assert client.post(f"{address}/confirmations", data={"ended": str(asked.id)}).status_code == 303
    assert visitor.get(link).status_code == 404
    assert visitor.get(f"{link}x").status_code == 404


def test_an_organizer_approves_one_or_many(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    one, other, third = (note(session, f"Note {n}.", state="submitted") for n in range(3))
    client.sign_in(make.staff(meeting, ORGANIZER))
    address = f"/meetings/{meeting.slug}/manage/outcomes"
    assert "Note 2." in client.get(address).text
    assert client.post(address, data={"note": [str(one.id), str(other.id)], "answer": "approve"}).status_code == 303
    assert [one.state, other.state, third.state] == ["approved", "approved", "submitted"]

    assert client.post(address, data={"answer": "approve"}).status_code == 409
    assert client.post(address, data={"note": str(third.id), "answer": "back"}).status_code == 409
    back = {"note": str(third.id), "answer": "back", "reason": "Which year?"}
    assert client.post(address, data=back).status_code == 303
    assert (third.state, third.returned_for) == ("draft", "Which year?")
    assert "No note waits for approval" in client.get(address).text


def test_a_rapporteur_does_not_approve(client: PageClient) -> None:
    session, _address = started(client)
    made = note(session, state="submitted")
    address = f"/meetings/{session.meeting.slug}/manage/outcomes"
    assert client.get(address).status_code == 404
    assert client.post(address, data={"note": str(made.id), "answer": "approve"}).status_code == 404
    assert made.state == "submitted"


def test_notes_of_another_meeting_are_not_approved_here(client: PageClient) -> None:
    made = note(make.session(make.meeting()), state="submitted")
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, ORGANIZER))
    sent = {"note": str(made.id), "answer": "approve"}
    assert client.post(f"/meetings/{meeting.slug}/manage/outcomes", data=sent).status_code == 409
    with transaction():
        assert made.state == "submitted"
