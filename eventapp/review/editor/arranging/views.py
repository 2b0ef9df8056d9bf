"""The editor's hand on a report: moving, splitting, joining, indenting, chapters, undo, and what is being typed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Blueprint, abort, flash, request
from flask.typing import ResponseReturnValue

from eventapp.drafts.models import Draft
from eventapp.drafts.protocol import answer, sent
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import attempt
from eventapp.people.current import current_person
from eventapp.review.editor.drafts import (
    add_started,
    discard,
    keep_started,
    keep_typing,
    new_at,
    over,
    settle_typed,
    typed_by,
)
from eventapp.review.editor.forms import (
    ChapterForm,
    NewParagraphForm,
    ParagraphForm,
    PlaceForm,
    StartedForm,
    TypingForm,
)
from eventapp.review.editor.page.views import page
from eventapp.review.editor.views import back, done, written
from eventapp.review.paragraphs import arranging
from eventapp.review.paragraphs.steps import UNDONE, undo
from eventapp.review.reports.access import with_chapter, with_paragraph, with_report
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.queries import chapter_rows, paragraph_of
from eventapp.review.reports.rules import edit_review

bp = Blueprint("review_arranger", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.app_context_processor
def words() -> dict[str, object]:
    """What the page of one's drafts asks: which were typed in reports."""
    return {"typed_in_reports": typed_by}


@bp.post("/undo")
@with_report(may=edit_review)
def undoing(report: Report) -> ResponseReturnValue:
    """Take back what this editor did last."""

    def act() -> None:
        step = undo(report, by=current_person(), at=now())
        flash(str(UNDONE[step.verb]), "ok")

    return done(report, act)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/place")
