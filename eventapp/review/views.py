"""Published reports for everybody: the page, and the same version as a file in seven formats."""

import re

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.releases.newest import mark
from eventapp.agenda.releases.page_cache import MARK, CachedRoutes
from eventapp.ground.web import downloads
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.review.formats.evidence_json import digest, from_dict, to_json
from eventapp.review.formats.page import WORDS
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.language.data import written_in
from eventapp.review.reports.access import with_report
from eventapp.review.reports.editions import corrigenda_of, edition_at, edition_of, editions_of, last_published
from eventapp.review.reports.models import Edition, Report
from eventapp.review.reports.queries import report_at
from eventapp.review.versions.comparison import compare
from eventapp.review.versions.editions import as_read, superseding, versions_of

bp = Blueprint("review", __name__, url_prefix="/meetings/<slug>/reports")

REPORTS = CachedRoutes(
    re.compile(r"/meetings/([^/]+)/reports/([^/.]+)"), re.compile("(version=[1-9][0-9]{0,3})?"), edition_at
)
PRINTED = ("docx", "pdf", "html", "md")  # files to read, which show what was put right; the others are the values
CODINGS = ("", ":gzip", ":br", ":zstd")  # what compression adds to the tag of an answer


@bp.get("")
@with_meeting(may=see_meeting)
def published(meeting: Meeting) -> ResponseReturnValue:
    """The published reports of the meeting."""
    return render_template("review/published.html", meeting=meeting, editions=editions_of(meeting))


@bp.get("/<report>")
@with_report(may=see_meeting)
def show(report: Report) -> ResponseReturnValue:
    """One published report with its evidence; ?version= is an earlier one. A visitor's page stands on the shelf."""
    edition = edition_or_404(report)
    text = as_read(report, edition)
    with written_in(text.language):
        page = render_template(
            "review/show.html",
            meeting=report.meeting,
            report=report,
            edition=edition,
            text=text,
            version=request.args.get("version", type=int),
            versions=versions_of(report),
            corrigenda=corrigenda_of(report),
            corrected=report_at(report.meeting, report.corrects) if report.corrects else None,
            superseded_by=superseding(report, edition),
            stays_at=address_of(edition),
            **WORDS,
        )
    answer = make_response(page)
    if current_person() is None:  # whoever is signed in gets a page for them alone
        answer.headers[MARK] = mark(last_published(report), report.meeting.version)
        answer.cache_control.public, answer.cache_control.no_cache = True, True
    return answer


@bp.get("/<report>/paragraphs/<place>")
@with_report(may=see_meeting)
def cited(report: Report, place: str) -> ResponseReturnValue:
    """The notes behind one paragraph of a published report, by its number and letter; ?version= is an earlier one."""
    edition = edition_or_404(report)
    text = from_dict(edition.content)
    paragraph = next((one for one in text.paragraphs if one.anchor == f"p{place}"), None) or abort(404)
    return render_template(
        "review/cited.html",
        meeting=report.meeting,
        report=report,
        text=text,
        paragraph=paragraph,
        version=request.args.get("version", type=int),
        **WORDS,
    )


@bp.get("/<report>/changes")
@with_report(may=see_meeting)
def changes(report: Report) -> ResponseReturnValue:
    """What a published version changed; ?version= is the later of two, ?against= the earlier or the one before."""
    edition = edition_or_404(report)
    against = request.args.get("against", edition.version - 1, type=int)
    if not 0 <= against < edition.version or (against == 0 and "against" in request.args):
        abort(404)
    before = edition_of(report, against) if against else None
    return render_template(
        "review/changes.html",
        meeting=report.meeting,
        report=report,
        edition=edition,
        before=before,
        versions=versions_of(report),
        found=compare(from_dict(before.content), from_dict(edition.content)) if before else None,
    )


@bp.get(f"/<report>.<any({', '.join(FORMATS)}):ending>")
@with_report(may=see_meeting)
def download(report: Report, ending: str) -> ResponseReturnValue:
    """The published version as a file: its values as published, or printed with what corrects it beside."""
    edition = edition_or_404(report)
    text = as_read(report, edition) if ending in PRINTED else from_dict(edition.content)
    tag = f"{digest(to_json(text)) if ending in PRINTED else edition.sha256}.{ending}"
    known = unchanged(tag)
    if known:
        return known
    name, content = f"{report.meeting.slug}-{report.name}-v{edition.version}.{ending}", written(text, ending)
    return cached(downloads.download(name, FORMATS[ending].media_type, content), tag)


def edition_or_404(report: Report) -> Edition:
    version = request.args.get("version", type=int)
    if version is not None and not 1 <= version <= report.version:
        abort(404)
    return edition_of(report, version) or abort(404)


def address_of(edition: Edition) -> str:
    """Where this version is read for ever: a printed page says so."""
    report = edition.report
    path = url_for("review.show", slug=report.meeting.slug, report=report.name, version=edition.version)
    return f"{current_app.config['BASE_URL']}{path}"


def unchanged(tag: str) -> Response | None:
    """304 for a reader who has this very answer, in whichever coding it was sent."""
    for coding in CODINGS:
        if request.if_none_match.contains(tag + coding):
            return cached(Response(status=304), tag + coding)
    return None


def cached(answer: Response, tag: str) -> Response:
    """Let anybody keep the answer, and ask each time whether it is still the same."""
    answer.set_etag(tag)
    answer.cache_control.public, answer.cache_control.no_cache = True, True
    return answer
