from datetime import date
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale

from eventapp.agenda.actions import answer_role
from eventapp.agenda.document import document as document_of
from eventapp.agenda.forms import AnswerForm
from eventapp.agenda.ical import calendar as calendar_of
from eventapp.agenda.mails import ROLE_LINK
from eventapp.agenda.models import Release, SpeakingRole
from eventapp.agenda.newest import mark
from eventapp.agenda.planning import release_lines
from eventapp.agenda.programme import programme_pdf
from eventapp.agenda.published import Published, PublishedSession, read
from eventapp.agenda.queries import newest_release
from eventapp.agenda.schedule_xml import schedule_xml
from eventapp.agenda.shelf import MARK
from eventapp.agenda.timetable import Timetable, timetable
from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.gate import for_link_holder
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.tokens import read_link
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.sessions import KIND_MARKS, SESSION_KINDS

bp = Blueprint("agenda", __name__)

MOST_READ = 4
READ: dict[str, Published] = {}  # by digest
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Fiji")


@bp.context_processor
def words() -> dict[str, object]:
    """What the public pages say things with."""
    return {"marks": KIND_MARKS, "kinds": SESSION_KINDS, "language_name": language_name, "country": country}


@bp.get("/meetings/<slug>/agenda")
@with_meeting(may=see_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The newest release, by time; by room with `?view=table`; in another zone with `?zone=`."""
    release = newest_release(meeting)
    if release is None:
        return render_template("agenda/soon.html", meeting=meeting)
    agenda = agenda_of(release)
    told = {"meeting": meeting, "release": release, "agenda": agenda, "zone": zone_of(meeting), "zones": ZONES}
    if request.args.get("view") == "table":
        names = {room.code: room.name for room in agenda.rooms}
        page = render_template("agenda/table.html", **told, tables=tables(agenda), names=names)
    else:
        page = render_template("agenda/index.html", **told, by_time=by_time)
    return kept(meeting, release, page)


@bp.get("/meetings/<slug>/agenda/changes")
@with_meeting(may=see_meeting)
def changes(meeting: Meeting) -> ResponseReturnValue:
    """What the newest release changed."""
    release = newest_release(meeting) or abort(404)
    return render_template(
        "agenda/changes.html", meeting=meeting, release=release, lines=release_lines(meeting, release)
    )


@bp.get("/meetings/<slug>/agenda.ics")
@with_meeting(may=see_meeting)
def calendar(meeting: Meeting) -> ResponseReturnValue:
    """The newest release as a calendar to subscribe to."""
    release = newest_release(meeting) or abort(404)
    return kept(meeting, release, ics(calendar_of(agenda_of(release), current_app.config["BASE_URL"]), meeting.slug))


@bp.get("/meetings/<slug>/agenda.json")
@with_meeting(may=see_meeting)
def document(meeting: Meeting) -> ResponseReturnValue:
    """The newest release for other programs."""
    release = newest_release(meeting) or abort(404)
    return kept(meeting, release, jsonify(document_of(agenda_of(release), release, current_app.config["BASE_URL"])))


@bp.get("/meetings/<slug>/agenda.xml")
@with_meeting(may=see_meeting)
def schedule(meeting: Meeting) -> ResponseReturnValue:
    """The newest release as conference apps read it."""
    release = newest_release(meeting) or abort(404)
    content = schedule_xml(agenda_of(release), release, current_app.config["BASE_URL"])
    return kept(meeting, release, Response(content, content_type="application/xml; charset=utf-8"))


@bp.get("/meetings/<slug>/agenda.pdf")
@with_meeting(may=see_meeting)
def programme(meeting: Meeting) -> ResponseReturnValue:
    """The newest release to print, in the meeting's first language."""
    release = newest_release(meeting) or abort(404)
    language = (meeting.languages or ["en"])[0]
    with force_locale(language):
        answer = Response(programme_pdf(agenda_of(release), release, language), content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{meeting.slug}-agenda.pdf")
    return kept(meeting, release, answer)


@bp.get("/meetings/<slug>/sessions/<code>")
@with_meeting(may=see_meeting)
def session(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One session as it was released."""
    release, one = session_in(meeting, code)
    agenda = agenda_of(release)
    page = render_template("agenda/session.html", meeting=meeting, release=release, agenda=agenda, session=one)
    return kept(meeting, release, page)


@bp.get("/meetings/<slug>/sessions/<code>.ics")
@with_meeting(may=see_meeting)
def session_calendar(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One session for a calendar."""
    release, one = session_in(meeting, code)
    content = calendar_of(agenda_of(release), current_app.config["BASE_URL"], sessions=[one])
    return kept(meeting, release, ics(content, f"{meeting.slug}-{code}"))


@bp.get("/roles/<token>")
@for_link_holder
def role(token: str) -> ResponseReturnValue:
    """What a person is asked to do, with a button to accept and one to decline. Opening it decides nothing."""
    return role_page(role_behind(token), token, AnswerForm())


@bp.post("/roles/<token>")
@for_link_holder
def answer(token: str) -> ResponseReturnValue:
    """Take the part or decline it."""
    asked, form = role_behind(token), AnswerForm(request.form)
    said = request.form.get("answer")
    if said not in ("accept", "decline"):
        abort(400)
    if not form.validate():
        return role_page(asked, token, form), 422
    try:
        with transaction():
            answer_role(asked, accepts=said == "accept", at=now(), by=asked.person, reason=form.reason.data or "")
    except Refused as refusal:
        form.refuse(refusal)
        return role_page(asked, token, form), 409
    return redirect(url_for(".role", token=token), 303)


def role_behind(token: str) -> SpeakingRole:
    parts = read_link(ROLE_LINK, token, at=now())
    return (db.session.get(SpeakingRole, parts[0]) if parts else None) or abort(404)


def role_page(asked: SpeakingRole, token: str, form: AnswerForm) -> str:
    meeting = asked.session.meeting
    begun = now() >= asked.session.starts_at
    return render_template("agenda/role.html", role=asked, meeting=meeting, token=token, form=form, begun=begun)


def session_in(meeting: Meeting, code: str) -> tuple[Release, PublishedSession]:
    """The newest release and the session in it that has this code; else 404."""
    release = newest_release(meeting) or abort(404)
    return release, agenda_of(release).by_code.get(code) or abort(404)


def agenda_of(release: Release) -> Published:
    """The release read, once for each process: a release never changes."""
    if release.digest not in READ:
        if len(READ) >= MOST_READ:
            READ.pop(next(iter(READ)), None)
        READ[release.digest] = read(release.content)
    return READ[release.digest]


def by_time(sessions: list[PublishedSession]) -> list[list[PublishedSession]]:
    """The sessions of a day, those that begin together in one list."""
    together: dict[object, list[PublishedSession]] = {}
    for one in sessions:
        together.setdefault(one.starts_at, []).append(one)
    return list(together.values())


def tables(agenda: Published) -> dict[date, Timetable[PublishedSession]]:
    """A table for each day."""
    rooms = [room.code for room in agenda.rooms]
    return {
        day: timetable(sessions, lambda one: one.room.code if one.room else None, rooms)
        for day, sessions in agenda.days.items()
    }


def zone_of(meeting: Meeting) -> str:
    """The zone the reader asked for, else the meeting's."""
    wished = request.args.get("zone", "")
    return wished if wished and wished in available_timezones() else meeting.zone


def language_name(code: str) -> str:
    """The name of a language, in the reader's."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(get_locale() or "en")
    except (UnknownLocaleError, ValueError):
        name = None
    return name or code


def ics(content: bytes, name: str) -> Response:
    answer = Response(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.ics")
    return answer


def kept(meeting: Meeting, release: Release, page: ResponseReturnValue) -> Response:
    """The same for every visitor: kept on the shelf, to be asked about again. Who is signed in gets a page alone."""
    answer = make_response(page)
    if not meeting.is_published or (answer.mimetype == "text/html" and current_person()):
        return answer
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers[MARK] = mark(release.id, meeting.version)
    return answer
