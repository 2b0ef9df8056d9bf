"""The kept versions of a draft, and what changed between any two of them, word by word."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db.in_runs import digest_by_runs
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt_apart
from eventapp.ground.web.paging import page_of
from eventapp.people.current import current_person
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report, Snapshot
from eventapp.review.reports.noted import notes_off_record
from eventapp.review.reports.rules import edit_review
from eventapp.review.versions.forms import KeepForm
from eventapp.review.versions.snapshots import (
    ADOPTED,
    CLEARANCE,
    COMPILED,
    EDITED,
    KEPT,
    PUBLISHED,
    Line,
    draft_lines,
    last_unlike,
    lines_at,
    on_record,
    read,
    save_version,
    snapshots_of,
)
from eventapp.review.versions.tracking import tracked

bp = Blueprint("review_versions", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")

LOOKED_AT = 10  # versions, the newest first
A_PAGE = 50  # paragraphs
REASONS = {
    EDITED: _l("Before it was compiled again"),
    COMPILED: _l("Compiled"),
    KEPT: _l("Saved by an editor"),
    CLEARANCE: _l("Sent for clearance"),
    ADOPTED: _l("Adopted in the room"),
    PUBLISHED: _l("Published"),
}


@bp.get("/versions")
@with_report(may=edit_review)
def index(report: Report) -> ResponseReturnValue:
    """What changed from one version (?before=) to another (?after=, 0 is the draft as it stands), on pages.

    ?all= shows what did not change, too.
    """
    return page(report, KeepForm())


@bp.post("/versions")
@with_report(may=edit_review)
def create(report: Report) -> ResponseReturnValue:
    """Keep the draft as it stands."""
    form = KeepForm(request.form)
    if not form.validate():
        return page(report, form), 422
    remark, by = form.remark.data or "", current_person()
    number = attempt_apart(form, lambda: save_version(report, remark, by=by, at=now()))
    if number is None:
        return page(report, form), 409
    flash(_("Version %(number)s is saved.", number=number), "ok")
    return redirect(url_for("review_versions.index", slug=report.meeting.slug, report=report.name), 303)


def page(report: Report, form: KeepForm) -> str:
    snapshots, after = snapshots_of(report), figure(request.args.get("after"))
    new = words_of_version(report, after)
    if "before" in request.args:
        before = figure(request.args["before"], -1)
        old = new if before == after else words_of_version(report, before)
    else:
        before, old = last_other(report, snapshots, new if after == 0 else draft_lines(report))
    silent, withheld = notes_off_record(report.meeting), _("[Rests on a note that is off the record.]")
    rows = tracked(*(on_record(lines, silent, withheld) for lines in (old, new)))
    changed, is_whole = [row for row in rows if row.is_changed], "all" in request.args
    return render_template(
        "review/versions.html",
        meeting=report.meeting,
        report=report,
        form=form,
        kept=snapshots,
        reasons=REASONS,
        before=before,
        after=after,
        differ=len(changed),
        same=len(rows) - len(changed),
        shown=page_of(rows if is_whole else changed, request.args.get("page"), most=A_PAGE),
        is_whole=is_whole,
    )


def last_other(report: Report, snapshots: Sequence[Snapshot], draft: list[Line]) -> tuple[int, list[Line]]:
    """The newest version that reads otherwise than the draft: what changed last is read, whenever it was.

    One is held at a time: each has all the words of a report.
    """
    below, looked_at = snapshots[0].number + 1 if snapshots else 0, LOOKED_AT
    mine = digest_by_runs([vars(line) for line in draft])
    while looked_at > 0 and (one := last_unlike(report, mine, below, looked_at)):
        if (found := read(one)) != draft:
            return one.number, found
        looked_at, below = looked_at - sum(one.number <= each.number < below for each in snapshots), one.number
    return (snapshots[0].number if snapshots else 0), draft


def words_of_version(report: Report, number: int) -> list[Line]:
    found = lines_at(report, number)
    return abort(404) if found is None else found
