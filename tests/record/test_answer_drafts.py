"""What is typed behind a confirmation link is kept on the server until it is sent, and nothing of it is in the record."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.drafts.actions import Sent
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.record.clearing.actions import submit_session
from eventapp.record.confirmations.actions import Said, ask_to_confirm, end_link, reply, token_of
from eventapp.record.confirmations.drafts import AnswerDraft, answers_typed, keep_answers
from eventapp.record.confirmations.models import OBJECTED, WORDED, Confirmation, Reply
from eventapp.record.drafts.queries import second_texts
from eventapp.record.jobs import JOBS
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import revise
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import draft, note

ONE, TWO = "a" * 30, "b" * 30  # windows
LATER = TODAY + timedelta(hours=1)


@pytest.fixture
def asked(app: Flask) -> Confirmation:
    """A speaker who was asked about one note."""
    return asked_about("Two per cent.")


def asked_about(text: str, name: str = "Grace Hopper") -> Confirmation:
    session = make.session(make.meeting(), code="S3")
    part = make.role(session, name=name, person_id=make.person(name).id)
    note(session, text, role_id=part.id)
    with transaction():
        submit_session(session, by=None, at=now(), despite="Time was short.")
        return ask_to_confirm(session, part, by=None, at=now())


def note_of(asked: Confirmation) -> Note:
    return db.session.query(Note).where(Note.session_id == asked.session_id).one()


def keep(asked: Confirmation, words: str, *, base: int = 0, mark: str = "", over: bool = False, seen: int = 1) -> int:
    typed = {note_of(asked).id: AnswerDraft(seen, WORDED, words)}
    with transaction():
        draft = keep_answers(asked, typed, Sent(base, mark, over=over), at=now())
    return draft.version if draft else 0


def kept(asked: Confirmation) -> list[tuple[str, tuple[str, ...]]]:
    db.session.rollback()
    return [(one.words, one.before) for one in answers_typed(asked).values()]


def test_what_is_typed_is_kept_and_nothing_of_it_is_in_the_record(asked: Confirmation) -> None:
    assert keep(asked, "Three") == 1
    assert keep(asked, "Three per cent.", base=1) == 2
    assert keep(asked, "Three per cent.", base=0) == 2  # the same once more: the answer was lost
    assert kept(asked) == [("Three per cent.", ())]
    made = note_of(asked)
    assert (made.current.text, made.head, made.state, asked.answered_at) == ("Two per cent.", 1, "submitted", None)
    assert (second_texts(made), db.session.query(Reply).count()) == ([], 0)


def test_nothing_is_written_over_what_another_window_keeps(asked: Confirmation) -> None:
    keep(asked, "Three per cent.", mark=f"{ONE}.1")
    with pytest.raises(Refused, match="another window or on another device"):
        keep(asked, "Four per cent.", mark=f"{TWO}.1")
    assert keep(asked, "Three per cent and more.", mark=f"{ONE}.2") == 2  # the answer to the first was lost
    assert keep(asked, "Four per cent.", base=2, mark=f"{TWO}.2", over=True) == 3
    assert kept(asked) == [("Four per cent.", ("Three per cent and more.",))]


def test_words_about_an_older_revision_stay_beside_the_new_ones(asked: Confirmation) -> None:
    keep(asked, "Three per cent.")
    keep(asked, "Two and a half, I said.", base=1, seen=2)
    keep(asked, "Two and a half, as I said.", base=2, seen=2)
    assert kept(asked) == [("Two and a half, as I said.", ("Three per cent.",))]


def test_an_objection_counts_by_its_reason() -> None:
    assert AnswerDraft(1, OBJECTED, text="Other words.", reason="Not mine.").words == "Not mine."


def send(asked: Confirmation) -> None:
    reply(asked, {note_of(asked).id: Said(1)}, at=now())


def end(asked: Confirmation) -> None:
    end_link(asked, by=None, at=now())


def ask_again(asked: Confirmation) -> None:
    ask_to_confirm(asked.session, asked.who, by=None, at=now())


@pytest.mark.parametrize("happens", [send, end, ask_again])
def test_it_is_gone_once_it_is_sent_or_the_link_is_ended(asked: Confirmation, happens: object) -> None:
    assert callable(happens)
    keep(asked, "Three per cent.")
    with transaction():
        happens(asked)
    assert (kept(asked), asked.typed_at) == ([], None)
    with pytest.raises(Refused):
        keep(asked, "Four per cent.")
    assert kept(asked) == []


def test_it_is_gone_once_the_link_has_ended_by_itself(asked: Confirmation) -> None:
    other = asked_about("Radio comes first.")
    for one in (asked, other):
        keep(one, "Three per cent.")
    with transaction():
        other.expires_at += timedelta(days=1)
    assert work_through(JOBS, at=now() + timedelta(hours=25))["unsent answers"] == 1
    assert (len(kept(asked)), len(kept(other))) == (0, 1)


def typed(asked: Confirmation, words: str, **more: str) -> dict[str, str]:
    number = note_of(asked).id
    return {f"seen-{number}": "1", f"choice-{number}": WORDED, f"text-{number}": words, "draft": "0", **more}


def test_the_page_keeps_it_and_shows_it_to_its_own_link_alone(client: PageClient, asked: Confirmation) -> None:
    other = asked_about("Radio comes first.", "Somebody else")
    address, stranger = (f"/confirmations/{token_of(one)}" for one in (asked, other))
    answer = client.post(f"{address}/draft", data=typed(asked, "Three per cent.", base="0" * 16))
    assert (answer.status_code, answer.headers["X-Version"]) == (204, "1")
    page = client.get(address).text
    assert ">Three per cent.</textarea>" in page
    assert 'value="corrected" checked' in page
    assert "Draft saved on" in page
    assert "Three per cent." not in client.get(stranger).text
    # what a stranger's link sends of a note that is not its own is kept nowhere
    assert client.post(f"{stranger}/draft", data=typed(asked, "Nine per cent.")).status_code == 204
    assert "Nine" not in client.get(stranger).text + client.get(address).text


def test_what_cannot_be_kept_is_told_in_a_sentence(client: PageClient, asked: Confirmation) -> None:
    address = f"/confirmations/{token_of(asked)}"
    told = client.post(f"{address}/draft", data=typed(asked, "x" * 3001))
    assert (told.status_code, told.text[:7]) == (422, "S3-01: ")
    keep(asked, "Three per cent.")
    assert client.post(f"{address}/draft", data=typed(asked, "Four per cent.")).status_code == 409
    assert client.post("/confirmations/made-up/draft", data={}).status_code == 404
    with transaction():
        end(asked)
    assert client.post(f"{address}/draft", data=typed(asked, "Four per cent.")).status_code == 410


def test_a_choice_without_words_is_no_text_of_anybody(client: PageClient, asked: Confirmation) -> None:
    address = f"/confirmations/{token_of(asked)}"
    client.post(f"{address}/draft", data=typed(asked, "Two per cent."))
    assert 'value="corrected" checked' in client.get(address).text
    with transaction():
        revise(note_of(asked), draft("Two and a half.", role_id=asked.role_id), base=1, by=None, at=TODAY)
    assert "it is not in the form" not in client.get(address).text


def test_sending_from_a_page_that_is_older_shows_both(client: PageClient, asked: Confirmation) -> None:
    address = f"/confirmations/{token_of(asked)}"
    keep(asked, "Three per cent.")
    page = client.post(address, data=typed(asked, "Four per cent."))
    assert page.status_code == 409
    assert ">Four per cent.</textarea>" in page.text
    assert "Three per cent." in page.text
    assert asked.answered_at is None
    assert "Thank you" in client.post(address, data=typed(asked, "Four per cent.", draft="1", over="1")).text
    assert [one.content["text"] for one in second_texts(note_of(asked))] == ["Four per cent."]


def test_a_note_that_was_changed_since_has_the_words_about_the_older_one_beside_it(
    client: PageClient, asked: Confirmation
) -> None:
    address = f"/confirmations/{token_of(asked)}"
    keep(asked, "Three per cent.")
    with transaction():
        revise(note_of(asked), draft("Two and a half.", role_id=asked.role_id), base=1, by=None, at=TODAY)
    page = client.get(address).text
    assert ">Two and a half.</textarea>" in page
    assert "it is not in the form" in page
    assert "Three per cent." in page
