"""A report that attributes nothing tells a note in its neutral wording; a finding leads to where that is written."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from eventapp.meetings.models import RAPPORTEUR
from eventapp.review.compilation.actions import compile_report
from eventapp.review.compiling.text import in_neutral_words
from eventapp.review.language.data import written_in
from eventapp.review.language.sentences import sentences_of
from eventapp.review.reading.notes import read
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


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"kind": "commitment", "neutral": "A commitment was made to train nurses."}, "A commitment was made to train nurses."),
        ({"kind": "challenge", "neutral": "Concern was expressed that prices rise."}, "Concern was expressed that prices rose."),
        ({"kind": "recommendation", "neutral": "A request was made to the office to study prices."}, "A request was made to the office to study prices."),
        ({"kind": "agreement", "neutral": "It was agreed to share data."}, "The meeting agreed to share data."),
        ({"kind": "agreement", "support": "one-voice", "neutral": "Readiness was expressed to share data."}, "Readiness was expressed to share data."),
        ({"kind": "quote", "neutral": "“We are one ocean.”"}, "The following statement was made: “We are one ocean.”"),
    ],
)  # fmt: skip
def test_a_wording_that_says_how_it_was_said_gets_no_second_verb(
    app: Flask, facts: dict[str, str], sentence: str
) -> None:
    assert told(report_on("nobody", **{"title": "Prices", "text": "Words of the note.", **facts})) == sentence


def test_so_in_french(app: Flask) -> None:
    with written_in("fr"):
        for kind, neutral, sentence in (
            ("commitment", "L’engagement a été pris de former des femmes.", "L’engagement a été pris de former des femmes."),
            ("recommendation", "Il a été demandé au bureau d’étudier les prix.", "Il a été demandé au bureau d’étudier les prix."),
            ("agreement", "Il a été convenu de partager les données.", "La réunion est convenue de partager les données."),
        ):  # fmt: skip
            session = make.session(make.meeting(), kind="trends")
            row = make_review.note(session, kind=kind, ceiling="nobody", neutral=neutral, language="fr", **WHO)
            note = in_neutral_words(read(row.current, language="fr"), "nobody", "fr")
            [only] = sentences_of([replace(note, text=neutral)], "nobody")
            assert only.text == sentence
