"""The kept versions of a draft, and what changed between any two of them, word by word."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.review.forms import KeepForm
from eventapp.review.gate import with_report
from eventapp.review.keeping import (
    ADOPTED,
    CLEARANCE,
    COMPILED,
    EDITED,
    KEPT,
    PUBLISHED,
    Line,
    keep_by_hand,
    kept_versions,
    lines_at,
    on_record,
)
from eventapp.review.models import KeptVersion, Report
from eventapp.review.rules import edit_review
from eventapp.review.tracking import tracked
from eventapp.text import figure
from eventapp.words import _, _l

bp = Blueprint("review_versions", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")

LOOKED_AT = 10  # versions, the newest first
REASONS = {
    EDITED: _l("Before it was compiled again"),
    COMPILED: _l("Compiled"),
    KEPT: _l("Kept by an editor"),
    CLEARANCE: _l("Sent for clearance"),
    ADOPTED: _l("Adopted in the room"),
    PUBLISHED: _l("Published"),
}


@bp.get("/versions")
@with_report(may=edit_review)
def index(report: Report) -> ResponseReturnValue:
    """What changed from one version (?before=) to another (?after=, 0 is the draft as it stands); ?all= shows all."""
    return page(report, KeepForm())


@bp.post("/versions")
@with_report(may=edit_review)
def create(report: Report) -> ResponseReturnValue:
    """Keep the draft as it stands."""
    form = KeepForm(request.form)
    if not form.validate():
        return page(report, form), 422
    try:
        with transaction():
            row = keep_by_hand(report, form.remark.data or "", by=current_person(), at=now())
            flash(_("Version %(number)s is kept.", number=row.number), "ok")
    except Refused as refusal:
        form.refuse(refusal)
        return page(report, form), 409
    return redirect(url_for("review_versions.index", slug=report.meeting.slug, report=report.name), 303)


def page(report: Report, form: KeepForm) -> str:
    kept = kept_versions(report)
    after = figure(request.args.get("after"))
    before = figure(request.args["before"], -1) if "before" in request.args else last_other(report, kept)
    rows = tracked(lines(report, before), lines(report, after))
    return render_template(
        "review/versions.html",
        meeting=report.meeting,
        report=report,
        form=form,
        kept=kept,
        reasons=REASONS,
        before=before,
        after=after,
        rows=rows,
        changed=[row for row in rows if row.is_changed],
        is_whole="all" in request.args,
    )


def last_other(report: Report, kept: Sequence[KeptVersion]) -> int:
    """The newest version that reads otherwise than the draft: what changed last is read, whenever it was."""
    draft = lines_at(report, 0)
    others = (one.number for one in kept[:LOOKED_AT] if lines_at(report, one.number) != draft)
    return next(others, kept[0].number if kept else 0)


def lines(report: Report, number: int) -> list[Line]:
    found = lines_at(report, number)
    return on_record(abort(404) if found is None else found, _("[Rests on a note that is off the record.]"))
