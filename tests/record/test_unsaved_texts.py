"""Whatever becomes of a role, a session or a meeting while somebody types, the text is theirs and is found again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.sessions.actions import cancel_session
from eventapp.drafts.actions import Sent
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.people.models import Person
from eventapp.record.drafts.actions import keep_typing, throw_text_away
from eventapp.record.drafts.queries import texts_of
from eventapp.record.notes import queries
from eventapp.record.revisions.actions import record_note, revise
from eventapp.record.summaries.actions import write_summary
from eventapp.record.summaries.content import Summary
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import draft, note

WORDS = "Community radio reaches"


class Desk:
    """Somebody who records one session, with half a sentence typed."""

    def __init__(self) -> None:
        self.meeting = make.meeting()
        self.session = make.session(self.meeting, code="S3")
        self.person = make.person()
        self.role = make.role(self.session, "rapporteur", person_id=self.person.id)
        self.kept = typed(self.session, self.person, WORDS)
        self.address = f"/meetings/{self.meeting.slug}/record/S3"

    def send(self, client: PageClient, words: str, to: str = "") -> int:
        data = {"kind": "trend", "ceiling": "organization", "language": "en", "key": "k", "text": words}
        client.lint = False
        return client.post(f"{self.address}{to}", data={**data, "mark": "w.2", "draft": "1"}).status_code


def typed(session: Session, person: Person, words: str, key: str = "k") -> int:
    with transaction():
        kept = keep_typing(session, draft(words), Sent(mark="w.1"), key=key, by=person, at=TODAY)
    assert isinstance(kept, Draft)
    return kept.id


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk()


def test_signed_out_and_in_again_it_stands_where_it_was(desk: Desk, client: PageClient) -> None:
    asked = client.get(desk.address)
    assert asked.status_code == 302
    assert asked.location.endswith(f"next={desk.address}")
    assert desk.send(client, f"{WORDS} farmers", "/typing") == 404
    client.sign_in(desk.person)
    assert WORDS in client.get(desk.address).text


def test_a_summary_that_was_begun_does_not_go_into_the_form_of_a_note(desk: Desk, client: PageClient) -> None:
    content = {"discussion": "What was said."}
    begun = Draft(
        kind="summary",
        scope_id=desk.session.id,
        person_id=desk.person.id,
        content=content,
        created_at=TODAY,
        updated_at=TODAY,
    )
    number = make.kept(begun).id
    client.sign_in(desk.person)
    page = client.get(f"{desk.address}?kept={number}")
    assert (page.status_code, "What was said." in page.text, WORDS in page.text) == (200, False, True)


def test_a_ceiling_that_nobody_knows_does_not_close_the_page_of_its_note(desk: Desk, client: PageClient) -> None:
    row = note(desk.session, by=desk.person)
    client.sign_in(desk.person)
    odd = {
        "kind": "trend",
        "ceiling": "everyone",
        "language": "en",
        "text": WORDS,
        "base": "1",
        "key": "k2",
        "mark": "w.1",
    }
    assert client.post(f"{desk.address}/{row.number}/typing", data=odd).status_code == 204
    page = client.get(f"{desk.address}/{row.number}")
    assert (page.status_code, WORDS in page.text) == (200, True)


@pytest.mark.parametrize("key", ["a\r\nBcc: x", "\U0001f511", "é"])
def test_a_key_that_no_page_of_ours_made_breaks_no_answer(desk: Desk, client: PageClient, key: str) -> None:
    client.sign_in(desk.person)
    typed = {"kind": "trend", "ceiling": "nobody", "language": "en", "text": WORDS, "key": key}

    answers = [
        client.post(f"{desk.address}/typing", data=typed),
        client.post(f"{desk.address}/summary/typing", data={"key": f"{key}2", "base": "0", "discussion": WORDS}),
    ]

    assert [(one.status_code, one.headers["X-Key"]) for one in answers] == [(204, ""), (204, "")]


def end(desk: Desk) -> None:
    db.session.get_one(SpeakingRole, desk.role.id).ended_at = TODAY


def cancel(desk: Desk) -> None:
    cancel_session(db.session.get_one(Session, desk.session.id), by=None, at=TODAY)


def close(desk: Desk) -> None:
    desk.meeting.starts_on = desk.meeting.ends_on = TODAY.date() - timedelta(days=400)
    desk.meeting.published_at = None


@pytest.mark.parametrize(("what", "goes_on"), [(end, False), (cancel, True), (close, True)])
def test_what_happens_to_role_session_or_meeting_takes_no_text(
    desk: Desk, client: PageClient, what: Callable[[Desk], None], goes_on: bool
) -> None:
    client.sign_in(desk.person)
    with transaction():
        what(desk)
    assert desk.send(client, f"{WORDS} farmers", "/typing") == (204 if goes_on else 404)
    page = client.get("/account/texts").text
    assert WORDS in page
    assert (f"kept={desk.kept}" in page) is goes_on
    assert (">You may not record there any more" in page.replace("data-closed hidden>", "")) is not goes_on
    assert client.get(desk.address).status_code == (200 if goes_on else 404)
    assert desk.send(client, f"{WORDS} farmers.") == (303 if goes_on else 404)
    assert len(queries.notes_of(desk.session)) == goes_on
    assert (f"{WORDS} farmers" in client.get("/account/texts").text) is False


def test_the_page_has_drafts_losers_and_summaries_of_this_person_only(desk: Desk, client: PageClient) -> None:
    other = make.person("Grace Hopper")
    with transaction():
        note = record_note(desk.session, draft("First words."), by=other, at=TODAY)
    for somebody, words in ((other, "Faster words."), (desk.person, "Slower words.")):
        with transaction():
            revise(note, draft(words), base=1, by=somebody, at=TODAY)
    for somebody, words in ((other, "A faster summary."), (desk.person, "A slower summary.")):
        with transaction():
            write_summary(desk.session, Summary(discussion=words), base=0, by=somebody, at=TODAY)
    typed(desk.session, other, "Half a sentence of somebody else", "other")

    client.sign_in(desk.person)
    page = client.get("/account/texts").text
    for words in (WORDS, "Slower words.", "A slower summary."):
        assert words in page
    for words in ("Faster words.", "A faster summary.", "Half a sentence of somebody else"):
        assert words not in page
    for link in [one.split('"')[0] for one in page.split('href="')[1:] if "/conflicts/" in one.split('"')[0]]:
        assert client.get(link).status_code == 200


def test_any_of_them_goes_back_into_the_form_but_nobody_elses(desk: Desk, client: PageClient) -> None:
    newest = typed(desk.session, desk.person, "The newest", "k2")
    client.sign_in(desk.person)
    assert WORDS in client.get(f"{desk.address}?kept={desk.kept}").text
    assert "The newest" in client.get(f"{desk.address}?kept={newest}").text
    theirs = typed(desk.session, make.person(), "Theirs alone", "k3")
    for asked in (theirs, "x", 999999999):
        page = client.get(f"{desk.address}?kept={asked}").text
        assert "The newest" in page
        assert "Theirs alone" not in page


def throw(client: PageClient, kept: object) -> int:
    return client.post("/account/texts", data={"kept": kept}).status_code


def test_an_unfinished_text_is_thrown_away_by_its_writer_only(desk: Desk, client: PageClient) -> None:
    client.sign_in(make.person())
    assert throw(client, desk.kept) == 303
    client.sign_in(desk.person)
    assert WORDS in client.get("/account/texts").text
    assert [throw(client, kept) for kept in (desk.kept, desk.kept, "x", "")] == [303] * 4
    assert WORDS not in client.get("/account/texts").text


def test_what_was_set_aside_in_a_conflict_is_never_thrown_away(desk: Desk, client: PageClient) -> None:
    with transaction():
        note = record_note(desk.session, draft("First words."), by=None, at=TODAY)
    for words in ("Faster words.", "Slower words."):
        with transaction():
            kept = revise(note, draft(words), base=1, by=desk.person, at=TODAY)
    assert isinstance(kept, Draft)
    client.sign_in(desk.person)
    answer = client.post("/account/texts", data={"kept": kept.id})
    assert answer.status_code == 409
    assert "decided on already" in answer.text
    assert "Slower words." in client.get("/account/texts").text


def test_what_is_off_the_record_is_read_on_the_pages_of_its_session_only(desk: Desk, client: PageClient) -> None:
    with transaction():
        keep_typing(desk.session, draft("Between us", off_record=True), key="k2", by=desk.person, at=TODAY)
    client.sign_in(desk.person)
    page = client.get("/account/texts").text
    assert "Between us" not in page
    assert "Off the record" in page
    kept = texts_of(desk.person)[0]
    assert "Between us" in client.get(f"{desk.address}?kept={kept.id}").text


def test_two_windows_throw_one_text_away(desk: Desk) -> None:
    kept = db.session.get_one(Draft, desk.kept)
    with transaction():
        throw_text_away(kept, by=desk.person, at=TODAY)
    with pytest.raises(Refused), transaction():
        throw_text_away(kept, by=desk.person, at=TODAY)


def test_an_emptied_text_is_discarded_also_where_an_older_sending_comes_after(desk: Desk, client: PageClient) -> None:
    client.sign_in(desk.person)
    sent = {"kind": "trend", "ceiling": "organization", "language": "en", "key": "k", "draft": "1"}
    assert client.post(f"{desk.address}/typing", data={**sent, "mark": "w.3", "discard": "1"}).status_code == 204
    assert client.post(f"{desk.address}/typing", data={**sent, "mark": "w.2", "text": WORDS}).status_code == 204
    assert WORDS not in client.get(desk.address).text
    assert texts_of(desk.person) == []
