"""Files of the published agenda for other programs, beside those that the agenda itself leads to."""

from collections.abc import Iterable

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.exports.changes_atom import changes_atom, entries_of
from eventapp.agenda.exports.ical import calendar as calendar_of
from eventapp.agenda.exports.schedule_json import schedule_json
from eventapp.agenda.exports.subscribing import tracks_of
from eventapp.agenda.files import file_of
from eventapp.agenda.models import Release
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.comparing import versions_of
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.views import agenda_in, cached, ics
from eventapp.ground.tables.formats import XLSX
from eventapp.ground.text.i18n import language
from eventapp.ground.text.policy import writable
from eventapp.ground.text.worded import worded
from eventapp.ground.web.downloads import download
from eventapp.ground.web.requests.shared_caches import add_tag, same_for_visitors
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting

bp = Blueprint("agenda_files", __name__)
LONGEST_TRACK = 120  # characters, as of a session


@bp.get("/meetings/<slug>/schedule.json")
@with_meeting(may=see_meeting)
@same_for_visitors
def schedule(meeting: Meeting) -> ResponseReturnValue:
    """The newest release as conference apps read it that take JSON."""
    release = newest_release(meeting) or abort(404)
    content = schedule_json(agenda_in(meeting, release), release, current_app.config["BASE_URL"])
    return cached(meeting, release, jsonify(content))


@bp.get("/meetings/<slug>/agenda.<any(csv, xlsx):ending>")
@with_meeting(may=see_meeting)
@same_for_visitors
def table(meeting: Meeting, ending: str) -> ResponseReturnValue:
    """The newest release for a spreadsheet, as an import of sessions reads it."""
    release = newest_release(meeting) or abort(404)
    content = file_of(meeting, release, ending, current_app.config["BASE_URL"])
    kind = "text/csv" if ending == "csv" else XLSX
    return cached(meeting, release, download(f"{meeting.slug}-agenda.{ending}", kind, content))


@bp.get("/meetings/<slug>/agenda/changes.atom")
@with_meeting(may=see_meeting)
@same_for_visitors
def changes(meeting: Meeting) -> ResponseReturnValue:
    """The newest versions of the agenda for a feed reader, each with what it changed."""
    release = newest_release(meeting) or abort(404)
    agenda, versions = agenda_in(meeting, release), versions_of(meeting, None, whole=True).rows
    content = changes_atom(agenda, entries_of(agenda, versions), current_app.config["BASE_URL"], language())
    answer = cached(meeting, release, Response(content, content_type="application/atom+xml"), marked=False)
    add_tag(answer)
    return answer.make_conditional(request)


@bp.get("/meetings/<slug>/agenda/calendars")
@with_meeting(may=see_meeting)
@same_for_visitors
def calendars(meeting: Meeting) -> ResponseReturnValue:
    """The calendars to subscribe to: the whole agenda, each room and each track."""
    release = newest_release(meeting) or abort(404)
    agenda = agenda_of(meeting, release)
    return render_template("agenda/calendars.html", meeting=meeting, agenda=agenda, tracks=tracks_of(agenda))


@bp.get("/meetings/<slug>/agenda/rooms/<code>.ics")
@with_meeting(may=see_meeting)
@same_for_visitors
def room_calendar(meeting: Meeting, code: str) -> ResponseReturnValue:
    """What takes place in one room, as a calendar; empty while nothing does."""
    release = newest_release(meeting) or abort(404)
    agenda = agenda_in(meeting, release)
    names = {one.code: worded(one, "name") for one in meeting.rooms} | {one.code: one.name for one in agenda.rooms}
    if code not in names:
        abort(404)
    sessions = [one for one in agenda.all_sessions if one.room and one.room.code == code]
    return part_of_calendar(meeting, release, agenda, sessions, names[code])


@bp.get("/meetings/<slug>/agenda/track.ics")
@with_meeting(may=see_meeting)
@same_for_visitors
def track_calendar(meeting: Meeting) -> ResponseReturnValue:
    """The sessions of the track in `?name=`, as a calendar; empty where there is none any more."""
    release, track = newest_release(meeting) or abort(404), writable(request.args.get("name", "")[:LONGEST_TRACK])
    agenda = agenda_in(meeting, release)
    sessions = [one for one in agenda.all_sessions if track and one.more.track == track]
    return part_of_calendar(meeting, release, agenda, sessions, track)


def part_of_calendar(
    meeting: Meeting, release: Release, agenda: Published, sessions: Iterable[PublishedSession], name: str
) -> ResponseReturnValue:
    content = calendar_of(agenda, current_app.config["BASE_URL"], sessions=sessions, name=name)
    answer = cached(meeting, release, ics(content, f"{meeting.slug}-{name or 'agenda'}"), marked=False)
    add_tag(answer)
    return answer.make_conditional(request)
