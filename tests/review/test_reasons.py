"""Words that a finding doubts stay with a reason, which is on record; without one the report is not published."""

from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import RAPPORTEUR
from eventapp.review.compilation.actions import compile_report
from eventapp.review.editor.reasons.actions import give_reason, take_back_reason
from eventapp.review.paragraphs import actions as editing
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.checks import Findings, findings
from eventapp.review.versions.doubts import Doubt
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs

SMART = "The strategy Smart Bangladesh 2041 connects every village to fixed broadband."
WHY = "It is the name of the strategy, and not of who spoke."


@pytest.fixture
def report(app: Flask) -> Report:
    """An unattributed report with a note in which a State is the subject."""
    session = make.session(make.meeting(), kind="trends")
    make_review.note(
        session, title="Villages", text=SMART, organization="Ministry of Posts", country="BGD", ceiling="nobody"
    )
    return make_review.report(session.meeting, policy="nobody")


def found(report: Report) -> Findings:
    return findings(report, chapters_of(report))


def give(report: Report, doubt: Doubt, at_place: Paragraph | None) -> None:
    with transaction():
        give_reason(report, doubt.key, WHY, at_place=at_place, by=None, at=make.TODAY)


def last_entry() -> Entry:
    return db.session.scalars(select(Entry).order_by(Entry.number.desc()).limit(1)).one()


def rewrite(paragraph: Paragraph, text: str) -> None:
    with transaction():
        editing.rewrite(paragraph, text, version=paragraph.version, by=None, at=make.TODAY)


def test_a_name_that_is_the_subject_stays_with_a_reason_and_the_report_is_published(report: Report) -> None:
    last = paragraphs(report)[-1]
    [doubt] = found(report).doubts
    assert (doubt.what, doubt.words) == ("Bangladesh", last.text)
    with pytest.raises(Refused, match="Bangladesh"):
        publish(report, by=None, at=make.TODAY)

    give(report, doubt, last)
    now = found(report)
    assert (now.doubts, now.blocks, now.paragraphs[last.id].is_stopped) == ([], False, False)
    assert [one.reason.reason for about in now.answered for one in about.answered] == [WHY]
    entry = last_entry()
    assert (entry.verb, entry.detail["what"], entry.detail["reason"]) == ("give reason", "Bangladesh", WHY)
    publish(report, by=None, at=make.TODAY)


def test_a_reason_goes_over_compilations_while_the_words_of_the_sentence_stay(report: Report) -> None:
    last = paragraphs(report)[-1]
    give(report, found(report).doubts[0], last)
    make_review.note(last.evidence[0].note.session, text="Farmers use phones for prices.", action_lines=["C7-EAGR"])
    compile_report(report, by=None, at=make.TODAY)
    assert not found(report).doubts
    make_review.revise(
        last.evidence[0].note, text=f"{SMART[:-1]} by fibre.", country="BGD", ceiling="nobody",
    )  # fmt: skip
    compile_report(report, by=None, at=make.TODAY)
    assert [one.what for one in found(report).doubts] == ["Bangladesh"]


def test_a_reason_is_taken_back(report: Report) -> None:
    last = paragraphs(report)[-1]
    give(report, found(report).doubts[0], last)
    number = found(report).paragraphs[last.id].answered[0].reason.id
    for _twice in range(2):
        with transaction():
            take_back_reason(report, number, by=None, at=make.TODAY)
    assert found(report).blocks
    assert last_entry().verb == "take back reason"


def test_a_reason_is_for_the_words_that_were_read(report: Report) -> None:
    last = paragraphs(report)[-1]
    [doubt] = found(report).doubts
    rewrite(last, "Bangladesh connects every village to broadband, which Smart Bangladesh 2041 foresees.")
    with pytest.raises(Refused, match="have changed"):
        give(report, doubt, last)


def test_words_without_support_stop_publishing_until_somebody_says_why_they_stay(report: Report) -> None:
    last = paragraphs(report)[-1]
    rewrite(last, "It reached 47 per cent of all villages in the year.")
    with transaction():
        editing.add(last.chapter, "Nobody said so.", after=last, by=None, at=make.TODAY)
    now = found(report)
    assert {one.kind for one in now.doubts} == {"figure", "support", "sources"}
    with pytest.raises(Refused, match="2 paragraphs have no support"):
        publish(report, by=None, at=make.TODAY)
    for about in now.paragraphs.values():
        for doubt in about.doubts:
            give(report, doubt, about.paragraph)
    assert not found(report).doubts
    publish(report, by=None, at=make.TODAY)


def test_a_name_in_a_title_stays_with_a_reason(report: Report) -> None:
    session = paragraphs(report)[-1].evidence[0].note.session
    make_review.note(session, speaker="Samira Haddad", ceiling="organization")
    with transaction():
        report.title = "In memory of Samira Haddad"
    [doubt] = found(report).in_titles
    assert doubt.words == report.title
    give(report, doubt, None)
    assert (found(report).in_titles, found(report).names_in_titles) == ((), ())
    assert found(report).names_with_reason == {"Samira Haddad"}


def test_the_editor_gives_a_reason_at_the_finding(client: PageClient, report: Report) -> None:
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    page = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    last = paragraphs(report)[-1]
    key, url = found(report).doubts[0].key, f"{page}/reasons?paragraph={last.id}"
    assert f'id="why-{key}"' in client.get(page).text

    for why, status in (("", HTTPStatus.UNPROCESSABLE_ENTITY), ("x" * 501, HTTPStatus.UNPROCESSABLE_ENTITY)):
        answer = client.post(url, data={"finding": key, "why": why})
        assert answer.status_code == status
        assert f'id="why-{key}-error"' in answer.text
    stale = client.post(url, data={"finding": "0" * 16, "why": WHY})
    assert (stale.status_code, "nothing is doubted" in stale.text) == (HTTPStatus.CONFLICT, True)
    assert client.post(f"{page}/reasons?paragraph=99999", data={}).status_code == HTTPStatus.NOT_FOUND

    client.post(url, data={"finding": key, "why": WHY})
    shown = client.get(page).text
    assert WHY in shown and "1 paragraph has words that stay with a reason" in shown
    assert f'id="why-{key}"' not in shown
    number = found(report).paragraphs[last.id].answered[0].reason.id
    client.post(f"{page}/reasons/{number}/removal?paragraph={last.id}")
    assert WHY not in client.get(page).text
