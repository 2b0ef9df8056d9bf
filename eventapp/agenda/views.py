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
from flask_babel import get_locale

from eventapp.agenda.exports.document import document as document_of
from eventapp.agenda.exports.ical import calendar as calendar_of
from eventapp.agenda.exports.programme import programme_pdf
from eventapp.agenda.exports.schedule_xml import schedule_xml
from eventapp.agenda.forms import AnswerForm
from eventapp.agenda.models import ROLE_LINK, Release, SpeakingRole
from eventapp.agenda.planning.day import release_lines
from eventapp.agenda.planning.timetable import Timetable, timetable
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.newest import mark
from eventapp.agenda.releases.page_cache import MARK
from eventapp.agenda.roles.actions import answer_role
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import language
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.links.access import with_link
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.vocabulary.countries import country

bp = Blueprint("agenda", __name__)

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Fiji")


@bp.context_processor
def words() -> dict[str, object]:
    """What the public pages say things with."""
    return {"language_name": language_name, "country": country}


@bp.get("/meetings/<slug>/agenda")
@with_meeting(may=see_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The newest release, by time; by room with `?view=table`; in another zone with `?zone=`."""
    release = newest_release(meeting)
    if release is None:
        return render_template("agenda/soon.html", meeting=meeting)
    agenda = agenda_of(meeting, release)
    context = {"meeting": meeting, "release": release, "agenda": agenda, "zone": zone_of(meeting), "zones": ZONES}
    if request.args.get("view") == "table":
        rooms = {room.code: room for room in agenda.rooms}
        page = render_template("agenda/table.html", **context, tables=tables(agenda), rooms=rooms)
    else:
        page = render_template("agenda/index.html", **context, by_time=by_time)
    return cached(meeting, release, page)


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
    return cached(
        meeting, release, ics(calendar_of(agenda_in(meeting, release), current_app.config["BASE_URL"]), meeting.slug)
    )


@bp.get("/meetings/<slug>/agenda.json")
@with_meeting(may=see_meeting)
def document(meeting: Meeting) -> ResponseReturnValue:
    """The newest release for other programs."""
    release = newest_release(meeting) or abort(404)
    return cached(
        meeting, release, jsonify(document_of(agenda_in(meeting, release), release, current_app.config["BASE_URL"]))
    )


@bp.get("/meetings/<slug>/agenda.xml")
@with_meeting(may=see_meeting)
def schedule(meeting: Meeting) -> ResponseReturnValue:
    """The newest release as conference apps read it."""
    release = newest_release(meeting) or abort(404)
    content = schedule_xml(agenda_in(meeting, release), release, current_app.config["BASE_URL"])
    return cached(meeting, release, Response(content, content_type="application/xml; charset=utf-8"))


@bp.get("/meetings/<slug>/agenda.pdf")
@with_meeting(may=see_meeting)
def programme(meeting: Meeting) -> ResponseReturnValue:
    """The newest release to print."""
    release = newest_release(meeting) or abort(404)
    content = programme_pdf(agenda_of(meeting, release), release, language(), meeting.languages[0])
    return cached(meeting, release, download(f"{meeting.slug}-agenda.pdf", "application/pdf", content, inline=True))


@bp.get("/meetings/<slug>/sessions/<code>")
@with_meeting(may=see_meeting)
def session(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One session as it was released."""
    release, one = session_in(meeting, code)
    agenda = agenda_of(meeting, release)
    page = render_template("agenda/session.html", meeting=meeting, release=release, agenda=agenda, session=one)
    return cached(meeting, release, page)


@bp.get("/meetings/<slug>/sessions/<code>.ics")
@with_meeting(may=see_meeting)
def session_calendar(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One session for a calendar."""
    release, one = session_in(meeting, code)
    agenda = agenda_in(meeting, release)
    content = calendar_of(agenda, current_app.config["BASE_URL"], sessions=[agenda.by_code[one.code]])
    return cached(meeting, release, ics(content, f"{meeting.slug}-{code}"))


@bp.get("/roles/<token>")
@with_link(ROLE_LINK)
def role(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    """What a person is asked to do, with a button to accept and one to decline. Opening it decides nothing."""
    return role_page(asked, token, AnswerForm())


@bp.post("/roles/<token>")
@with_link(ROLE_LINK)
def answer(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    """Take the part or decline it."""
    form = AnswerForm(request.form)
    choice = request.form.get("answer")
    if choice not in ("accept", "decline"):
        abort(400)
    if not form.validate():
        return role_page(asked, token, form), 422
    accepts, reason = choice == "accept", form.reason.data or ""
    attempt(form, lambda: answer_role(asked, accepts=accepts, at=now(), by=asked.person, reason=reason))
    if form.refused:
        return role_page(asked, token, form), 409
    return redirect(url_for(".role", token=token), 303)


def role_page(asked: SpeakingRole, token: str, form: AnswerForm) -> str:
    meeting = asked.session.meeting
    begun = now() >= asked.session.starts_at
    return render_template("agenda/role.html", role=asked, meeting=meeting, token=token, form=form, begun=begun)


def session_in(meeting: Meeting, code: str) -> tuple[Release, PublishedSession]:
    """The newest release and the session in it that has this code; else 404."""
    release = newest_release(meeting) or abort(404)
    return release, agenda_of(meeting, release).by_code.get(code) or abort(404)


def agenda_in(meeting: Meeting, release: Release) -> Published:
    """The agenda in the reader's language, for a file: that of the address, remembered, or of the program that asks."""
    return agenda_of(meeting, release).for_reader(language())


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
    return download(f"{name}.ics", "text/calendar; charset=utf-8; method=PUBLISH", content, inline=True)


def cached(meeting: Meeting, release: Release, page: ResponseReturnValue) -> Response:
    """The same for every visitor, and so cached. Whoever is signed in gets their own page and tag."""
    answer = make_response(page)
    if not meeting.is_published:
        return answer
    if answer.mimetype == "text/html" and current_person():
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.add_etag()  # where the page is compressed, the tag of that is made of it and compared again
        answer.make_conditional(request)
        return answer
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.vary.update(["Accept-Language", "Cookie"])
    answer.headers[MARK] = mark(release.id, meeting.version)
    return answer
