"""The editor's hand on a report: moving, splitting, joining, indenting, chapters, undo, and what is being typed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.kept import PLAIN, kept_at
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.review import arranging
from eventapp.review.actions import part
from eventapp.review.editing import Overtaken
from eventapp.review.editor import back, done, note_or_404, page, tell
from eventapp.review.forms import ChapterForm, NewParagraphForm, ParagraphForm, PlaceForm, StartedForm, TypingForm
from eventapp.review.gate import with_chapter, with_paragraph, with_report
from eventapp.review.models import Chapter, Paragraph, Report
from eventapp.review.queries import chapters_of, paragraph_of
from eventapp.review.rules import edit_review
from eventapp.review.steps import UNDONE, undo
from eventapp.review.unsaved import add_started, discard, discard_started, keep_started, keep_typing

bp = Blueprint("review_arranger", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


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
    form = PlaceForm(request.form).for_chapters(chapters_of(report))
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
    try:
        with transaction():
            arranging.split(paragraph, text, version=version, by=current_person(), at=now())
            discard(paragraph, by=current_person())
    except Overtaken as overtaken:
        form.refuse(overtaken)
        return page(report, form=form, editing_id=paragraph.id, theirs=overtaken.theirs), 409
    except Refused as refusal:
        form.refuse(refusal)
        return page(report, form=form, editing_id=paragraph.id), 409
    return back(report, paragraph, saved=str(paragraph.id))


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


@bp.post("/parts")
@with_report(may=edit_review)
def parting(report: Report) -> ResponseReturnValue:
    """Give a note that was grouped with others a paragraph of its own."""
    note = note_or_404(report, request.form.get("note", ""))
    return done(report, lambda: tell(part(report, note, by=current_person(), at=now())))


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
    return kept(report, TypingForm(request.form), partial(keep_typing, paragraph))


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/typing/discarding")
@with_paragraph(may=edit_review)
def discarding(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Let go of what this editor typed and did not save."""
    with transaction():
        discard(paragraph, by=current_person())
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
    return kept(report, StartedForm(request.form), partial(keep_started, paragraph))


@bp.post("/chapters/<int(max=2147483647):chapter>/paragraphs/typing")
@with_chapter(may=edit_review)
def typing_at_head(report: Report, chapter: Chapter) -> ResponseReturnValue:
    """Keep the new head of a chapter as it is typed. Answers with the time, and the number to go on from."""
    return kept(report, StartedForm(request.form), partial(keep_started, chapter))


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


def added(report: Report, place: Paragraph | Chapter, **opened: Any) -> ResponseReturnValue:
    form = NewParagraphForm(request.form)
    if not form.validate():
        return page(report, form=form, **opened), 422
    try:
        with transaction():
            new = add_started(place, form.typed(), by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return page(report, form=form, **opened), 409
    return back(report, new, saved=place_of(place))


def kept(report: Report, form: TypingForm | StartedForm, keep: Callable[..., int]) -> ResponseReturnValue:
    """Keep what is typed, and answer with the time of it and the number to go on from."""
    at, person = now(), current_person() or abort(404)
    if not form.validate():
        return str(form.faults[0][1]), 422, PLAIN
    try:
        with transaction():
            number = keep(form.typed(), by=person, at=at)
    except Refused as refused:
        return str(refused), 409, PLAIN
    return kept_at(number, at, report.meeting.tz)


def discarded(report: Report, place: Paragraph | Chapter) -> ResponseReturnValue:
    with transaction():
        discard_started(place, by=current_person())
    return back(report, place if isinstance(place, Paragraph) else None, saved=place_of(place))


def place_of(place: Paragraph | Chapter) -> str:
    """Return the place in a word, as the page names it."""
    return f"after-{place.id}" if isinstance(place, Paragraph) else f"head-{place.id}"
