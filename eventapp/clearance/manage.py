"""Clearance for those who run it: who was asked, what they said, and adoption in the room."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.balance.counting import STAGES
from eventapp.clearance.actions import accept, adopt, ask_reader, decline, end_link, publish_as, reopen
from eventapp.clearance.forms import PublicationForm, ReaderForm, ReasonForm, VersionForm
from eventapp.clearance.minutes import minutes_csv
from eventapp.clearance.models import ACCEPTED, DECLINED, Adoption, Remark
from eventapp.clearance.queries import (
    adoptions_of,
    is_adopted,
    minutes_of,
    paragraphs_of,
    reader_of,
    readers_of,
    remark_of,
    remarks_on,
    standing_of,
    waiting_on,
)
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.forms import Form
from eventapp.outcomes.difference import Run, words_changed
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.review.content import Paragraph as Printed
from eventapp.review.findings import findings
from eventapp.review.freezing import frozen, printed
from eventapp.review.gate import with_paragraph, with_report
from eventapp.review.models import Paragraph, Report
from eventapp.review.numbering import without_footnotes
from eventapp.review.paper import WORDS
from eventapp.review.publishing import names_said, why_not
from eventapp.review.queries import chapters_of, left_out, notes_for, threads_of
from eventapp.review.rules import edit_review, publish_review
from eventapp.text import figure
from eventapp.words import _

bp = Blueprint("clearance_manage", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.app_context_processor
def words() -> dict[str, Any]:
    """What the editor's page asks: what readers say of each paragraph."""
    return {"said_by_readers": said_by_readers}


@bp.get("/clearance")
@with_report(may=edit_review)
def show(report: Report) -> ResponseReturnValue:
    """Who was asked to clear the report, what they said, and the minutes of its adoption."""
    return page(report, ReaderForm().for_chapters(chapters_of(report)))


@bp.post("/clearance")
@with_report(may=edit_review)
def create(report: Report) -> ResponseReturnValue:
    """Send somebody a link to the draft."""
    form = ReaderForm(request.form).for_chapters(chapters_of(report))
    if not form.validate():
        return page(report, form), 422

    def act() -> None:
        reader = ask_reader(report, form.asked(), by=current_person(), at=now())
        flash(_("%(name)s gets a letter with the link.", name=reader.name), "ok")

    return done(report, form, act)


@bp.post("/clearance/readers/<int(max=2147483647):reader>/end")
@with_report(may=edit_review)
def ending(report: Report, reader: int) -> ResponseReturnValue:
    """Stop the link of a reader."""
    found = reader_of(report, reader) or abort(404)
    return done(report, Form(), lambda: end_link(found, by=current_person(), at=now()))


