import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.record.clearing.actions import submit_session
from eventapp.record.clearing.checklist import checklist
from eventapp.record.notes.content import Figure
from eventapp.record.revisions.actions import revise
from eventapp.record.sessions.queries import record_of
from eventapp.record.summaries.actions import write_summary
from eventapp.record.summaries.content import Summary
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import draft, note


def codes(session: Session) -> tuple[list[str], list[str]]:
    listed = checklist(session)
    return [line.code for line in listed.stops], [line.code for line in listed.warnings]


def test_an_empty_record_lacks_notes_and_a_summary(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session, off_record=True, figures=(Figure("2%"),), action_lines=())
    assert codes(session) == (["notes"], ["summary"])


def test_every_line_names_what_is_missing(app: Flask) -> None:
    session = make.session(make.meeting())
    quiet = make.role(session, name="Samira Haddad")
    heard = make.role(session, name="Li Wenjing")
    make.role(session, "rapporteur", name="Arjun Prasad")
    bare = note(session, action_lines=(), role_id=heard.id)
    figure = note(session, figures=(Figure("2%"), Figure("3%", "ITU")))
    with transaction():
        revise(bare, draft("One.", action_lines=()), base=1, by=None, at=TODAY)
        kept = revise(bare, draft("Two.", action_lines=()), base=1, by=None, at=TODAY)
    with transaction():
        revise(bare, draft("One.", action_lines=(), role_id=heard.id), base=2, by=None, at=TODAY)
    found = {line.code: line for line in checklist(session).lines}
    assert (found["lines"].notes, found["figures"].notes) == ((bare,), (figure,))
    assert (found["texts"].texts, found["unheard"].roles) == ((kept,), (quiet,))
    assert codes(session) == (["lines"], ["texts", "figures", "summary", "unheard"])


def test_a_mark_that_was_not_understood_is_told_before_it_is_in_a_report(app: Flask) -> None:
    session = make.session(make.meeting())
    left = note(session, "@nobody Prices fall.")
    note(session, "Prices fall @ noon.")
    found = {line.code: line for line in checklist(session).lines}
    assert found["marks"].notes == (left,)
    assert "marks" in codes(session)[1]


def test_a_whole_record_lacks_nothing(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session)
    with transaction():
        write_summary(session, Summary(key_issues=("Media came first.",)), base=0, by=None, at=TODAY)
        submit_session(session, by=None, at=TODAY)
    assert codes(session) == ([], [])


def test_a_warning_is_overridden_by_a_reason_that_is_kept(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session, figures=(Figure("2%"),))
    with pytest.raises(Refused, match="say why"), transaction():
        submit_session(session, by=None, at=TODAY)
    assert made.state == "draft"
    with transaction():
        submit_session(session, by=None, at=TODAY, despite="The source comes tomorrow.")
    record = record_of(session)
    assert record is not None
    assert (made.state, record.lacked, record.despite) == (
        "submitted",
        ["figures", "summary"],
        "The source comes tomorrow.",
    )
    told = db.session.scalars(select(Entry.detail).where(Entry.verb == "handed in")).one()
    assert (told["lacked"], told["despite"]) == (["figures", "summary"], "The source comes tomorrow.")


def test_no_reason_overrides_a_missing_action_line(app: Flask) -> None:
    session = make.session(make.meeting(), code="S3")
    note(session, action_lines=())
    with pytest.raises(Refused, match="S3-01"), transaction():
        submit_session(session, by=None, at=TODAY, despite="I want it so.")


def test_the_page_asks_why_beside_the_field_and_keeps_what_was_typed(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting, code="S3")
    role = make.role(session, name="Samira Haddad", organization="ITU")
    made = note(session)
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    address = f"/meetings/{meeting.slug}/record/S3"
    answer = client.post(f"{address}/submission")
    assert answer.status_code == 422
    assert "Say in a sentence why" in answer.text
    assert made.state == "draft"
    data = {"despite": "She was ill."}
    assert client.post(f"{address}/submission", data=data).status_code == 303
    assert made.state == "submitted"
    assert "She was ill." in client.get(f"{address}/submission").text
    assert f"{address}?speaker={role.id}" in client.get(f"{address}/submission").text
    assert 'value="Samira Haddad, ITU"' in client.get(f"{address}?speaker={role.id}").text
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "She was ill." in client.get(f"/meetings/{meeting.slug}/manage/outcomes").text


def test_a_figure_in_the_words_needs_a_source_as_one_in_its_field_does(app: Flask) -> None:
    """At hand-in it read "Every figure has its source", and each report flagged it."""
    session = make.session(make.meeting())
    said = note(session, "By 31 December 2027 the fund reaches 96 per cent of schools.")
    note(session, "The fund reaches 96 per cent of schools.", figures=(Figure("96 per cent", "ITU, 2025"),))
    note(session, "The fund reaches 96 per cent of schools.", sources=("https://example.org/fund",))
    note(session, "Goal 17 is met by 31 December 2027.")
    found = {line.code: line for line in checklist(session).lines}
    assert found["figures"].notes == (said,)
