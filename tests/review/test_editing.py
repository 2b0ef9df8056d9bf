from datetime import timedelta

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.record.notes.models import DRAFT, Note
from eventapp.review.compilation.actions import compile_report
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs import arranging
from eventapp.review.paragraphs.actions import Overtaken
from eventapp.review.paragraphs.steps import undo
from eventapp.review.reports.models import Paragraph, Report
from tests import make, make_review
from tests.make_review import paragraphs, texts

pytestmark = pytest.mark.usefixtures("_apart")

LATER = make.TODAY + timedelta(hours=9)


def reported() -> tuple[Report, Paragraph]:
    meeting = make.meeting()
    make_review.note(make.session(meeting), text="Prices fall.", ceiling="nobody")
    report = make_review.report(meeting)
    return report, paragraphs(report)[-1]


def test_an_edit_over_an_old_version_is_refused_and_shows_both_texts(app: Flask) -> None:
    report, paragraph = reported()
    with transaction():
        editing.rewrite(paragraph, "First.", version=1, by=None, at=LATER)

    with pytest.raises(Overtaken) as caught, transaction():
        editing.rewrite(paragraph, "Second.", version=1, by=None, at=LATER)

    assert caught.value.theirs == "First."
    assert texts(report) == ["First."]


def test_who_moved_or_locked_a_paragraph_meanwhile_is_in_nobodys_way(app: Flask) -> None:
    _report, paragraph = reported()
    with transaction():
        arranging.move(paragraph, paragraph.chapter, before=None, by=None, at=LATER)
    with transaction():
        editing.fix(paragraph, by=None, at=LATER)
    with transaction():
        editing.rewrite(paragraph, "Typed meanwhile.", version=1, by=None, at=LATER)

    assert paragraph.text == "Typed meanwhile."
    with pytest.raises(Overtaken), transaction():  # the words of version 1 are no longer there
        editing.rewrite(paragraph, "Typed later.", version=1, by=None, at=LATER)


def test_what_compiling_wrote_anew_is_not_written_over(app: Flask) -> None:
    report, paragraph = reported()
    note = paragraph.evidence[0].note
    make_review.revise(note, text="Prices rise.", ceiling="nobody")
    compile_report(report, by=None, at=LATER)
    with transaction():
        editing.fix(paragraph, by=None, at=LATER)

    with pytest.raises(Overtaken) as caught, transaction():
        editing.rewrite(paragraph, "Typed meanwhile.", version=1, by=None, at=LATER)
    assert caught.value.theirs == "It was noted that prices rose."


def test_a_paragraph_that_was_removed_meanwhile_comes_back_with_the_words_typed_over_it(app: Flask) -> None:
    report, paragraph = reported()
    with transaction():
        editing.remove(paragraph, by=None, at=LATER)

    with pytest.raises(Overtaken, match="was removed while you were editing") as caught, transaction():
        editing.rewrite(paragraph, "Typed meanwhile.", version=1, by=None, at=LATER)
    assert caught.value.theirs == ""
    assert texts(report) == []

    with transaction():
        editing.rewrite(paragraph, "Typed meanwhile.", version=paragraph.version, by=None, at=LATER)
    assert texts(report) == ["Typed meanwhile."]
    with transaction():
        undo(report, by=None, at=LATER)
    assert texts(report) == []


def test_saving_without_a_change_is_no_edit(app: Flask) -> None:
    _report, paragraph = reported()
    with transaction():
        editing.rewrite(paragraph, paragraph.text, version=1, by=None, at=LATER)

    assert (paragraph.edited_at, paragraph.version) == (None, 1)


def test_an_edited_paragraph_goes_back_to_its_generated_words(app: Flask) -> None:
    report, paragraph = reported()
    with transaction():
        editing.rewrite(paragraph, "By hand.", version=1, by=None, at=LATER)
    with transaction():
        editing.restore(paragraph, by=None, at=LATER)

    assert texts(report) == ["It was noted that prices fell."]
    assert paragraph.edited_at is None


def test_a_paragraph_written_by_hand_has_nothing_to_go_back_to(app: Flask) -> None:
    _report, paragraph = reported()
    with transaction():
        new = editing.add(paragraph.chapter, "New.", after=paragraph, by=None, at=LATER)

    with pytest.raises(Refused, match="written by hand"), transaction():
        editing.restore(new, by=None, at=LATER)


def test_a_new_paragraph_stands_behind_its_neighbour_or_at_the_head(app: Flask) -> None:
    report, paragraph = reported()
    with transaction():
        editing.add(paragraph.chapter, "Behind.", after=paragraph, by=None, at=LATER)
    with transaction():
        editing.add(paragraph.chapter, "Head.", after=None, by=None, at=LATER)

    assert texts(report) == ["Head.", "It was noted that prices fell.", "Behind."]


def test_a_note_that_is_not_cleared_is_not_cited(app: Flask) -> None:
    report, paragraph = reported()
    draft = make_review.note(make.session(report.meeting), state=DRAFT)

    with pytest.raises(Refused, match="is not cleared"), transaction():
        editing.cite(paragraph, db.session.get_one(Note, draft.id), by=None, at=LATER)


def test_a_paragraph_that_still_holds_keeps_its_words_when_compiled_again(app: Flask) -> None:
    report, paragraph = reported()
    note = db.session.get_one(Note, paragraph.evidence[0].note_id)
    make_review.revise(note, text="Prices rise.", ceiling="nobody")
    with transaction():
        editing.hold(paragraph, db.session.get_one(Note, note.id), by=None, at=LATER)
    compile_report(report, by=None, at=LATER)

    assert texts(report) == ["It was noted that prices fell."]
    assert [one.revision.number for one in paragraphs(report)[-1].evidence] == [2]


def test_citing_a_note_again_cites_its_newest_revision(app: Flask) -> None:
    report, paragraph = reported()
    note = db.session.get_one(Note, paragraph.evidence[0].note_id)
    make_review.revise(note, text="Prices rise.")
    with transaction():
        editing.cite(paragraph, db.session.get_one(Note, note.id), by=None, at=LATER)

    assert [one.revision.number for one in paragraphs(report)[-1].evidence] == [2]


def test_a_locked_paragraph_is_left_alone_by_compiling_until_it_is_unlocked(app: Flask) -> None:
    report, paragraph = reported()
    with transaction():
        editing.fix(paragraph, by=None, at=LATER)
    assert paragraph.version == 2
    note = db.session.get_one(Note, paragraph.evidence[0].note_id)
    make_review.revise(note, text="Prices rise.", ceiling="nobody")
    done = compile_report(report, by=None, at=LATER)
    assert texts(report) == ["It was noted that prices fell."]
    assert [one.revision.number for one in paragraphs(report)[-1].evidence] == [1]
    assert len(done.kept) == 1

    with transaction():
        editing.restore(paragraphs(report)[-1], by=None, at=LATER)
    compile_report(report, by=None, at=LATER)
    assert texts(report) == ["It was noted that prices rose."]


def test_locking_is_undone_like_everything_an_editor_does(app: Flask) -> None:
    report, paragraph = reported()
    with transaction():
        editing.fix(paragraph, by=None, at=LATER)
    with transaction():
        editing.fix(paragraph, by=None, at=LATER)
    assert paragraph.version == 2  # once is enough
    with transaction():
        undo(report, by=None, at=LATER)
    assert paragraphs(report)[-1].edited_at is None
