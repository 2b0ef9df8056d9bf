import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.record.confirmations import views as confirmations
from eventapp.record.confirmations.models import Confirmation, Reply
from eventapp.record.notes.content import Figure
from eventapp.record.revisions.history import delete
from eventapp.record.sessions.queries import record_of
from tests import make
from tests.browserless import PageClient
from tests.make_record import note


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
    answer = client.post(f"{address}/submission", data={"despite": "Time was short."})
    assert answer.status_code == 409
    assert "S3-01" in answer.text
    assert "Time was short." in answer.text


def test_a_note_put_right_from_the_list_leads_back_to_it(client: PageClient) -> None:
    session, address = started(client)
    made = note(session, "No line.", action_lines=())
    way = f"{address}/1?back=submission"
    assert f'href="{way}"' in client.get(f"{address}/submission").text
    page = client.get(way).text
    assert (f'action="{way}"' in page, f'data-back="{address}/submission#S3-01"' in page) == (True, True)
    change = {"kind": "trend", "text": "No line.", "action_lines": "C2", "base": made.head, "key": "a"}
    assert client.post(way, data=change).location == f"{address}/submission"
    assert client.post(f"{address}/1", data={**change, "base": 2, "key": "b"}).location == f"{address}#S3-01"


def test_who_waits_for_the_session_to_be_handed_in_has_not_nothing_to_confirm(client: PageClient) -> None:
    session, address = started(client)
    make.role(session, "moderator", name="Li Wenjing", person_id=make.person("Li Wenjing").id)
    assert "nothing to confirm" in client.get(f"{address}/submission").text
    note(session)
    page = client.get(f"{address}/submission").text
    assert ("once the session is handed in" in page, "nothing to confirm" in page) == (True, False)


def test_a_summary_is_written_beside_the_notes(client: PageClient) -> None:
    session, address = started(client)
    note(session, "Most cases were small.")
    note(session, "Said in confidence.", off_record=True)
    page = client.get(f"{address}/summary").text
    for words in ("2 notes in this session", "S3-01", "Most cases were small.", "Off the record"):
        assert words in page
    assert page.index("Most cases were small.") < page.index("Said in confidence.")  # in the order they were said


def test_a_session_is_handed_in(client: PageClient) -> None:
    session, address = started(client)
    made = note(session)
    client.post(f"{address}/summary", data={"key_issues": "Media came first.", "base": "0"})
    assert client.post(f"{address}/submission").status_code == 303
    record = record_of(session)
    assert record is not None
    assert (made.state, record.lacked) == ("submitted", [])
    assert "Media came first." in client.get(f"{address}/submission").text


def test_handing_in_asks_everybody_where_the_box_is_ticked(client: PageClient) -> None:
    session, address = started(client)
    note(session)
    make.role(session, "moderator", name="Li Wenjing", person_id=make.person("Li Wenjing").id)
    data = {"despite": "Time was short.", "ask": "y"}
    assert client.post(f"{address}/submission", data=data).status_code == 303
    assert db.session.scalars(select(Letter.to_name)).all() == ["Li Wenjing"]


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

    answer = visitor.post(link, data={f"choice-{made.id}": "confirmed", f"seen-{made.id}": "1"})
    assert (answer.status_code, made.state) == (200, "confirmed")
    assert "It was answered already" in visitor.get(link).text
    assert "It was answered already" in visitor.post(link, data={f"choice-{made.id}": "objected"}).text


def test_who_confirms_or_approves_reads_the_promise_and_the_figures_too(client: PageClient) -> None:
    session, address = started(client)
    facts: dict[str, Any] = {
        "who": "The ICT Division",
        "due_on": date(2026, 12, 1),
        "due_text": "before the dry season",
    }
    note(session, "Thirty schools.", kind="commitment", figures=(Figure("30 schools", ""),), **facts)
    read = ("30 schools (no source: not publishable)", "The ICT Division", "1 December 2026", "before the dry season")
    confirming = PageClient(client.application).get(link_for(client, session, address)).text
    assert [words for words in read if words not in confirming] == []
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    approving = client.get(f"/meetings/{session.meeting.slug}/manage/outcomes").text
    assert [words for words in read if words not in approving] == []


