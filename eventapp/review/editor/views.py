"""The editor: one report with its paragraphs, what is wrong with them, and everything an editor does to it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, attempt_apart
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.people.current import current_person
from eventapp.record.notes.models import Note
from eventapp.review.actions import leave_out, name_report
from eventapp.review.compilation.actions import choose_policy, compile_report, put_in
from eventapp.review.compilation.outcome import outcome_of
from eventapp.review.compiling.actions import Compilation
from eventapp.review.editor.chapters import is_long
from eventapp.review.editor.drafts import settle_typed
from eventapp.review.editor.forms import LeaveOutForm, MendForm, ParagraphForm, PolicyForm, TitleForm
from eventapp.review.editor.page.views import page
from eventapp.review.evidence.uses import uses_of
from eventapp.review.groups.actions import is_group, write_again
from eventapp.review.paragraphs import actions as editing
from eventapp.review.paragraphs.actions import Overtaken
from eventapp.review.paragraphs.mending import mend
from eventapp.review.reports.access import with_paragraph, with_report
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import (
    note_of,
)
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.models import COMPILE, PUT_IN, WRITE_AGAIN
from eventapp.review.tasks.queries import is_large
from eventapp.review.tasks.views import handed_over

PLACES = {"edit": "editing_id", "add": "adding_id", "head": "heading_id"}

bp = Blueprint("review_editor", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("")
@with_report(may=edit_review)
def show(report: Report) -> ResponseReturnValue:
    """The report as its editor works on it; ?edit= opens one paragraph, ?comment= the place to say something of it.

    ?add= opens a new paragraph behind one, ?head= at the head of a chapter. Of a long report ?chapter= shows a chapter,
    ?paragraph= that of a paragraph.
    """
    asked = request.args.get
    writing = next((name for name in ("edit", "add", "head") if name in request.args), "")  # one at a time
    opened: dict[str, Any] = {PLACES[writing]: asked(writing, type=int)} if writing else {}
    return page(
        report,
        **opened,
        commenting_id=asked("comment", type=int),
    )


@bp.post("/compilation")
@with_report(may=edit_review)
def compilation(report: Report) -> ResponseReturnValue:
    """Compile again: new notes come in, edited paragraphs stay. A large report is compiled by the worker."""
    if is_large(report.meeting):
        return handed_over(report, COMPILE)
    return compiled(report, lambda: tell(compile_report(report, by=current_person(), at=now())))


@bp.post("/policy")
@with_report(may=edit_review)
def policy(report: Report) -> ResponseReturnValue:
    """Say more or less of the sources. In a large report the worker does."""
    form = PolicyForm(request.form)
    if not form.validate():
        return page(report, form=form), 422
    if is_large(report.meeting):
        return handed_over(report, COMPILE, wanted=form.policy.data)
    return compiled(report, lambda: tell(choose_policy(report, form.policy.data, by=current_person(), at=now())))


@bp.post("/title")
@with_report(may=edit_review)
def title(report: Report) -> ResponseReturnValue:
    """Give the report another title and symbol."""
    form = TitleForm(request.form, prefix="report-")
    if not form.validate():
        return page(report, form=form, titling=True), 422
    names = form.title.data, form.symbol.data or ""
    return done(report, lambda: name_report(report, *names, by=current_person(), at=now()))


@bp.post("/left-out")
@with_report(may=edit_review)
def leaving_out(report: Report) -> ResponseReturnValue:
    """Leave a recommendation or commitment out, with the reason."""
    form = LeaveOutForm(request.form)
    note = note_or_404(report, form.note.data or "")
    if not form.validate():
        return page(report, form=form), 422
    return done(report, lambda: leave_out(report, note, form.reason.data, by=current_person(), at=now()), form)


@bp.post("/put-in")
@with_report(may=edit_review)
def putting_in(report: Report) -> ResponseReturnValue:
    """Take a note in after all. In a large report the worker does."""
    note = note_or_404(report, request.form.get("note", ""))
    if is_large(report.meeting):
        return handed_over(report, PUT_IN, wanted=str(note.id))

    def act() -> None:
        put_in(report, note, by=current_person(), at=now())
        for use in uses_of([note])[note.id].uses:
            if use.report.id == report.id:
                flash(_("%(note)s is in paragraph %(number)s.", note=note.reference, number=use.place), "ok")

    return compiled(report, act)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>")
@with_paragraph(may=edit_review)
def update(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Save the editor's words. Where somebody was faster, both texts are shown."""
    form = ParagraphForm(request.form)
    if not form.validate():
        return page(report, form=form, editing_id=paragraph.id), 422
    text, version = form.text.data or "", form.version.data or 0

    def act() -> None:
        editing.rewrite(paragraph, text, version=version, by=current_person(), at=now())
        settle_typed(paragraph, by=current_person(), at=now())

    return written(report, paragraph, form, act)