@with_paragraph(may=edit_review)
def placing(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Move the paragraph before another one, or to the end of a chapter."""
    form = PlaceForm(request.form).for_chapters(chapter_rows(report))
    if not form.validate():
        return page(report, form=form, editing_id=paragraph.id), 422
    before = paragraph_of(report, form.before.data) if form.before.data else None
    chapter = before.chapter if before else form.chosen()
    act: Callable[[], object] = lambda: arranging.move(  # noqa: E731
        paragraph, chapter, before=before, by=current_person(), at=now()
    )
    return done(report, act, form, paragraph)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/<any(up, down):way>")
@with_paragraph(may=edit_review)
def shifting(report: Report, paragraph: Paragraph, way: str) -> ResponseReturnValue:
    """Move the paragraph one place."""
    return done(report, lambda: arranging.shift(paragraph, way, by=current_person(), at=now()), None, paragraph)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/parts")
@with_paragraph(may=edit_review)
def splitting(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Save the text as several paragraphs, split at its empty lines."""
    form = ParagraphForm(request.form)
    if not form.validate():
        return page(report, form=form, editing_id=paragraph.id), 422
    text, version = form.text.data or "", form.version.data or 0

    def act() -> None:
        arranging.split(paragraph, text, version=version, by=current_person(), at=now())
        settle_typed(paragraph, by=current_person(), at=now())

    return written(report, paragraph, form, act)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/<any(joining, indent, number):fit>")
@with_paragraph(may=edit_review)
def fitting(report: Report, paragraph: Paragraph, fit: str) -> ResponseReturnValue:
    """Join the paragraph to the one before it, or make it a sub-paragraph, or give it a number again."""

    def act() -> None:
        if fit == "joining":
            arranging.join(paragraph, by=current_person(), at=now())
        else:
            arranging.indent(paragraph, int(fit == "indent"), by=current_person(), at=now())

    return done(report, act, None, paragraph)


@bp.post("/chapters")
@with_report(may=edit_review)
def beginning(report: Report) -> ResponseReturnValue:
    """Begin a chapter."""
    form = ChapterForm(request.form)
    if not form.validate():
        return page(report, form=form, naming_id=0), 422
    return done(report, lambda: arranging.add_chapter(report, form.title.data, by=current_person(), at=now()))


@bp.post("/chapters/<int(max=2147483647):chapter>")
@with_chapter(may=edit_review)
def naming(report: Report, chapter: Chapter) -> ResponseReturnValue:
    """Give the chapter another title."""
    form = ChapterForm(request.form)
    if not form.validate():
        return page(report, form=form, naming_id=chapter.id), 422
    return done(report, lambda: arranging.name_chapter(chapter, form.title.data, by=current_person(), at=now()))


@bp.post("/chapters/<int(max=2147483647):chapter>/<any(up, down):way>")
@with_chapter(may=edit_review)
def shifting_chapter(report: Report, chapter: Chapter, way: str) -> ResponseReturnValue:
    """Move the chapter one place."""
    return done(report, lambda: arranging.shift_chapter(chapter, way, by=current_person(), at=now()))


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/typing")
@with_paragraph(may=edit_review)
def typing(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Keep what is being typed. Answers with the time, for the line that says so, and the number to go on from."""
    return saved_answer(report, TypingForm(request.form), partial(keep_typing, paragraph))


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/typing/discarding")
@with_paragraph(may=edit_review)
def discarding(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Let go of what this editor typed and did not save."""
    with transaction():
        discard(over(paragraph, current_person()), paragraph, at=now())
    return back(report, paragraph, saved=str(paragraph.id))


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/next")
@with_paragraph(may=edit_review)
def create(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Write a new paragraph behind this one."""
    return added(report, paragraph, adding_id=paragraph.id)


@bp.post("/chapters/<int(max=2147483647):chapter>/paragraphs")
@with_chapter(may=edit_review)
def opening(report: Report, chapter: Chapter) -> ResponseReturnValue:
    """Write a paragraph at the head of the chapter."""
    return added(report, chapter, heading_id=chapter.id)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/next/typing")
@with_paragraph(may=edit_review)
def typing_behind(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Keep a new paragraph as it is typed. Answers with the time, and the number to go on from."""
    return saved_answer(report, StartedForm(request.form), partial(keep_started, paragraph))


@bp.post("/chapters/<int(max=2147483647):chapter>/paragraphs/typing")
@with_chapter(may=edit_review)
def typing_at_head(report: Report, chapter: Chapter) -> ResponseReturnValue:
    """Keep the new head of a chapter as it is typed. Answers with the time, and the number to go on from."""
    return saved_answer(report, StartedForm(request.form), partial(keep_started, chapter))


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/next/discarding")
@with_paragraph(may=edit_review)
def discarding_behind(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Let go of the new paragraph this editor typed behind this one."""
    return discarded(report, paragraph)


@bp.post("/chapters/<int(max=2147483647):chapter>/paragraphs/discarding")
@with_chapter(may=edit_review)
def discarding_at_head(report: Report, chapter: Chapter) -> ResponseReturnValue:
    """Let go of the new paragraph this editor typed at the head of the chapter."""
    return discarded(report, chapter)


def added(report: Report, place: Paragraph | Chapter, **opened: object) -> ResponseReturnValue:
    form = NewParagraphForm(request.form)
    if not form.validate():
        return page(report, form=form, **opened), 422
    new = attempt(form, lambda: add_started(place, form.text.data or "", sent(), by=current_person(), at=now()))
    if new is None:
        return page(report, form=form, **opened), 409
    return back(report, new, saved=place_of(place))


def saved_answer(report: Report, form: StartedForm, keep: Callable[..., Draft | None]) -> ResponseReturnValue:
    """Keep what is typed, and answer with the time of it and the version to go on from."""
    person = current_person() or abort(404)
    fault = "" if form.validate() else next((words for _where, words in form.faults), "")
    how = replace(sent(), base=form.version.data if isinstance(form, TypingForm) else None)
    return answer(lambda at: keep(form.text.data or "", how, by=person, at=at), report.meeting.tz, fault=fault)


def discarded(report: Report, place: Paragraph | Chapter) -> ResponseReturnValue:
    with transaction():
        discard(new_at(place, current_person()), place, at=now())
    return back(report, place if isinstance(place, Paragraph) else None, saved=place_of(place))


def place_of(place: Paragraph | Chapter) -> str:
    """Return the place in a word, as the page names it."""
    return f"after-{place.id}" if isinstance(place, Paragraph) else f"head-{place.id}"
