"""The page of a report's corrigenda: what was published, and what is written for the next."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.review.corrigenda.actions import WrongEntry, drop_correction, publish_corrigendum, write_correction
from eventapp.review.corrigenda.forms import CorrectionForm
from eventapp.review.corrigenda.queries import waiting_correction, waiting_corrections
from eventapp.review.reports.access import with_report
from eventapp.review.reports.editions import corrigenda_of
from eventapp.review.reports.models import Report
from eventapp.review.reports.rules import edit_review, publish_review
from eventapp.review.versions.editions import adopted_version

bp = Blueprint("review_corrigenda", __name__, url_prefix="/meetings/<slug>/review/reports/<report>/corrigenda")


@bp.get("")
@with_report(may=edit_review)
def show(report: Report) -> ResponseReturnValue:
    """The corrigenda of the adopted report, and the entries of the next one."""
    return page(report, CorrectionForm(whose="the secretariat"))


@bp.post("")
@with_report(may=edit_review)
def create(report: Report) -> ResponseReturnValue:
    """Keep one entry for the next corrigendum."""
    form = CorrectionForm(request.form)
    if not form.validate():
        return page(report, form), HTTPStatus.UNPROCESSABLE_ENTITY
    attempt(form, lambda: write_correction(report, form.entry(), by=current_person(), at=now()))
    if isinstance(form.refused, WrongEntry):
        form[form.refused.field].errors = [form.refusal]
        form.refusal = ""
        return page(report, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.refused:
        return page(report, form), HTTPStatus.CONFLICT
    flash(_("The entry is saved. It is public once the corrigendum is published."), "ok")
    return back(report)


@bp.post("/<int(max=2147483647):correction>/dropping")
@with_report(may=edit_review)
def drop(report: Report, correction: int) -> ResponseReturnValue:
    """Take an entry back that is not published."""
    row = waiting_correction(report, correction)
    if row is None:
        abort(404)
    form = Form()
    attempt(form, lambda: drop_correction(row, report, by=current_person(), at=now()))
    if form.refused:
        return page(report, CorrectionForm(), form), HTTPStatus.CONFLICT
    return back(report)


@bp.post("/publication")
@with_report(may=publish_review)
def publish(report: Report) -> ResponseReturnValue:
    """Publish what is written as a corrigendum."""
    form = Form()
    edition = attempt(form, lambda: publish_corrigendum(report, by=current_person(), at=now()))
    if edition is None:
        return page(report, CorrectionForm(), form), HTTPStatus.CONFLICT
    flash(_("%(title)s is published.", title=edition.report.symbol or edition.report.title), "ok")
    return back(report)


def back(report: Report) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=report.meeting.slug, report=report.name), 303)


def page(report: Report, form: CorrectionForm, above: Form | None = None) -> str:
    version = adopted_version(report)
    return render_template(
        "review/corrigenda.html",
        meeting=report.meeting,
        report=report,
        form=form,
        above=above,
        version=version,
        waiting=waiting_corrections(report, version.number) if version else [],
        published=corrigenda_of(report),
        may_publish=publish_review(current_person(), report.meeting),
    )