def written(report: Report, paragraph: Paragraph, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    """Save words of this paragraph; where it is refused, they are in its form again, with what somebody else saved."""
    attempt(form, act)
    if form.refused:
        theirs = form.refused.theirs if isinstance(form.refused, Overtaken) else ""
        return page(report, form=form, editing_id=paragraph.id, theirs=theirs), 409
    return back(report, paragraph, saved=str(paragraph.id))


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/<any(removal, return, restoration, own, lock, unlock):step>")
@with_paragraph(may=edit_review)
def change(report: Report, paragraph: Paragraph, step: str) -> ResponseReturnValue:
    """Remove the paragraph, put it back, lock or unlock it, have it written again, or mark it as own words."""
    if step == "restoration" and is_group(paragraph):
        if is_large(report.meeting):
            return handed_over(report, WRITE_AGAIN, wanted=str(paragraph.id))
        return compiled(report, lambda: write_again(paragraph, by=current_person(), at=now()), paragraph=paragraph)
    acts = {
        "removal": editing.remove,
        "return": editing.put_back,
        "restoration": editing.restore,
        "own": editing.own,
        "lock": editing.fix,
        "unlock": editing.release,
    }
    return done(report, lambda: acts[step](paragraph, by=current_person(), at=now()), None, paragraph)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/mending")
@with_paragraph(may=edit_review)
def mending(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Put right a fault that was found in a sentence of the paragraph, in one step."""
    form = MendForm(request.form)
    if not form.validate():
        return page(report, form=form), 422
    kind, words = str(form.kind.data), form.words.data or ""
    return done(report, lambda: mend(paragraph, kind, words, by=current_person(), at=now()), form, paragraph)


def done(
    report: Report, act: Callable[[], object], form: Form | None = None, paragraph: Paragraph | None = None
) -> ResponseReturnValue:
    """Do it and go back to the editor; what the domain refuses is said on the same page."""
    form = form or Form()
    attempt(form, act)
    if form.refused:
        return page(report, form=form), 409
    return back(report, paragraph)


def compiled(report: Report, act: Callable[[], object], *, paragraph: Paragraph | None = None) -> ResponseReturnValue:
    """The same for what compiles the report, or one paragraph of it."""
    form = Form()
    attempt_apart(form, act)
    if form.refused:
        return page(report, form=form), 409
    return back(report, paragraph)


def tell(compilation: Compilation) -> None:
    """Say on the next page what compiling changed."""
    for words, tone in outcome_of(compilation):
        flash(words, tone)


def back(report: Report, paragraph: Paragraph | None = None, *, saved: str = "") -> ResponseReturnValue:
    """Go back to the editor. `saved` is the place whose words the server has now: the browser lets its copy go."""
    anchor, person = f"para-{paragraph.id}" if paragraph else None, current_person()
    where: Address = {"saved": f"{person.id}:{saved}"} if saved and person else {}
    if is_long(report):
        wanted = {*request.args.getlist("chapter", type=int), *([paragraph.chapter_id] if paragraph else [])}
        at = {*request.args.getlist("paragraph", type=int), *([paragraph.id] if paragraph else [])}
        where["chapter"], where["paragraph"] = sorted(wanted), sorted(at)
    return redirect(
        url_for("review_editor.show", slug=report.meeting.slug, report=report.name, _anchor=anchor, **where), 303
    )


def note_or_404(report: Report, reference: str) -> Note:
    return note_of(report, reference) or abort(404)
