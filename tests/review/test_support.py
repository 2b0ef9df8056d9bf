"""A link alone is no support: the words of a paragraph must be those of its sources."""

import pytest
from flask import Flask

from eventapp.clearance.models import PROPOSAL
from eventapp.clearance.queries import off_sources
from eventapp.ground.db import transaction
from eventapp.record.notes.models import Revision
from eventapp.review.evidence.support import figures_off_its_sources, is_off_its_sources, unsupported_sentences
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.checks import Findings, findings
from tests import make, make_review
from tests.clearance.reading import reader_of, said
from tests.make_review import paragraphs

OLDER = "Older persons need accessible services and training in digital skills near their homes."
CYBER = "Governments should build incident response teams against attacks on critical networks."


@pytest.fixture
def report(app: Flask) -> Report:
    session = make.session(make.meeting(), kind="trends")
    make_review.note(session, title="Skills of older persons", text=OLDER)
    return make_review.report(session.meeting)


def found(report: Report) -> Findings:
    return findings(report, chapters_of(report))


def edited(report: Report, text: str) -> None:
    [*_others, last] = paragraphs(report)
    with transaction():
        editing.rewrite(last, text, version=last.version, by=None, at=make.TODAY)


def test_words_that_are_not_those_of_the_sources_are_found(report: Report) -> None:
    assert not found(report).off_their_sources
    edited(report, "Training of older people in digital skills, and services near their home, were needed.")
    assert not found(report).off_their_sources
    edited(report, CYBER)
    [about] = found(report).off_their_sources
    assert about.has_support
    assert about.is_stopped


def test_figures_must_stand_in_the_sources() -> None:
    noted = Revision(
        title="Access", text="In 2015, 35 per cent were connected.", speaker="", organization="", figures=[]
    )
    assert figures_off_its_sources("It was noted that 35% were connected, and 41 per cent in cities.", [noted]) == [
        "41 per cent"
    ]
    assert not figures_off_its_sources("It was 41 per cent.^[Another source.]", [noted])


def test_sources_in_another_language_and_short_texts_are_not_judged() -> None:
    french = "Les personnes âgées ont besoin de services et de formation dans leur langue."
    spoken = Revision(title="", text=french, speaker="", organization="", figures=[])
    assert not is_off_its_sources(CYBER, [spoken])
    assert not is_off_its_sources("Radio helps.", [spoken])


def test_each_sentence_of_a_proposal_is_judged(report: Report) -> None:
    last = paragraphs(report)[-1]
    sources = [one.revision for one in last.evidence]
    assert unsupported_sentences(last.text, f"{last.text} {CYBER}", sources) == [CYBER]
    assert unsupported_sentences(f"{last.text} {CYBER}", f"{CYBER} {last.text}", sources) == []
    figure = "Digital skills near their homes reached 96 per cent of older persons."
    assert unsupported_sentences(last.text, figure, sources) == [figure]
    assert unsupported_sentences(CYBER, last.text, []) == []


def test_a_proposal_that_loses_the_support_is_marked(report: Report) -> None:
    last = paragraphs(report)[-1]
    reader = reader_of(report)
    good = said(reader, last, PROPOSAL, "Older persons should get training in digital skills at home.").id
    bad = said(reader, last, PROPOSAL, CYBER).id
    assert off_sources(reader.remarks) == {bad: [CYBER]}
    assert good not in off_sources(reader.remarks)