def test_words_that_come_too_late_are_given_back(client: PageClient) -> None:
    session, address = started(client)
    made, gone = note(session, "Two per cent."), note(session, "Four per cent.")
    link, visitor = link_for(client, session, address), PageClient(client.application)
    said = {f"choice-{made.id}": "corrected", f"text-{made.id}": "Three <per> cent.", f"seen-{made.id}": "1"}
    about_gone = {f"choice-{gone.id}": "objected", f"reason-{gone.id}": "Not mine.", f"text-{gone.id}": "Unsaid."}
    with transaction():
        delete(gone, base=1, by=None, at=now())
    page = visitor.post(link, data={**said, **about_gone}).text
    assert "Your words are with the rapporteur" in page
    assert "This was not taken" in page and "Not mine." in page
    assert "Unsaid." not in page and "Three" not in page
    again = visitor.post(link, data=said)  # pressed twice
    assert "It was answered already" in again.text and "Three" not in again.text
    late = visitor.post(link, data={**said, f"text-{made.id}": "Three <per> cent, or so."})
    assert "It was answered already" in late.text and "Three &lt;per&gt; cent, or so." in late.text
    assert "This was not taken" not in visitor.get(link).text
    assert visitor.post("/confirmations/none", data=said).status_code == 404  # nobody has such a link


def test_who_corrects_one_note_and_objects_to_another_is_told_of_both(client: PageClient) -> None:
    session, address = started(client)
    worded, wrong = note(session, "Two per cent."), note(session, "Wrong.")
    link = link_for(client, session, address)
    said = {
        f"choice-{worded.id}": "corrected",
        f"text-{worded.id}": "Three per cent.",
        f"choice-{wrong.id}": "objected",
    }
    seen = {f"seen-{one.id}": "1" for one in (worded, wrong)}
    page = PageClient(client.application).post(link, data={**seen, **said, f"reason-{wrong.id}": "Not mine."}).text
    told = ("Your objection is with", "Your words are with", "Your answer is recorded")
    assert [sentence in page for sentence in told] == [True, True, False]


def test_a_correction_by_link_is_decided_on_with_its_difference(client: PageClient) -> None:
    session, address = started(client)
    made = note(session, "Two per cent.")
    link = link_for(client, session, address)
    visitor = PageClient(client.application)
    seen = {f"seen-{made.id}": "1", f"choice-{made.id}": "corrected"}
    same = visitor.post(link, data={**seen, f"text-{made.id}": "Two per cent."})
    assert (same.status_code, "Write how it should read" in same.text) == (422, True)
    long = visitor.post(link, data={**seen, f"text-{made.id}": "word " * 151})
    assert (long.status_code, "Take out 1 word" in long.text) == (422, True)
    answer = visitor.post(link, data={**seen, f"text-{made.id}": "Three per cent."})
    assert (answer.status_code, "beside those of the record" in answer.text) == (200, True)

    page = client.get(f"{address}/submission").text
    assert (
        '<p class="serif" dir="auto"><del><bdi class="vh">(taken out:) </bdi>Two</del><ins><bdi class="vh">(put in:) </bdi>Three</ins> per cent.</p>'
        in page
    )  # one line, no grid
    reply = db.session.scalars(select(Reply)).one()
    kept = reply.draft
    assert kept is not None
    assert "Proposed by link" in client.get(f"{address}/{made.number}/conflicts/{kept.id}").text
    data = {"reply": str(reply.id), "choice": "accept"}
    assert client.post(f"{address}/replies", data=data).status_code == 303
    assert (made.current.text, made.state) == ("Three per cent.", "confirmed")
    assert client.post(f"{address}/replies", data=data).status_code == 409


