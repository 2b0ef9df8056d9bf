"""The summary on the first page: made from the notes, or written by an editor."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.review.compilation.actions import compile_report
from eventapp.review.editor.summary import manage
from eventapp.review.editor.summary.actions import write_summary
from eventapp.review.first_page.summary import MOST_WORDS, words_in
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.tasks import queries as sizes
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review
from tests.browserless import PageClient

PAGE = "/meetings/spring/review/reports/summary/summary"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting at which Fiji and Tonga spoke of cables, Fiji asked for a study and all agreed to meet again."""
    found = make.meeting(slug="spring", mandate=[], objectives=[])
    session = make.session(found, kind="trends")
    for country in ("FJI", "TON"):
        state: dict[str, Any] = {"country": country, "stakeholder_type": "government", "organization": ""}
        make_review.note(session, text=f"Cables are dear, says {country}.", **state)
    make_review.note(session, kind="recommendation", text="Cables should be studied.", organization="ITU")
    make_review.note(
        session, kind="agreement", text="The meeting would be held again.", support="agreed", organization="ITU"
    )
    return found


def printed(report: Report) -> tuple[str, ...]:
    return frozen(report, chapters_of(report), version=1, at=datetime(2026, 3, 20, 5, tzinfo=UTC)).summary


def test_it_says_who_spoke_the_widest_themes_what_was_agreed_and_asked(meeting: Meeting) -> None:
    opening, agreed, asked = printed(make_review.report(meeting))

    assert opening.startswith("The meeting was held in Bangkok on 16 March 2026, and three delegations took the floor.")
    assert "(three delegations)." in opening
    assert "held again" in agreed
    assert asked.startswith("One recommendation is brought to the attention of the Regional Commission (paragraph ")


def test_it_is_whole_sentences_of_two_hundred_and_fifty_words_at_most(meeting: Meeting) -> None:
    session = make.session(meeting, kind="discussion")
    for place in range(30):
        text = f"Agreement {place} " + "of many words " * 10 + "was reached."
        make_review.note(session, kind="agreement", text=text, support="agreed", organization="ITU")
    said = printed(make_review.report(meeting))

    assert words_in(said) <= MOST_WORDS
    assert all(one.endswith(".") and "…" not in one for one in said)


def test_what_an_editor_writes_stays_when_the_report_is_compiled_again(meeting: Meeting) -> None:
    report = make_review.report(meeting)
    with transaction():
        write_summary(report, "The meeting was held.\n\nIt agreed.", before="", by=None, at=make.TODAY)
    compile_report(report, by=None, at=make.TODAY)
    assert printed(report) == ("The meeting was held.", "It agreed.")

    with transaction(), pytest.raises(Refused, match="Somebody else"):
        write_summary(report, "Other.", before="", by=None, at=make.TODAY)
    with transaction(), pytest.raises(Refused, match="250 words at most"):
        write_summary(report, "word " * 251, before=report.summary, by=None, at=make.TODAY)


def test_a_summary_that_names_whom_the_report_may_not_name_is_not_published(meeting: Meeting) -> None:
    report = make_review.report(meeting, policy="nobody")
    with transaction():
        write_summary(report, "Fiji spoke of cables.", before="", by=None, at=make.TODAY)
    with pytest.raises(Refused, match="Fiji"):
        publish(report, by=None, at=make.TODAY)


def test_an_editor_writes_it_on_a_page_and_gives_it_back_to_the_notes(client: PageClient, meeting: Meeting) -> None:
    report = make_review.report(meeting)
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    made = printed(report)
    assert made[0] in client.get(PAGE).text.replace("&#34;", '"')
    unchanged = {"text": "\r\n\r\n".join(made), "before": ""}
    assert client.post(PAGE, data=unchanged).status_code == 303
    db.session.expire_all()
    assert report.summary == ""

    assert client.post(PAGE, data={"text": "By hand.", "before": ""}).status_code == 303
    db.session.expire_all()
    assert printed(report) == ("By hand.",)
    assert client.post(PAGE, data={"text": "Late.", "before": ""}).status_code == 409
    assert client.post(PAGE, data={"text": "", "before": "By hand."}).status_code == 303
    db.session.expire_all()
    assert printed(report) == made


def test_that_of_a_large_meeting_is_not_made_for_a_page(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = make_review.report(meeting)
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    made = printed(report)
    monkeypatch.setattr(sizes, "LARGE", 1)
    with monkeypatch.context() as patch:
        patch.setattr(manage, "frozen", None)  # whoever asks for it fails
        page = client.get(PAGE).text
        assert "This meeting is large" in page and "/preview" in page and "took the floor" not in page
        publish(report, by=None, at=make.TODAY)
        assert made[0] in client.get(PAGE).text
        unchanged = client.post(PAGE, data={"text": "\n\n".join(made), "before": ""})
        assert unchanged.status_code == 303 and db.session.merge(report).summary == ""
        assert client.post(PAGE, data={"text": "By  hand.\n\nTwo.", "before": ""}).status_code == 303
        page = client.get(PAGE).text
    assert "By hand.\n\nTwo." in page and "This meeting is large" not in page
