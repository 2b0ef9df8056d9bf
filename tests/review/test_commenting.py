"""What editors say to each other beside a paragraph: threads, who sees them, and that no output ever says them."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.clearance.actions import Asked, ask_reader, token_of
from eventapp.clearance.remarks import remark
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD
from eventapp.record.notes.models import DRAFT, Note
from eventapp.review.compilation.actions import compile_report
from eventapp.review.editor.comments import actions as commenting
from eventapp.review.editor.comments.queries import threads_of
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.paragraphs.actions import rewrite
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Comment, Paragraph, Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs, texts
from tests.review.test_attribution import words_of

pytestmark = pytest.mark.usefixtures("_apart")

CANARY = "Zanzibarquetzal"
LATER = make.TODAY + timedelta(hours=9)


@pytest.fixture
def report(app: Flask) -> Report:
    meeting = make.meeting(mandate=[], objectives=[])
    make_review.note(make.session(meeting, kind="trends"), text="Prices fall.")
    return make_review.report(meeting)


@pytest.fixture
def editor(client: PageClient, report: Report) -> PageClient:
    return client.sign_in(make.staff(report.meeting, ORGANIZER))


def address(report: Report, tail: str = "") -> str:
    return f"/meetings/{report.meeting.slug}/review/reports/{report.name}{tail}"


def said(paragraph: Paragraph, text: str = "Too short.") -> Comment:
    with transaction():
        return commenting.comment(paragraph, text, by=None, at=LATER)


def asked(report: Report, kind: str, text: str) -> str:
    """A reader says this of the last paragraph; their token."""
    with transaction():
        reader = ask_reader(report, Asked("Ada Byron", "ada@example.org", "Bhutan", (), 2), by=None, at=now())
    with transaction():
        remark(reader, paragraphs(report)[-1].id, kind, text, at=now())
    return token_of(reader)


def test_editors_comment_answer_settle_and_reopen(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    form = editor.get(address(report, f"?comment={number}")).text
    assert f'id="comment-{number}"' in form
    answer = editor.post(address(report, f"/paragraphs/{number}/comments"), data={"words": "Too <b> short."})
    assert (answer.status_code, answer.location) == (303, address(report, f"#para-{number}"))
    [thread] = threads_of(report)[number]
    page = editor.get(address(report)).text
    assert "Too &lt;b&gt; short." in page
    assert "Organizer" in page
    assert "1 comment waits" in page

    editor.post(address(report, f"/comments/{thread.id}/answers"), data={"words": "Which words?"})
    editor.post(address(report, f"/comments/{thread.id}/settling"))
    [thread] = threads_of(report)[number]
    assert [one.text for one in thread.answers] == ["Which words?"]
    page = editor.get(address(report)).text
    assert "Settled by Organizer" in page
    assert "No comment waits for an answer." in page

    editor.post(address(report, f"/comments/{thread.id}/reopening"))
    assert threads_of(report)[number][0].settled_at is None


def test_an_answer_to_a_settled_thread_opens_it_again(report: Report) -> None:
    thread = said(paragraphs(report)[-1])
    with transaction():
        commenting.settle(thread, by=None, at=LATER)
    with transaction():
        commenting.answer(thread, "One more thing.", by=None, at=LATER)
    assert thread.settled_at is None


def test_a_thread_has_an_end(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commenting, "MOST_ANSWERS", 1)
    thread = said(paragraphs(report)[-1])
    with transaction():
        commenting.answer(thread, "One.", by=None, at=LATER)
    with pytest.raises(Refused, match="as long as one can be"), transaction():
        commenting.answer(thread, "Two.", by=None, at=LATER)


def test_nothing_is_said_by_an_empty_comment(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    thread = said(paragraphs(report)[-1]).id
    for tail, field in (
        (f"/paragraphs/{number}/comments", f"comment-{number}"),
        (f"/comments/{thread}/answers", f"answer-{thread}"),
    ):
        refused = editor.post(address(report, tail), data={"words": " "})
        assert refused.status_code == 422
        assert f'id="{field}-error"' in refused.text
        assert f'href="#{field}"' in refused.text
        long = editor.post(address(report, tail), data={"words": "x" * 2001})
        assert long.status_code == 422
        assert "x" * 2001 in long.text
    assert len(db.session.scalars(select(Comment)).all()) == 1


def test_a_thread_of_another_report_is_not_there(report: Report, editor: PageClient) -> None:
    other = make_review.report(report.meeting, name="other")
    thread = said(paragraphs(other)[-1])
    with transaction():
        reply = commenting.answer(thread, "Yes.", by=None, at=LATER)
    assert editor.post(address(report, f"/comments/{thread.id}/settling")).status_code == 404
    assert editor.post(address(other, f"/comments/{reply.id}/settling")).status_code == 404
    assert editor.post(address(other, f"/comments/{thread.id}/settling")).status_code == 303


def test_rapporteurs_comment_and_stewards_do_not(app: Flask, report: Report) -> None:
    number = paragraphs(report)[-1].id
    for role, status in ((RAPPORTEUR, 303), (STEWARD, 404)):
        client = app.test_client()
        assert isinstance(client, PageClient)
        client.sign_in(make.staff(report.meeting, role))
        answer = client.post(address(report, f"/paragraphs/{number}/comments"), data={"words": "Hm."})
        assert answer.status_code == status


def test_what_readers_say_in_clearance_stands_beside(report: Report, editor: PageClient) -> None:
    asked(report, "proposal", "It was noted that prices rise.")
    page = editor.get(address(report)).text
    assert "Ada Byron" in page
    assert "fell</del><ins>" in page and "rise</ins>" in page
    assert "1 comment waits" in page
    assert re.search(r"/clearance\?paragraph=\d+#remark-", page)


def test_a_paragraph_somebody_talked_of_is_not_compiled_away(report: Report, editor: PageClient) -> None:
    """Neither a comment nor a reader's remark is lost when the note under a paragraph is taken back."""
    asked(report, "comment", "Is this so?")
    for text in ("Second.", "Third."):
        make_review.note(paragraphs(report)[-1].evidence[0].note.session, text=text)
    compile_report(report, by=None, at=LATER)
    remarked, second, _third = [one for one in paragraphs(report) if one.chapter.block == "trends"]
    said(second)
    with transaction():
        for note in db.session.scalars(select(Note)):
            note.state = DRAFT
    done = compile_report(report, by=None, at=LATER)
    assert (len(done.gone), len(done.kept)) == (1, 2)
    assert texts(report) == [remarked.text, second.text]
    assert "was withdrawn" in editor.get(address(report)).text


