"""Clearance for those who run it: who was asked, what they said, and adoption in the room."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clearance.actions import accept, ask_reader, decline, end_link, refuse_without_words
from eventapp.clearance.checking.findings import read
from eventapp.clearance.checking.queries import check_of
from eventapp.clearance.forms import ReaderForm, ReasonForm
from eventapp.clearance.minutes import minutes_csv
from eventapp.clearance.models import ACCEPTED, DECLINED, Adoption, Remark
from eventapp.clearance.queries import (
    minutes_of,
    off_sources,
    paragraphs_with,
    progress_of,
    reader_of,
    readers_of,
    remark_of,
    remarks_on,
)
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, attempt_apart
from eventapp.ground.web.downloads import download
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.ground.web.paging import page_in_sql, page_of, page_with
from eventapp.people.current import current_person
from eventapp.record.notes.difference import Run, words_changed
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.reports.access import with_report
from eventapp.review.reports.content import Paragraph as Printed
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of, rows_of
from eventapp.review.reports.rules import edit_review, publish_review
from eventapp.review.tasks.queries import is_large
from eventapp.review.versions.doubts import names_in_text
from eventapp.review.versions.printed import printed, with_words

REMARKED_A_PAGE, MINUTES_A_PAGE = 25, 50

bp = Blueprint("clearance_manage", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.app_context_processor
def words() -> dict[str, object]:
    """What the editor's page asks: what readers say of each paragraph."""
    return {"said_by_readers": remarks_by_readers}


@bp.get("/clearance")
@with_report(may=edit_review)
def show(report: Report) -> ResponseReturnValue:
    """Who was asked to clear the report, what they said, and the minutes of its adoption."""
    return page(report, ReaderForm().for_report(report))


@bp.post("/clearance")
@with_report(may=edit_review)
def create(report: Report) -> ResponseReturnValue:
    """Send somebody a link to the draft."""
    form = ReaderForm(request.form).for_report(report)
    if not form.validate():
        return page(report, form), 422

    def act() -> None:
        refuse_without_words(report, form.asked())
        with transaction():
            reader = ask_reader(report, form.asked(), by=current_person(), at=now())
            flash(_("%(name)s gets a letter with the link.", name=reader.name), "ok")

    attempt_apart(form, act)
    return (page(report, form), 409) if form.refused else back(report, "main")


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
        return page(report, ReaderForm().for_report(report), answering=found, reason=form), 422
    act = {ACCEPTED: accept, DECLINED: decline}[answer]
    attempt(form, lambda: act(found, form.reason.data or "", by=current_person(), at=now()))
    if form.refused:
        return page(report, ReaderForm().for_report(report), answering=found, reason=form), 409
    return back(report, f"remark-{remark}", {"paragraph": found.paragraph_id})


@bp.get("/minutes.csv")
@with_report(may=edit_review)
def minutes(report: Report) -> ResponseReturnValue:
    """The minutes of the adoption for a spreadsheet, every word of them."""
    shown, lines = printed(report), db.session.scalars(minutes_of(report)).all()
    content = minutes_csv(report.meeting, lines, {one.id: _as_read(one, shown) for one in lines})
    return download(f"minutes-{report.meeting.slug}-{report.name}.csv", "text/csv", content)


def done(report: Report, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    attempt(form, act)
    if form.refused:
        return page(report, form), 409
    return back(report, "main")


def back(report: Report, anchor: str, where: Address | None = None) -> ResponseReturnValue:
    values: Address = {"slug": report.meeting.slug, "report": report.name, **(where or {})}
    return redirect(url_for("clearance_manage.show", **values, _anchor=anchor), 303)


class Heard(NamedTuple):
    """A remark, what it changes where it is a proposal, and the sentences of it that rest on nothing then."""

    remark: Remark
    changes: tuple[Run, ...]
    unsupported: list[str]


def remarks_by_readers(report: Report, only: Collection[int] | None = None) -> dict[int, list[Heard]]:
    """What readers say of each paragraph, or of those with these numbers, by the number of its row."""
    found = defaultdict[int, list[Heard]](list)
    remarks = [one for one in remarks_on(report) if only is None or one.paragraph_id in only]
    lost = off_sources(remarks)
    for one in remarks:
        found[one.paragraph_id].append(Heard(one, changes_of(one.read, one), lost.get(one.id, [])))
    return found


def page(report: Report, form: Form, *, answering: Remark | None = None, reason: Form | None = None) -> str:
    readers, remarked = readers_of(report), {one.paragraph_id for one in remarks_on(report)}
    minutes = page_in_sql(minutes_of(report), request.args.get("minutes"), most=MINUTES_A_PAGE)
    rows = rows_of(report, marked=True) if minutes.count or remarked else []
    remarked_rows = sorted((one for one in rows if one.id in remarked), key=lambda one: one.is_removed)
    asked = answering.paragraph_id if answering else request.args.get("paragraph", type=int)
    wanted = (
        page_with([one.id for one in remarked_rows], asked, most=REMARKED_A_PAGE) if asked else request.args.get("page")
    )
    listing = page_of(remarked_rows, wanted, most=REMARKED_A_PAGE)
    here = {one.id for one in listing.rows}
    drawn = paragraphs_with({*here, *(one.paragraph_id for one in minutes.rows)})
    shown = printed(report, with_words(rows, drawn)) if rows else {}
    return render_template(
        "clearance/manage.html",
        meeting=report.meeting,
        report=report,
        form=form if isinstance(form, ReaderForm) else ReaderForm().for_report(report),
        refusal=form.refusal if not isinstance(form, ReaderForm) else "",
        readers=readers,
        remarks=remarks_by_readers(report, here),
        without_footnotes=without_footnotes,
        printed=shown,
        named=names_above(report),
        listing=listing,
        rows=with_words(listing.rows, drawn),
        standing=progress_of(report, readers),
        minutes=minutes,
        adopted_words={one.id: _as_read(one, shown) for one in minutes.rows},
        at=now(),
        answering_id=answering.id if answering else 0,
        reason=reason,
        may_adopt=publish_review(current_person(), report.meeting),
    )


def names_above(report: Report) -> Sequence[str] | None:
    """Return the names above their ceiling that readers of the draft would read.

    None of a large report that changed since the worker looked through it.
    """
    if not is_large(report.meeting):
        return names_in_text(report, chapters_of(report))
    found = check_of(report, now())
    return read(found.findings).names if found else None


def _as_read(adoption: Adoption, shown: Mapping[int, tuple[Printed, str]]) -> str:
    """Return what the room adopted as it is printed, or as it was written where the paragraph reads otherwise now."""
    is_same = adoption.paragraph.text == adoption.text and adoption.paragraph_id in shown
    return shown[adoption.paragraph_id][0].text if is_same else without_footnotes(adoption.text)


def changes_of(before: str, remark: Remark) -> tuple[Run, ...]:
    """Return how a proposal changes the running text; footnotes are for the editor's page."""
    after = remark.wording(before) or remark.wording(remark.read) or remark.text
    return words_changed(without_footnotes(before), without_footnotes(after))
