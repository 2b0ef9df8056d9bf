"""A list in a note, and a line with a hyphen in a paragraph, are sub-paragraphs wherever the report is read."""

import json
from dataclasses import replace

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.evidence.uses import places_in
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.language.points import cut, points_of
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs import arranging
from eventapp.review.reports.content import Chapter, Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.printed import printed
from eventapp.review.versions.publication_snapshot import frozen
from eventapp.review.versions.snapshots import lines_of
from tests import make, make_review
from tests.review.sample import REPORT

pytestmark = pytest.mark.usefixtures("_apart")

TWO = "They saw:\n- Prices;\n- Skills."


def labels(chapters: tuple[Chapter, ...]) -> list[str]:
    return [f"{one.label} {one.text}" for chapter in chapters for one in chapter.paragraphs]


def test_a_line_with_a_hyphen_is_a_sub_paragraph_and_the_letters_go_on_below_it() -> None:
    rows = [Unnumbered(f"{TWO}^[A/70/1.]"), Unnumbered("By hand.", level=1), Unnumbered("Next.^[A/70/2.]")]
    [chapter] = numbered([("One", rows)])
    assert labels((chapter,)) == ["1. They saw:", "(a) Prices;", "(b) Skills.", "(c) By hand.", "2. Next."]
    assert [(one.place, note.number) for one in chapter.paragraphs for note in one.footnotes] == [
        ("1 (b)", 1),
        ("2", 2),
    ]


def test_where_they_are_not_taken_apart_each_point_is_a_line_under_its_letter() -> None:
    rows = [Unnumbered(TWO), Unnumbered("By hand.", level=1)]
    assert labels(numbered([("One", rows)], apart=False)) == [
        "1. They saw:\n(a) Prices;\n(b) Skills.",
        "(c) By hand.",
    ]


def test_the_points_of_a_sub_paragraph_stay_in_its_line() -> None:
    assert labels(numbered([("One", [Unnumbered("Top."), Unnumbered(TWO, level=1)])])) == [
        "1. Top.",
        "(a) They saw: (i) Prices; (ii) Skills.",
    ]


def test_the_editor_and_what_is_kept_and_printed_agree_on_every_place(app: Flask) -> None:
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    make_review.note(session, text="Obstacles:\n- Prices\n- Skills")
    make_review.note(session, text="Another.")
    report = make_review.report(session.meeting)
    _held, listed, other = make_review.paragraphs(report)
    with transaction():
        arranging.indent(other, 1, by=None, at=make.TODAY)
    chapters = chapters_of(report)
    assert [one.place for one in lines_of(chapters)] == ["1", "2", "2 (c)"]
    assert places_in(report)[other.id] == printed(report)[other.id][0].place == "2 (c)"
    assert printed(report)[listed.id][0].text.endswith(":\n(a) Prices;\n(b) Skills.")
    text = frozen(report, chapters, version=1, at=make.TODAY)
    assert [one.place for one in text.paragraphs] == ["1", "2", "2 (a)", "2 (b)", "2 (c)"]
    assert [len(one.evidence) for one in text.paragraphs] == [0, 1, 0, 0, 1]


def test_what_an_editor_types_as_points_is_compiled_around(app: Flask) -> None:
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    make_review.note(session, text="Obstacles:\n- Prices\n- Skills")
    report = make_review.report(session.meeting)
    listed = make_review.paragraphs(report)[-1]
    with transaction():
        editing.rewrite(listed, TWO, version=listed.version, by=None, at=make.TODAY)
    text = frozen(report, chapters_of(report), version=1, at=make.TODAY)
    assert [one.text for one in text.paragraphs][1:] == ["They saw:", "Prices;", "Skills."]


def with_points() -> Report:
    return replace(REPORT, chapters=numbered([("Trends", [Unnumbered(TWO), Unnumbered("Next.")])]))


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("md", ["1. They saw:", "(a) Prices;", "(b) Skills.", "2. Next."]),
        ("html", ['id="p1a"', 'aria-label="Paragraph 1 (b)"', "Skills."]),
    ],
)
def test_every_format_tells_the_points_apart(ending: str, expected: list[str]) -> None:
    text = written(with_points(), ending)
    said = text.decode() if isinstance(text, bytes) else text
    places = [said.find(one) for one in expected]
    assert -1 not in places, said[:3000]
    assert places == sorted(places)


def test_the_json_has_each_point_under_its_letter() -> None:
    assert "json" in FORMATS
    found = json.loads(written(with_points(), "json"))
    paragraphs = found["report"]["chapters"][0]["paragraphs"]
    assert [(one["number"], one.get("letter", ""), one["text"]) for one in paragraphs] == [
        (1, "", "They saw:"),
        (1, "a", "Prices;"),
        (1, "b", "Skills."),
        (2, "", "Next."),
    ]