def test_an_objection_needs_its_reason_and_is_settled_with_a_sentence(client: PageClient) -> None:
    session, address = started(client)
    made = note(session)
    link = link_for(client, session, address)
    visitor = PageClient(client.application)
    chosen = {f"seen-{made.id}": "1", f"choice-{made.id}": "objected"}
    assert visitor.post(link, data=chosen).status_code == 422
    assert visitor.post(link, data={**chosen, f"reason-{made.id}": "x" * 1001}).status_code == 422
    assert visitor.post(link, data={**chosen, f"reason-{made.id}": "Not what I said."}).status_code == 200
    assert "Not what I said." in client.get(f"{address}/submission").text
    reply = db.session.scalars(select(Reply)).one()
    settled = {"reply": str(reply.id), "choice": "answer"}
    assert client.post(f"{address}/replies", data=settled).status_code == 409
    assert client.post(f"{address}/replies", data={**settled, "words": "We asked the floor."}).status_code == 303
    assert "We asked the floor." in client.get(f"{address}/submission").text
    assert client.post(f"{address}/replies", data={"reply": "999"}).status_code == 404


def test_an_organizer_cannot_approve_what_is_objected_to(client: PageClient) -> None:
    session, address = started(client)
    made = note(session)
    link = link_for(client, session, address)
    data = {f"seen-{made.id}": "1", f"choice-{made.id}": "objected", f"reason-{made.id}": "No."}
    PageClient(client.application).post(link, data=data)
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    desk = f"/meetings/{session.meeting.slug}/manage/outcomes"
    assert "objects to S3-01" in client.get(desk).text
    answer = client.post(desk, data={"note": str(made.id), "answer": "approve"})
    assert (answer.status_code, made.state) == (409, "submitted")
    assert "Settle it first" in answer.text


def test_everybody_is_asked_at_once(client: PageClient) -> None:
    session, address = started(client)
    moderator = make.role(session, "moderator", name="Li Wenjing", person_id=make.person("Li Wenjing").id)
    speaker = make.role(session, name="Samira Haddad", person_id=make.person("Samira Haddad").id)
    make.role(session, name="Li Wenjing", person_id=moderator.person_id)
    note(session, role_id=speaker.id)
    client.post(f"{address}/submission", data={"text": "", "despite": "Time was short."})
    assert "Ask all 2 people" in client.get(f"{address}/submission").text
    assert client.post(f"{address}/confirmations", data={"role": "everybody"}).status_code == 303
    to = db.session.scalars(select(Letter.to_name).order_by(Letter.to_name))
    assert list(to) == ["Li Wenjing", "Samira Haddad"]
    assert client.post(f"{address}/confirmations", data={"role": "everybody"}).status_code == 409


def test_the_holder_ends_a_link(client: PageClient) -> None:
    session, address = started(client)
    made = note(session)
    link = link_for(client, session, address)
    visitor = PageClient(client.application)
    assert "Nobody can open it any more" in visitor.post(link, data={"answer": "end"}).text
    assert visitor.get(link).status_code == 410
    assert visitor.post(link, data={f"choice-{made.id}": "confirmed", f"seen-{made.id}": "1"}).status_code == 410
    assert made.state == "submitted"


def test_the_page_of_a_link_is_kept_nowhere_and_leads_nowhere(client: PageClient) -> None:
    session, address = started(client)
    note(session)
    answer = PageClient(client.application).get(link_for(client, session, address))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert f"/meetings/{session.meeting.slug}" not in answer.text


def test_a_note_changed_meanwhile_is_read_again(client: PageClient) -> None:
    session, address = started(client)
    made = note(session)
    link = link_for(client, session, address)
    answer = PageClient(client.application).post(link, data={f"choice-{made.id}": "confirmed", f"seen-{made.id}": "7"})
    assert (answer.status_code, made.state) == (409, "submitted")


def test_the_link_ends(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    session, address = started(client)
    note(session)
    link = link_for(client, session, address)
    visitor = PageClient(client.application)
    monkeypatch.setattr(confirmations, "now", lambda: datetime.now(UTC) + timedelta(hours=24, seconds=1))
    assert visitor.get(link).status_code == 410
    assert visitor.post(link).status_code == 410
    monkeypatch.undo()
    asked = db.session.scalars(select(Confirmation)).one()
    assert client.post(f"{address}/confirmations", data={"ended": str(asked.id)}).status_code == 303
    assert visitor.get(link).status_code == 410
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
