"""A note that an editor is making of an input is on the server while it is typed, until it is recorded."""

import re

import pytest
from markupsafe import escape
from sqlalchemy import select, update

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.ground.db import db
from eventapp.inputs import passages
from eventapp.meetings.models import RAPPORTEUR, Meeting, Staff
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_inputs import RADIO, call, sent

WINDOW, OTHER = "a" * 30, "b" * 30
BEGUN = {"key": "k1", "part": "C9", "session": "S3", "kind": "challenge", "text": "Licences take"}


def editor(client: PageClient) -> tuple[Meeting, Person, str]:
    """A meeting with two sessions and one input, who reads it, and its page."""
    meeting = make.meeting()
    for code in ("S3", "S4"):
        make.session(meeting, code=code)
    call(meeting)
    sent(meeting)
    person = make.staff(meeting, RAPPORTEUR)
    client.sign_in(person)
    return meeting, person, f"/meetings/{meeting.slug}/manage/inputs/1"


def typed(client: PageClient, page: str, **facts: str) -> str:
    """The key it is kept under."""
    answer = client.post(f"{page}/notes/typing", data={**BEGUN, **facts})
    assert answer.status_code == 204 and re.fullmatch(r"\d\d:\d\d:\d\d", answer.headers["X-Saved-At"])
    return answer.headers["X-Key"]


def kept() -> list[tuple[str, str]]:
    """What is begun and not recorded, with its session."""
    found = db.session.scalars(select(Draft).where(Draft.kind == "passage", *OPEN).order_by(Draft.id))
    return [(db.session.get_one(Session, one.scope_id).code, one.content["text"]) for one in found]


def test_it_is_kept_and_stands_in_the_form_on_another_device(client: PageClient) -> None:
    meeting, person, page = editor(client)
    assert typed(client, page, mark=f"{WINDOW}.1") == "k1"
    assert typed(client, page, mark=f"{WINDOW}.2", text="Licences take two years.", session="S4") == "k1"
    assert kept() == [("S4", "Licences take two years.")]
    other = PageClient(client.application)
    other.sign_in(person)
    shown = other.get(page).text
    assert "Licences take two years.</textarea>" in shown and f"{RADIO}</textarea>" not in shown
    assert re.search(r'name="session" value="S4"', shown) and "Not finished" in shown
    texts = other.get("/account/texts").text
    assert "Licences take two years." in texts and f'href="{page}#part-C9"' in texts
    assert "Licences" not in other.get(f"/meetings/{meeting.slug}/record/S4").text
    other.sign_in(make.staff(meeting, RAPPORTEUR))
    assert f"{RADIO}</textarea>" in other.get(page).text


def test_two_windows_keep_both(client: PageClient) -> None:
    _meeting, _person, page = editor(client)
    typed(client, page, mark=f"{WINDOW}.1")
    assert typed(client, page, mark=f"{OTHER}.1", draft="1", text="Licences take two years.") == "k1"
    assert typed(client, page, mark=f"{WINDOW}.2", text="Licences take long.") == f"{WINDOW}.2"
    assert kept() == [("S3", "Licences take two years."), ("S3", "Licences take long.")]


def test_it_is_gone_once_it_is_recorded_or_emptied(client: PageClient) -> None:
    _meeting, _person, page = editor(client)
    whole = {**BEGUN, "text": "Licences take two years."}
    typed(client, page)
    assert client.post(f"{page}/notes", data=whole).status_code == 303
    assert kept() == []
    assert typed(client, page, text="Licences take two years.") == ""  # late, and a note already
    assert kept() == []
    assert typed(client, page, key="k2", mark=f"{WINDOW}.1") == "k2"
    assert typed(client, page, key="k2", mark=f"{WINDOW}.2", text=" ") == "k2"
    assert kept() == []
    assert f"{RADIO}</textarea>" in client.get(page).text
    typed(client, page, key="k2", mark=f"{WINDOW}.3", text="Again")
    assert kept() == [("S3", "Again")]


def test_a_recording_that_settled_nothing_would_leave_it(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "settle_typing", lambda *_args, **_more: None)
    _meeting, _person, page = editor(client)
    typed(client, page)
    client.post(f"{page}/notes", data=BEGUN)
    assert kept() == [("S3", "Licences take")]


@pytest.mark.parametrize("fault", [{"key": ""}, {"part": "C2"}, {"part": "?"}])
def test_what_belongs_nowhere_is_not_kept(client: PageClient, fault: dict[str, str]) -> None:
    _meeting, _person, page = editor(client)
    assert client.post(f"{page}/notes/typing", data={**BEGUN, **fault}).status_code == 400
    assert client.post(f"{page}/notes/typing", data={}).status_code == 400
    assert kept() == []


def test_who_may_not_read_the_input_any_more_finds_the_text_all_the_same(client: PageClient) -> None:
    _meeting, person, page = editor(client)
    typed(client, page)
    db.session.execute(update(Staff).where(Staff.person_id == person.id).values(ended_at=TODAY))
    db.session.commit()
    texts = client.get("/account/texts").text
    assert "Licences take" in texts and page not in texts
    assert "You may not record there any more." in texts


@pytest.mark.parametrize("code", ["", "S99", "<b>"])
def test_what_is_typed_before_a_session_is_chosen_is_kept_with_what_stands_for_it(
    client: PageClient, code: str
) -> None:
    _meeting, _person, page = editor(client)
    typed(client, page, session=code)
    assert kept() == [("S3", "Licences take")]
    shown = client.get(page).text
    assert "Licences take</textarea>" in shown and f'name="session" value="{escape(code)}"' in shown


def test_the_sessions_stand_once_on_the_page_however_many_passages_there_are(client: PageClient) -> None:
    meeting, _person, page = editor(client)
    make.session(meeting, code="S5", kind="break")
    shown = client.get(page).text
    assert shown.count('list="sessions"') == 2 and shown.count('<datalist id="sessions">') == 1
    assert re.findall(r'<option value="(S\d)">', shown) == ["S3", "S4"]


@pytest.mark.parametrize("code", ["", "S99", "S5", "S6", "<b>"])
def test_a_code_of_no_session_is_refused_beside_it_and_stays(client: PageClient, code: str) -> None:
    meeting, _person, page = editor(client)
    make.session(meeting, code="S5", kind="break")
    make.session(meeting, code="S6", cancelled_at=TODAY)
    refused = client.post(f"{page}/notes", data={**BEGUN, "session": code})
    assert refused.status_code == 422
    assert ("No session that is recorded has this code." if code else "Choose a session.") in refused.text
    assert (
        f'value="{escape(code)}"' in refused.text
        and 'aria-describedby="session-C9-hint session-C9-error"' in refused.text
    )
    assert "Licences take</textarea>" in refused.text and db.session.scalars(select(Note)).all() == []


def test_a_code_may_be_typed_small_and_the_next_note_begins_with_it(client: PageClient) -> None:
    _meeting, _person, page = editor(client)
    assert 'name="session" value=""' in client.get(page).text
    made = client.post(f"{page}/notes", data={**BEGUN, "session": "s4"})
    assert made.location.endswith("?made=S4-01#part-C9")
    assert client.get(page).text.count('name="session" value="S4"') == 2


def test_the_only_session_is_chosen_already(client: PageClient) -> None:
    meeting = make.meeting()
    make.session(meeting, code="S3")
    call(meeting)
    sent(meeting)
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert client.get(f"/meetings/{meeting.slug}/manage/inputs/1").text.count('name="session" value="S3"') == 2
