"""The editor's page: a report with what there is to say of it, and the form that is open."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.record.notes.difference import words_changed
from eventapp.record.reading.tongue import spoken_in
from eventapp.review.compiling.numbering import has_open_footnote, lost_reference
from eventapp.review.editor.chapters import opened_in, parts_in, sections
from eventapp.review.editor.comments.queries import thread_of, threads_of
from eventapp.review.editor.drafts import unsaved_in
from eventapp.review.editor.forms import PlaceForm, PolicyForm, TitleForm
from eventapp.review.editor.together.queries import mark_of
from eventapp.review.paragraphs.steps import last_step, words_at
from eventapp.review.reading.notes import waiting_for_translation
from eventapp.review.reports import content
from eventapp.review.reports.models import Report
from eventapp.review.reports.noted import (
    notes_left_out,
    notes_with,
    number_of_notes,
    unused_notes,
)
from eventapp.review.reports.queries import Row, chapter_rows, chapters_of, left_out, rows_of
from eventapp.review.reports.rules import publish_review
from eventapp.review.versions.checks import MUST_BE_USED, findings
from eventapp.review.versions.printed import printed, with_words
from eventapp.vocabulary.notes import NOTE_KINDS

WORDS = {
    "words_changed": words_changed,
    "words_at": words_at,
    "kinds": NOTE_KINDS,
    "lost_reference": lost_reference,
    "has_open_footnote": has_open_footnote,
}  # what the template asks


@dataclass(frozen=True)
class Opened:
    """Whose form is open on the page, by the number of its row; `theirs` is what somebody else saved meanwhile."""

    editing_id: int | None = None
    adding_id: int | None = None
    naming_id: int | None = None
    heading_id: int | None = None
    commenting_id: int | None = None
    answering_id: int | None = None
    leaving_id: int | None = None
    theirs: str = ""
    titling: bool = False


class Notes:
    """What the page says of the report's notes beside the chapters: how many, and those that no chapter has."""

    def __init__(self, report: Report) -> None:
        rows = unused_notes(report)
        foreign = [number for number, _kind, given, words in rows if spoken_in(words, given) != report.language]
        self.notes = number_of_notes(report)
        self.out = left_out(report)
        self.notes_out = notes_left_out(report) if self.out else []
        self.unused = notes_with([number for number, kind, _given, _words in rows if kind in MUST_BE_USED])
        self.waiting = waiting_for_translation(notes_with(foreign), language=report.language)


def page(report: Report, *, form: Form | None = None, **opened: Any) -> str:  # members of Opened
    """Draw the editor, with the form open that `opened` says."""
    open_ones = Opened(**opened)
    chapters, rows = chapter_rows(report), rows_of(report, marked=True)
    wanted, at = asked_for(report, open_ones)
    opened_ones = opened_in(chapters, rows, wanted, at)
    parts = parts_in(rows, opened_ones, at, {open_ones.heading_id or 0})
    numbers = {row.id for part in parts if part.is_open for row in part.rows}
    drawn = chapters_of(report, opened_ones, numbers)
    rows = with_words(rows, (paragraph for chapter in drawn for paragraph in chapter.paragraphs))
    notes, shown = Notes(report), printed(report, rows)
    found = findings(report, drawn, titles=[one.title for one in chapters], unused=notes.unused)
    return render_template(
        "review/edit.html",
        meeting=report.meeting,
        report=report,
        chapters=chapters,
        mark=mark_of(report),
        sections=sections(report, chapters, rows, shown=shown, found=found, opened=opened_ones, parts=parts),
        rows=rows,
        drawn={paragraph.id: paragraph for chapter in drawn for paragraph in chapter.paragraphs},
        printed=shown,
        broken=next((row.id for row in rows if may_have_fault(row) and has_fault(shown[row.id][0])), 0),
        found=found,
        threads=threads_of(report, opened_ones),
        unsaved=unsaved_in(report, current_person()),
        **vars(notes),
        policy_form=PolicyForm(policy=report.policy),
        report_form=form
        if open_ones.titling
        else TitleForm(prefix="report-", title=report.title, symbol=report.symbol),
        may_publish=publish_review(current_person(), report.meeting),
        form=form,
        place_form=PlaceForm().for_chapters(chapters),
        can_undo=last_step(report, current_person()),
        **vars(open_ones),
        **WORDS,
    )


def asked_for(report: Report, opened: Opened) -> tuple[list[int], list[int]]:
    """Return the chapters that the address asks for, and the paragraphs that are to be seen, by their numbers."""
    thread = thread_of(report, opened.answering_id) if opened.answering_id else None
    answered = [thread.paragraph_id] if thread else []
    chapters = [*request.args.getlist("chapter", type=int), opened.naming_id, opened.heading_id]
    here = [opened.editing_id, opened.adding_id, opened.commenting_id, opened.leaving_id]
    paragraphs = [*request.args.getlist("paragraph", type=int), *here]
    return [one for one in chapters if one], [*answered, *(one for one in paragraphs if one)]


def may_have_fault(row: Row) -> bool:
    """Whether the words of a standing paragraph have what a reference or a footnote begins with, as few have."""
    return not row.is_removed and ("{" in row.text or "^[" in row.text)


def has_fault(paragraph: content.Paragraph) -> bool:
    """Whether a reference of the printed paragraph leads nowhere, or a footnote is not closed."""
    return bool(lost_reference(paragraph)) or has_open_footnote(paragraph)
