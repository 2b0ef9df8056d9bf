"""Published reports for everybody: the page, and the same version as a file in five formats."""

from hashlib import sha256

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.review.evidence_json import from_dict
from eventapp.review.formats import FORMATS, written
from eventapp.review.gate import with_report
from eventapp.review.models import Edition, Report
from eventapp.review.paper import WORDS
from eventapp.review.queries import edition_of, editions_of

bp = Blueprint("review", __name__, url_prefix="/meetings/<slug>/reports")


@bp.get("")
@with_meeting(may=see_meeting)
def published(meeting: Meeting) -> ResponseReturnValue:
    """The published reports of the meeting."""
    return render_template("review/published.html", meeting=meeting, editions=editions_of(meeting))


@bp.get("/<report>")
@with_report(may=see_meeting)
def show(report: Report) -> ResponseReturnValue:
    """One published report with its evidence; ?version= is an earlier one."""
    edition = edition_or_404(report)
    page = render_template(
        "review/show.html",
        meeting=report.meeting,
        report=report,
        edition=edition,
        text=from_dict(edition.content),
        **WORDS,
        version=request.args.get("version", type=int),
    )
    answer = Response(page, mimetype="text/html")
    return answer if current_person() else kept(answer, sha256(page.encode()).hexdigest())


@bp.get(f"/<report>.<any({', '.join(FORMATS)}):ending>")
@with_report(may=see_meeting)
def download(report: Report, ending: str) -> ResponseReturnValue:
    """The published version as a file: the same version is always the same bytes."""
    edition = edition_or_404(report)
    answer = Response(written(from_dict(edition.content), ending), content_type=FORMATS[ending].media_type)
    name = f"{report.meeting.slug}-{report.name}-v{edition.version}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return kept(answer, f"{edition.sha256}.{ending}")


def edition_or_404(report: Report) -> Edition:
    version = request.args.get("version", type=int)
    return edition_of(report, version) or abort(404)


def kept(answer: Response, tag: str) -> Response:
    """Let anybody keep the answer, and ask each time whether it is still the same."""
    answer.set_etag(tag)
    answer.cache_control.public, answer.cache_control.no_cache = True, True
    answer.make_conditional(request)
    return answer