CLOSED = "They saw:\n- Prices;\n- Skills.\nBoth are worst in the islands.^[A/70/1.]"


def test_what_closes_a_list_has_a_number_and_the_evidence_of_its_own() -> None:
    source = REPORT.chapters[0].paragraphs[-1].evidence
    rows = [Unnumbered(CLOSED, source), Unnumbered("By hand.", level=1), Unnumbered("Next.")]
    [chapter] = numbered([("One", rows)])
    assert labels((chapter,)) == [
        "1. They saw:", "(a) Prices;", "(b) Skills.", "2. Both are worst in the islands.", "(a) By hand.", "3. Next.",
    ]  # fmt: skip
    assert [one.evidence for one in chapter.paragraphs[:4]] == [source, (), (), source]
    assert [one.place for one in chapter.paragraphs if one.footnotes] == ["2"]
    [together] = numbered([("One", rows)], apart=False)
    assert labels((together,)) == [
        "1. They saw:\n(a) Prices;\n(b) Skills.\n2. Both are worst in the islands.", "(a) By hand.", "3. Next.",
    ]  # fmt: skip


def test_what_closes_the_points_of_a_sub_paragraph_stays_in_its_line() -> None:
    assert labels(numbered([("One", [Unnumbered("Top."), Unnumbered(CLOSED, level=1)])]))[1] == (
        "(a) They saw: (i) Prices; (ii) Skills. Both are worst in the islands."
    )


@pytest.mark.parametrize(
    ("below", "closing"),
    [
        ("\nBoth are worst.", "Both are worst."),
        ("\n\nboth are worst", "both are worst"),
        ("\nof the young\nAnd so on.", "And so on."),
        ("\nof the young", ""),
        ("^[One\nTwo.]", ""),
        ("^[One\nTwo.]\nBoth are worst.", "Both are worst."),
        ("\n\n", ""),
    ],
)
def test_a_line_that_goes_on_with_a_point_closes_nothing(below: str, closing: str) -> None:
    assert cut(f"They saw:\n- Prices;\n- Skills{below}")[1] == closing


def test_where_the_points_of_a_note_run_on_only_an_empty_line_closes_them() -> None:
    assert points_of("Saw:\n- The Asian\nBank\n- The World\nBank") == ("Saw:", ["The Asian Bank", "The World Bank"], "")
    assert points_of("Saw:\n- The Asian\nBank\n- Skills\n\nBoth.") == ("Saw:", ["The Asian Bank", "Skills"], "Both.")


def test_the_closing_of_a_note_is_no_part_of_its_last_point(app: Flask) -> None:
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    make_review.note(session, text="Obstacles:\n- Prices\n- Skills\nBoth are worst in the islands", sources=["A/70/1"])
    make_review.note(session, text="Another.")
    report = make_review.report(session.meeting)
    chapters = chapters_of(report)
    text = frozen(report, chapters, version=1, at=make.TODAY)
    assert [f"{one.label} {one.text}" for one in text.paragraphs][1:5] == [
        "2. It was noted that obstacles:", "(a) Prices;", "(b) Skills.", "3. Both are worst in the islands.",
    ]  # fmt: skip
    assert [one.place for one in lines_of(chapters)] == ["1", "2", "4"]
    assert sorted(places_in(report).values()) == ["1", "2", "4"]


def test_the_items_of_a_numbered_list_keep_their_numbers_and_the_next_paragraph_goes_on() -> None:
    rows = [
        Unnumbered("The agenda was:\n1. Opening;\n2. Trends."),
        Unnumbered("By hand.", level=1),
        Unnumbered("Next."),
    ]
    [chapter] = numbered([("One", rows)])
    assert labels((chapter,)) == ["1. The agenda was:", "1. Opening;", "2. Trends.", "(a) By hand.", "2. Next."]
    assert [one.place for one in chapter.paragraphs] == ["1", "1 (1)", "1 (2)", "1 (a)", "2"]
    assert [one.anchor for one in chapter.paragraphs] == ["p1", "p1-1", "p1-2", "p1a", "p2"]


@pytest.mark.parametrize("text", ["They came in\n2. and went.", "In\n1. place", "So:\n- One\n1. Two\n2. Three"])
def test_numbers_that_are_no_list_from_one_on_are_none(text: str) -> None:
    assert "1." not in [one.label for one in numbered([("One", [Unnumbered(text)])])[0].paragraphs[1:]]


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_an_agenda_is_numbered_in_every_format(ending: str) -> None:
    rows = [Unnumbered("The agenda was:\n1. Opening;\n2. Trends.")]
    written(replace(REPORT, chapters=numbered([("One", rows)])), ending)  # the press takes it
    if ending == "md":
        assert "   2. Trends." in written(replace(REPORT, chapters=numbered([("One", rows)])), ending).decode()