@bp.post("/clearance/remarks/<int(max=2147483647):remark>/<any(accepted, declined):answer>")
@with_report(may=edit_review)
def answering(report: Report, remark: int, answer: str) -> ResponseReturnValue:
    """Take a remark up, or say why not."""
    found, form = remark_of(report, remark) or abort(404), ReasonForm(request.form)
    if not form.validate():
        return page(report, ReaderForm().for_chapters(chapters_of(report)), answering_id=remark, reason=form), 422
    act = {ACCEPTED: accept, DECLINED: decline}[answer]
    try:
        with transaction():
            act(found, form.reason.data or "", by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return page(report, ReaderForm().for_chapters(chapters_of(report)), answering_id=remark, reason=form), 409
    return back(report, f"remark-{remark}")


@bp.get("/minutes.csv")
@with_report(may=edit_review)
def minutes(report: Report) -> ResponseReturnValue:
    """The minutes of the adoption for a spreadsheet, every word of them."""
    shown, lines = printed(report, chapters_of(report)), minutes_of(report)
    content = minutes_csv(report.meeting, lines, {one.id: _as_read(one, shown) for one in lines})
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="minutes-{report.meeting.slug}-{report.name}.csv"'
    return answer


@bp.get("/adoption")
@with_report(may=publish_review)
def adoption(report: Report) -> ResponseReturnValue:
    """The screen for the room: one paragraph at a time. ?at= is the number of a paragraph's row."""
    return screen(report, figure(request.args.get("at")))


@bp.post("/adoption/<int(max=2147483647):paragraph>")
@with_paragraph(may=publish_review)
def adopting(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """The meeting adopts the paragraph as it was on the screen; the next one follows."""
    form = VersionForm(request.form)
    if not form.validate():
        return screen(report, paragraph.id, form), 422
    version = form.version.data or 0
    rows = [one.id for one in paragraphs_of(report)]
    after = rows[rows.index(paragraph.id) + 1 :] if paragraph.id in rows else []
    return shown(report, form, lambda: adopt(paragraph, version, by=current_person(), at=now()), paragraph, after)


@bp.post("/adoption/<int(max=2147483647):paragraph>/reopening")
@with_paragraph(may=publish_review)
def reopening(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Take the adoption of a paragraph back."""
    return shown(report, Form(), lambda: reopen(paragraph, by=current_person(), at=now()), paragraph, [])


@bp.get("/preview")
@with_report(may=edit_review)
def preview(report: Report) -> ResponseReturnValue:
    """The report as it would be published now."""
    today, chapters = now().astimezone(report.meeting.tz).date(), chapters_of(report)
    adopted = standing_of(report, []).is_adopted
    text = frozen(report, chapters, version=report.version + 1, on=today, adopted=adopted)
    return render_template("review/preview.html", meeting=report.meeting, report=report, text=text, **WORDS)


@bp.get("/publication")
@with_report(may=publish_review)
def publication(report: Report) -> ResponseReturnValue:
    """What publishing does, and where the report stands: read before it is done, for it cannot be undone."""
    return last_look(report)


@bp.post("/publication")
@with_report(may=publish_review)
def publishing(report: Report) -> ResponseReturnValue:
    """Publish the report as it stands, as the draft or the adopted text that it was said to be."""
    form = PublicationForm(request.form)
    if not form.validate():
        return last_look(report, form), 422
    try:
        with transaction():
            edition, held_back = publish_as(report, form.said.data or "", by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return last_look(report, form), 409
    flash(_("Version %(number)s is published.", number=edition.version), "ok")
    if held_back:
        flash(_held_back(held_back), "wait")
    return redirect(url_for("review_editor.show", slug=report.meeting.slug, report=report.name), 303)


def _held_back(stages: Sequence[str]) -> str:
    return _(
        "The public balance leaves out from now on: %(stages)s. "
        "Beside the list of participants in this version the numbers would tell of fewer than five people.",
        stages=", ".join(str(STAGES[stage]) for stage in stages),
    )


def last_look(report: Report, form: Form | None = None) -> str:
    readers, chapters = readers_of(report), chapters_of(report)
    reached = standing_of(report, readers)
    return render_template(
        "clearance/publication.html",
        meeting=report.meeting,
        report=report,
        standing=reached,
        why_not=why_not(report, at=now(), adopted=reached.is_adopted),
        readers=readers,
        waiting=len(waiting_on(report)),
        found=findings(report, chapters, notes_for(report), left_out(report)),
        comments=sum(one.settled_at is None for thread in threads_of(report).values() for one in thread),
        form=form,
    )


def shown(
    report: Report, form: Form, act: Callable[[], object], paragraph: Paragraph, after: list[int]
) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except Refused as refusal:
        form.refuse(refusal)
        return screen(report, paragraph.id, form), 409
    at = after[0] if after else paragraph.id
    return redirect(url_for("clearance_manage.adoption", slug=report.meeting.slug, report=report.name, at=at), 303)


def screen(report: Report, at: int, form: Form | None = None) -> str:
    """Draw one paragraph, with the wording that readers propose for it."""
    chapters = chapters_of(report)
    rows, adopted = paragraphs_of(report), adoptions_of(report)
    open_ones = [one.id for one in rows if not is_adopted(one, adopted)]
    place = next((place for place, one in enumerate(rows) if one.id == (at or next(iter(open_ones), 0))), 0)
    paragraph = rows[place] if rows else None
    proposals = [one for one in remarks_on(report) if paragraph and one.paragraph_id == paragraph.id and one.is_waiting]
    return render_template(
        "clearance/adoption.html",
        meeting=report.meeting,
        report=report,
        paragraph=paragraph,
        print=printed(report, chapters).get(paragraph.id) if paragraph else None,
        place=place,
        rows=rows,
        adopted=adopted.get(paragraph.id) if paragraph and is_adopted(paragraph, adopted) else None,
        done=len(rows) - len(open_ones),
        proposals=[(one, _changes(paragraph.text, one)) for one in proposals] if paragraph else [],
        form=form,
    )


def done(report: Report, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except Refused as refusal:
        form.refuse(refusal)
        return page(report, form), 409
    return back(report, "main")


def back(report: Report, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("clearance_manage.show", slug=report.meeting.slug, report=report.name, _anchor=anchor), 303)


def said_by_readers(report: Report) -> dict[int, list[tuple[Remark, tuple[Run, ...]]]]:
    """What readers say of each paragraph, by the number of its row, with what a proposal changes."""
    found: dict[int, list[tuple[Remark, tuple[Run, ...]]]] = defaultdict(list)
    for one in remarks_on(report):
        found[one.paragraph_id].append((one, _changes(one.read, one)))
    return found


def page(report: Report, form: Form, *, answering_id: int = 0, reason: Form | None = None) -> str:
    readers, chapters = readers_of(report), chapters_of(report)
    shown, minutes, said = printed(report, chapters), minutes_of(report), said_by_readers(report)
    removed = [one for chapter in chapters for one in chapter.paragraphs if one.removed_at and one.id in said]
    return render_template(
        "clearance/manage.html",
        meeting=report.meeting,
        report=report,
        form=form if isinstance(form, ReaderForm) else ReaderForm().for_chapters(chapters),
        refusal=form.refusal if not isinstance(form, ReaderForm) else "",
        readers=readers,
        remarks=said,
        removed=removed,
        without_footnotes=without_footnotes,
        printed=shown,
        named=names_said(report, chapters),
        rows=paragraphs_of(report),
        standing=standing_of(report, readers),
        minutes=minutes,
        adopted_words={one.id: _as_read(one, shown) for one in minutes},
        at=now(),
        answering_id=answering_id,
        reason=reason,
        may_adopt=publish_review(current_person(), report.meeting),
    )


def _as_read(adoption: Adoption, shown: Mapping[int, tuple[Printed, str]]) -> str:
    """Return what the room adopted as it is printed, or as it was written where the paragraph reads otherwise now."""
    is_same = adoption.paragraph.text == adoption.text and adoption.paragraph_id in shown
    return shown[adoption.paragraph_id][0].text if is_same else without_footnotes(adoption.text)


def _changes(before: str, remark: Remark) -> tuple[Run, ...]:
    """Return how a proposal changes the running text; footnotes are for the editor's page."""
    return words_changed(without_footnotes(before), without_footnotes(remark.text))