def test_the_comments_of_a_removed_paragraph_are_still_listed(report: Report, editor: PageClient) -> None:
    number = paragraphs(report)[-1].id
    said(paragraphs(report)[-1])
    editor.post(address(report, f"/paragraphs/{number}/removal"))
    page = editor.get(address(report)).text
    assert "Too short." in page
    assert "Removed paragraph" in page


def test_no_output_says_what_editors_say_to_each_other(app: Flask, report: Report, editor: PageClient) -> None:
    thread = said(paragraphs(report)[-1], f"{CANARY} began it.")
    with transaction():
        commenting.answer(thread, f"{CANARY} answered.", by=None, at=LATER)
    token = asked(report, "comment", "Is this so?")
    for text in ("First.", "Second."):
        last = paragraphs(report)[-1]
        with transaction():
            rewrite(last, text, version=last.version, by=None, at=LATER)
        edition = publish(report, by=None, at=LATER)
    for ending in FORMATS:
        assert CANARY.casefold() not in words_of(written(from_dict(edition.content), ending), ending), ending
    public = f"/meetings/{report.meeting.slug}/reports/{report.name}"
    visitor = app.test_client()
    for path in (public, f"{public}/changes", f"/clearances/{token}", "/api/v1/meetings", f"{public}.json"):
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        assert CANARY not in answer.text, path
    assert CANARY not in editor.get(address(report, "/preview")).text
    assert len(re.findall(CANARY, editor.get(address(report)).text)) > 2  # the positive control
