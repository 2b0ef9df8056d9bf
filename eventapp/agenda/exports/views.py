"""Files of the published agenda for other programs, beside those that the agenda itself leads to."""

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.exports.changes_atom import changes_atom, entries_of
from eventapp.agenda.exports.printed import glance_pdf, pocket_pdf
from eventapp.agenda.exports.schedule_json import schedule_json
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.comparing import versions_of
from eventapp.agenda.views import agenda_in, cached
from eventapp.ground.text.i18n import language
from eventapp.ground.web.downloads import download
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting

bp = Blueprint("agenda_files", __name__)


@bp.get("/meetings/<slug>/schedule.json")
@with_meeting(may=see_meeting)
def schedule(meeting: Meeting) -> ResponseReturnValue:
    """The newest release as conference apps read it that take JSON."""
    release = newest_release(meeting) or abort(404)
    content = schedule_json(agenda_in(meeting, release), release, current_app.config["BASE_URL"])
    return cached(meeting, release, jsonify(content))


@bp.get("/meetings/<slug>/agenda/changes.atom")
@with_meeting(may=see_meeting)
def changes(meeting: Meeting) -> ResponseReturnValue:
    """The newest versions of the agenda for a feed reader, each with what it changed."""
    release = newest_release(meeting) or abort(404)
    agenda, versions = agenda_in(meeting, release), versions_of(meeting, None, whole=True).rows
    content = changes_atom(agenda, entries_of(agenda, versions), current_app.config["BASE_URL"], language())
    answer = cached(meeting, release, Response(content, content_type="application/atom+xml"), marked=False)
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/meetings/<slug>/agenda-at-a-glance.pdf")
@with_meeting(may=see_meeting)
def glance(meeting: Meeting) -> ResponseReturnValue:
    """The newest release to print: one page for each day."""
    release = newest_release(meeting) or abort(404)
    content = glance_pdf(agenda_of(meeting, release), release, language(), meeting.languages[0])
    name = f"{meeting.slug}-at-a-glance.pdf"
    return cached(meeting, release, download(name, "application/pdf", content, inline=True))


@bp.get("/meetings/<slug>/agenda-pocket.pdf")
@with_meeting(may=see_meeting)
def pocket(meeting: Meeting) -> ResponseReturnValue:
    """The newest release to print, fold and put in a pocket: eight small pages on one sheet."""
    release = newest_release(meeting) or abort(404)
    content = pocket_pdf(agenda_of(meeting, release), release, language(), meeting.languages[0])
    name = f"{meeting.slug}-pocket.pdf"
    return cached(meeting, release, download(name, "application/pdf", content, inline=True))
