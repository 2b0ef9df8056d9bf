"""A report that attributes nothing tells a note in its neutral wording; a finding leads to where that is written."""

from typing import Any

from flask import Flask

from eventapp.meetings.models import RAPPORTEUR
from eventapp.review.compilation.actions import compile_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.checks import findings
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs

BUILT = "The strategy Digital Fiji 2030 has built three cables."
NEUTRAL = "One Government has built three cables."
WHO: dict[str, Any] = {"organization": "Ministry of Posts", "country": "FJI", "stakeholder_type": "government"}


def report_on(policy: str, *, ceiling: str = "organization", neutral: str = NEUTRAL, **facts: str) -> Report:
    session = make.session(make.meeting(), kind="trends")
    told: dict[str, Any] = {"text": BUILT, "title": "Cables", **WHO, **facts}
    make_review.note(session, ceiling=ceiling, neutral=neutral, **told)
    return make_review.report(session.meeting, policy=policy)


def told(report: Report) -> str:
    return paragraphs(report)[-1].text


def test_the_neutral_wording_stands_for_the_note_where_nobody_may_be_named(app: Flask) -> None:
    report = report_on("nobody")
    assert told(report) == "It was pointed out that one Government had built three cables."
    last = paragraphs(report)[-1]
    assert [one.revision.text for one in last.evidence] == [BUILT]  # what it rests on is the note
    assert not findings(report, chapters_of(report)).doubts


def test_a_note_of_nobody_has_it_in_every_report(app: Flask) -> None:
    assert "one Government had built" in told(report_on("organization", ceiling="nobody"))


def test_where_the_delegation_is_named_the_note_is_told(app: Flask) -> None:
    assert "Digital Fiji 2030" in told(report_on("organization"))
    assert "Digital Fiji 2030" in told(report_on("nobody", neutral=""))


def test_a_wording_in_another_language_than_the_report_is_not_taken(app: Flask) -> None:
    report = report_on("nobody", neutral="Des câbles ont été posés dans les îles, et ils sont utiles à la région.")
    assert "Digital Fiji 2030" in told(report)


def test_the_words_that_an_editor_takes_over_from_it_rest_on_the_note(app: Flask) -> None:
    report = report_on("nobody")
    words = "One Government had constructed undersea links."
    make_review.revise(
        paragraphs(report)[-1].evidence[0].note, title="Cables", text=BUILT, ceiling="organization",
        neutral="One Government has constructed undersea links.", **WHO,
    )  # fmt: skip
    compile_report(report, by=None, at=make.TODAY)
    assert told(report) == f"It was pointed out that {words[0].lower()}{words[1:]}"


def test_a_name_in_an_unattributed_report_leads_to_the_wording_of_its_note(client: PageClient) -> None:
    report = report_on("nobody", neutral="")
    client.sign_in(make.staff(report.meeting, RAPPORTEUR))
    page = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    note = paragraphs(report)[-1].evidence[0].note
    link = f'/meetings/{report.meeting.slug}/record/{note.session.code}/{note.number}#neutral"'
    assert link in client.get(page).text
    make_review.revise(note, title="Cables", text=BUILT, ceiling="organization", neutral=NEUTRAL, **WHO)
    compile_report(report, by=None, at=make.TODAY)
    assert link not in client.get(page).text


def test_a_title_that_names_somebody_is_not_told_beside_the_wording(app: Flask) -> None:
    points = "Fiji has two portals:\n- one for schools\n- one for clinics"
    report = report_on(
        "nobody",
        kind="good-practice",
        text=points,
        neutral=points.replace("Fiji", "One Government"),
        title="Fiji portals",
    )
    assert "Fiji" not in told(report) and "One Government has two portals" in told(report)
