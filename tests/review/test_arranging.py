"""Moving, splitting, joining and indenting, with undo; and that compiling leaves all of it alone."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.review.compilation.actions import compile_report
from eventapp.review.formats.markdown import markdown
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs import arranging
from eventapp.review.paragraphs.actions import Overtaken
from eventapp.review.paragraphs.steps import UNDONE, last_step, undo
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review
from tests.counting import counted

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY


def report(*texts: str) -> Report:
    held: Meeting = make.meeting(mandate=[], objectives=[])
    session = make.session(held, kind="trends")
    for text in texts:
        make_review.note(session, text=text)
    return make_review.report(held)


def lines(found: Report) -> list[str]:
    """The text of the trends, with its numbers."""
    text = frozen(found, chapters_of(found), version=1, at=make.TODAY)
    return [
        f"{one.label} {one.text.removeprefix('It was noted that ')}"
        for one in text.paragraphs
        if one.evidence or one.letter
    ]


def trends(found: Report) -> list[Paragraph]:
    return [one for one in make_review.paragraphs(found) if one.chapter.block == "trends"]


def compiled(found: Report) -> None:
    compile_report(found, by=None, at=LATER)


def test_a_paragraph_moves_and_compiling_leaves_it_there(app: Flask) -> None:
    found = report("one.", "two.", "three.")
    first, second, third = trends(found)
    with transaction():
        arranging.move(third, third.chapter, before=first, by=None, at=LATER)
    compiled(found)
    assert lines(found) == ["2. three.", "3. one.", "4. two."]

    with transaction():
        arranging.shift(trends(found)[0], "down", by=None, at=LATER)
    assert lines(found) == ["2. one.", "3. three.", "4. two."]
    assert second.position == 2


def test_only_the_words_of_what_is_moved_are_read(app: Flask) -> None:
    """Of all in both chapters those are most of what a large report has."""
    found = report("one.", "two.", "three.")
    numbers, last = [one.id for one in trends(found)], chapters_of(found)[-1].id
    db.session.remove()
    moved, chapter = db.session.get_one(Paragraph, numbers[0]), db.session.get_one(Chapter, last)
    with counted() as statements, transaction():
        arranging.move(moved, chapter, before=None, by=None, at=LATER)
    with_words = [one.split("WHERE")[1] for one in statements if "paragraph.sentences" in one]
    assert with_words and all(one.startswith(" paragraph.id = ") for one in with_words)
    db.session.rollback()
    assert chapter.paragraphs[-1] is moved
    assert [one.id for one in trends(db.session.get_one(Report, chapter.report_id))] == numbers[1:]


def test_at_the_edge_of_a_chapter_it_goes_to_the_next_and_not_beyond_the_report(app: Flask) -> None:
    found = report("one.")
    with transaction():
        arranging.shift(trends(found)[0], "up", by=None, at=LATER)
    [moved] = [one for one in make_review.paragraphs(found) if one.text.endswith("one.")]
    assert moved.chapter.block == "opening"
    for _time in range(2):
        with transaction():
            arranging.shift(moved, "up", by=None, at=LATER)
    assert moved.chapter.block == "background"
    with pytest.raises(Refused, match="end of the report"), transaction():
        arranging.shift(moved, "up", by=None, at=LATER)


@pytest.mark.parametrize(
    "act", [partial(arranging.shift, way="up"), partial(arranging.shift, way="down"), arranging.join]
)
def test_what_another_editor_removed_is_neither_moved_nor_joined(app: Flask, act: Callable[..., object]) -> None:
    found = report("one.", "two.", "three.")
    second = trends(found)[1]
    with transaction():
        editing.remove(second, by=None, at=LATER)
    with pytest.raises(Refused, match="Put it back first"), transaction():
        act(second, by=None, at=LATER)
    assert lines(found) == ["2. one.", "3. three."]


def test_a_place_in_another_report_is_refused(app: Flask) -> None:
    found, other = report("one."), report("one.")
    with pytest.raises(Refused, match="not in this report"), transaction():
        arranging.move(trends(found)[0], trends(other)[0].chapter, before=None, by=None, at=LATER)


def test_splitting_keeps_every_word_and_the_evidence_of_each_part(app: Flask) -> None:
    found = report("one.")
    [paragraph] = trends(found)
    with transaction():
        arranging.split(paragraph, "First.\n \n\nSecond.\n\nThird.", version=paragraph.version, by=None, at=LATER)
    compiled(found)

    assert lines(found) == ["2. First.", "3. Second.", "4. Third."]
    assert {one.evidence[0].note_id for one in trends(found)} == {paragraph.evidence[0].note_id}


def test_splitting_over_somebody_elses_change_is_refused_and_changes_nothing(app: Flask) -> None:
    found = report("one.")
    [paragraph] = trends(found)
    opened = paragraph.version
    with transaction():
        editing.rewrite(paragraph, "Theirs.", version=opened, by=None, at=LATER)
    with pytest.raises(Overtaken), transaction():
        arranging.split(paragraph, "Mine.\n\nToo.", version=opened, by=None, at=LATER)
    with pytest.raises(Refused, match="empty line"), transaction():
        arranging.split(paragraph, "Mine alone.", version=paragraph.version, by=None, at=LATER)
    assert lines(found) == ["2. Theirs."]


def test_joining_brings_text_and_evidence_together(app: Flask) -> None:
    found = report("one.", "two.")
    with transaction():
        arranging.join(trends(found)[1], by=None, at=LATER)
    compiled(found)

    [paragraph] = trends(found)
    assert paragraph.text == "It was noted that one. It was also noted that two."
    assert len(paragraph.evidence) == 2
    with pytest.raises(Refused, match="no paragraph before it"), transaction():
        arranging.join(paragraph, by=None, at=LATER)


def test_sub_paragraphs_have_letters_and_take_no_number(app: Flask) -> None:
    found = report("one.", "two.", "three.", "four.")
    for paragraph in trends(found)[1:3]:
        with transaction():
            arranging.indent(paragraph, 1, by=None, at=LATER)
    assert lines(found) == ["2. one.", "(a) two.", "(b) three.", "3. four."]

    text = frozen(found, chapters_of(found), version=1, at=make.TODAY)
    assert "   (a) It was noted that two." in markdown(text)
    assert [row[0] for annex in text.annexes if annex.code == "evidence" for row in annex.parts[0].rows] == [
        "2", "2 (a)", "2 (b)", "3",
    ]  # fmt: skip
    with pytest.raises(Refused, match="begins with a numbered paragraph"), transaction():
        arranging.indent(trends(found)[0], 1, by=None, at=LATER)
    with transaction():
        arranging.shift(trends(found)[1], "up", by=None, at=LATER)
    assert lines(found)[:2] == ["2. two.", "3. one."]  # nothing above it in the chapter to belong to


def test_a_numbered_paragraph_takes_its_sub_paragraphs_along_and_passes_those_of_another(app: Flask) -> None:
    found = report("one.", "two.", "three.", "four.", "five.")
    for paragraph in (trends(found)[1], trends(found)[4]):
        with transaction():
            arranging.indent(paragraph, 1, by=None, at=LATER)
    begun = ["2. one.", "(a) two.", "3. three.", "4. four.", "(a) five."]
    assert lines(found) == begun
    for way, expected in (
        ("down", ["2. three.", "3. one.", "(a) two.", "4. four.", "(a) five."]),
        ("down", ["2. three.", "3. four.", "(a) five.", "4. one.", "(a) two."]),
        ("up", ["2. three.", "3. one.", "(a) two.", "4. four.", "(a) five."]),
    ):
        head = next(one for one in trends(found) if one.text.endswith("one."))
        with transaction():
            arranging.shift(head, way, by=None, at=LATER)
        assert lines(found) == expected
    with transaction():
        undo(found, by=None, at=LATER)
    assert lines(found)[3:] == ["4. one.", "(a) two."]

    first, four, *_rest, two = trends(found)
    with transaction():
        arranging.move(four, four.chapter, before=first, by=None, at=LATER)
    assert lines(found) == ["2. four.", "(a) five.", "3. three.", "4. one.", "(a) two."]
    with transaction():
        arranging.shift(two, "up", by=None, at=LATER)
    assert lines(found) == ["2. four.", "(a) five.", "3. three.", "(a) two.", "4. one."]
    compiled(found)
    assert lines(found) == ["2. four.", "(a) five.", "3. three.", "(a) two.", "4. one."]


def test_everything_an_editor_does_to_a_paragraph_can_be_undone(app: Flask) -> None:
    found = report("one.", "two.", "three.")
    before = lines(found)
    acts: list[Callable[[list[Paragraph]], object]] = [
        lambda rows: arranging.move(rows[2], rows[0].chapter, before=rows[0], by=None, at=LATER),
        lambda rows: arranging.split(rows[0], "A.\n\nB.", version=rows[0].version, by=None, at=LATER),
        lambda rows: arranging.join(rows[1], by=None, at=LATER),
        lambda rows: arranging.indent(rows[1], 1, by=None, at=LATER),
        lambda rows: editing.rewrite(rows[1], "Other.", version=rows[1].version, by=None, at=LATER),
        lambda rows: editing.remove(rows[1], by=None, at=LATER),
        lambda rows: arranging.shift(rows[0], "down", by=None, at=LATER),
    ]
    seen = [before]
    for act in acts:
        with transaction():
            act(trends(found))
        seen.append(lines(found))
        assert seen[-1] != seen[-2]
    for was in reversed(seen[:-1]):
        with transaction():
            assert undo(found, by=None, at=LATER).verb in UNDONE
        assert lines(found) == was
    with pytest.raises(Refused, match="nothing of yours"), transaction():
        undo(found, by=None, at=LATER)


def rests(found: Report) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """The words of the trends, where they come from, and the notes and revisions they rest on."""
    return [
        (one.text, one.origin, [(cited.note_id, cited.revision.number) for cited in one.evidence])
        for one in trends(found)
    ]


def test_new_paragraphs_and_what_is_done_with_sources_are_undone_first_and_not_what_was_done_before(
    app: Flask,
) -> None:
    found = report("one.", "two.")
    cited = trends(found)[0].evidence[0].note
    other = make_review.note(make.session(found.meeting), text="Radio is heard.")
    make_review.revise(cited, text="One more.")
    [gone] = [one.id for one in trends(found)[1:]]
    acts: list[Callable[[list[Paragraph]], object]] = [
        lambda rows: editing.remove(rows[1], by=None, at=LATER),
        lambda rows: editing.put_back(db.session.get_one(Paragraph, gone), by=None, at=LATER),
        lambda rows: editing.add(rows[0].chapter, "New.", after=rows[0], by=None, at=LATER),
        lambda rows: editing.own(rows[1], by=None, at=LATER),
        lambda rows: editing.cite(rows[1], other, by=None, at=LATER),
        lambda rows: editing.uncite(rows[1], other, by=None, at=LATER),
        lambda rows: editing.hold(rows[0], cited, by=None, at=LATER),
    ]
    seen = [rests(found)]
    for act in acts:
        with transaction():
            act(trends(found))
        seen.append(rests(found))
        assert seen[-1] != seen[-2]
    for was in reversed(seen[:-1]):
        with transaction():
            assert undo(found, by=None, at=LATER).verb in UNDONE  # and its editor is told what
        assert rests(found) == was


def test_what_somebody_changed_since_is_not_undone_over_their_heads(app: Flask) -> None:
    found, somebody = report("one."), make.person("Kim", "kim@example.org")
    other = db.session.get_one(Person, somebody.id)
    [paragraph] = trends(found)
    with transaction():
        editing.rewrite(paragraph, "Mine.", version=paragraph.version, by=None, at=LATER)
    assert last_step(found, None)
    with transaction():
        editing.rewrite(paragraph, "Theirs.", version=paragraph.version, by=other, at=LATER)

    with pytest.raises(Refused, match="changed again"), transaction():
        undo(found, by=None, at=LATER)
    assert lines(found) == ["2. Theirs."]
    assert last_step(found, None) is None


def test_chapters_are_added_named_and_moved_and_compiling_leaves_them(app: Flask) -> None:
    found = report("one.")
    with transaction():
        own = arranging.add_chapter(found, "Adoption of the report", by=None, at=LATER)
    with transaction():
        arranging.name_chapter(own, "Adoption", by=None, at=LATER)
        editing.add(own, "It was adopted.", after=None, by=None, at=LATER)
    with transaction():
        arranging.shift_chapter(own, "up", by=None, at=LATER)
    compiled(found)

    assert [one.title for one in chapters_of(found)][-2:] == ["Adoption", "Way forward"]
    assert make_review.texts(found, "own-1") == ["It was adopted."]
