import json
from hashlib import sha256
from http import HTTPStatus
from itertools import chain

from flask import Blueprint, Response, abort, current_app, jsonify, request

from eventapp.agenda.exports.document import document as agenda_document
from eventapp.agenda.exports.document import session_part
from eventapp.agenda.models import Release
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.api.documents import coverage_document, meeting_document, meeting_line, report_line
from eventapp.api.openapi import description
from eventapp.api.queries import published_meetings
from eventapp.ground.text.i18n import language
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.requests.shared_caches import add_tag, made_of, same_for_visitors
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.review.reports.editions import edition_of, editions_of, written_content
from eventapp.review.reports.queries import report_at

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.after_request
def for_every_page(answer: Response) -> Response:
    """What is here is everybody's, so scripts of other sites may read it, without cookies. It is in their language."""
    answer.vary.update(["Accept-Language", "Cookie"])
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@bp.get("/openapi.json")
@for_anyone
@same_for_visitors
def describe() -> Response:
    """What there is, as OpenAPI 3.1."""
    return cached(description(base_url()))


@bp.get("/meetings")
@for_anyone
@same_for_visitors
def meetings() -> Response:
    """Every published meeting, the latest first."""
    return cached({"meetings": [meeting_line(meeting, base_url()) for meeting in published_meetings()]})


@bp.get("/meetings/<slug>")
@for_anyone
@same_for_visitors
def meeting(slug: str) -> Response:
    """One published meeting."""
    return cached(meeting_document(published(slug), base_url()))


@bp.get("/meetings/<slug>/agenda")
@for_anyone
@same_for_visitors
def agenda(slug: str) -> Response:
    """The newest release of its agenda."""
    meeting, release = released(slug)
    return cached(agenda_document(agenda_of(meeting, release).for_reader(language()), release, base_url()))


@bp.get("/meetings/<slug>/sessions/<code>")
@for_anyone
@same_for_visitors
def session(slug: str, code: str) -> Response:
    """One session as it was released last."""
    shown = agenda_of(*released(slug)).for_reader(language())
    found = shown.by_code.get(code) or abort(404)
    return cached(session_part(found, f"{base_url()}/meetings/{slug}"))


@bp.get("/meetings/<slug>/reports")
@for_anyone
@same_for_visitors
def reports(slug: str) -> Response:
    """The published reports of the meeting, the newest first."""
    return cached({"reports": [report_line(edition, base_url()) for edition in editions_of(published(slug))]})


@bp.get("/meetings/<slug>/reports/<report>")
@for_anyone
@same_for_visitors
def report(slug: str, report: str) -> Response:
    """The newest version of one report, with its text and its evidence (docs/report-format.md)."""
    found = report_at(published(slug), report) or abort(404)
    edition = edition_of(found) or abort(404)
    line = json.dumps(report_line(edition, base_url()))
    answer = for_anybody(Response(mimetype="application/json"))
    answer.set_etag(sha256(line.encode()).hexdigest())  # it holds the hash of the text, which never changes
    answer.make_conditional(request)
    if answer.status_code == HTTPStatus.OK:  # the text of a long report is 40 MB: it goes out in parts, as it is kept
        content, before, behind = written_content(edition), f'{line[:-1]}, "content": '.encode(), b"}\n"
        answer.response = chain([before], content.parts, [behind])
        answer.content_length = len(before) + content.size + len(behind)  # by which one that was cut is known
    return answer


@bp.get("/meetings/<slug>/coverage")
@for_anyone
@same_for_visitors
def coverage(slug: str) -> Response:
    """What its published reports touched of its themes: the 18 action lines and the 17 goals, or its own."""
    meeting = published(slug)
    return cached(coverage_document(meeting, editions_of(meeting)))


def published(slug: str) -> Meeting:
    """The published meeting with this address; 404 for a draft, even to its own organizers."""
    found = meeting_at(slug)
    if found is None or not found.is_published:
        abort(404)
    made_of(found.id, found.version)
    return found


def released(slug: str) -> tuple[Meeting, Release]:
    meeting = published(slug)
    release = newest_release(meeting) or abort(404)
    made_of(release.id, meeting.version)
    return meeting, release


def base_url() -> str:
    return str(current_app.config["BASE_URL"])


def cached(document: dict[str, object]) -> Response:
    """The answer, which anybody may keep and asks about each time."""
    answer = for_anybody(jsonify(document))
    add_tag(answer)
    answer.make_conditional(request)
    return answer


def for_anybody(answer: Response) -> Response:
    answer.cache_control.public, answer.cache_control.no_cache = True, True
    return answer
