from datetime import date

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
from eventapp.agenda.exports.schedule_xml import schedule_xml
from eventapp.agenda.exports.subscribing import subscriptions
from eventapp.agenda.finding.wanted import Days, choices_of, days_found, is_large, wanted_in
from eventapp.agenda.finding.zone import COMMON, zone_asked
from eventapp.agenda.forms import AnswerForm
from eventapp.agenda.models import ROLE_LINK, Release, SpeakingRole
from eventapp.agenda.news import News, news_of
from eventapp.agenda.planning.timetable import Timetable, timetable
from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.comparing import VersionsForm, compared, versions_of
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.page_cache import MARK
from eventapp.agenda.roles.actions import answer_role
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import language
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.ground.web.requests.shared_caches import made_of, same_for_visitors
from eventapp.links.access import with_link
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.vocabulary.countries import country

bp = Blueprint("agenda", __name__)
bp.add_app_template_global(subscriptions)


@bp.context_processor
def words() -> dict[str, object]:
    """What the public pages say things with."""
    return {"language_name": language_name, "country": country}


@bp.app_template_global("news_today")
def news_today(meeting: Meeting, zone: str = "") -> News | None:
    """What changed today of the agenda, for a page that may say so."""
    return news_of(meeting, now(), zone)


@bp.get("/meetings/<slug>/agenda")
@with_meeting(may=see_meeting)
@same_for_visitors
def index(meeting: Meeting) -> ResponseReturnValue:
    """The newest release, by time; by room with `?view=table`; in another zone with `?zone=`, or typed in `?named=`.

    What narrows it is in the address (eventapp/agenda/finding/wanted.py). A large agenda shows a day at a time.
    """
    release = newest_release(meeting)
    if release is None:
        return render_template("agenda/soon.html", meeting=meeting)
    agenda = agenda_of(meeting, release)
    wanted = wanted_in(request.args)
    shown = days_found(agenda, wanted)
    whole = wanted.is_everything or (is_large(agenda) and wanted.is_day_alone and bool(shown))
    zone, form = zone_asked(meeting, request.args)
    context = {"meeting": meeting, "release": release, "agenda": agenda, "zone": zone, "zones": COMMON, "form": form}
    context |= {"wanted": wanted, "shown": shown, "whole": whole, "is_large": is_large(agenda)}
    if request.args.get("view") == "table":
        rooms = {room.code: room for room in agenda.rooms}
        page = render_template("agenda/table.html", **context, tables=tables(agenda, shown), rooms=rooms)
    else:
        choices = choices_of(agenda, language_name)
        page = render_template("agenda/index.html", **context, by_time=by_time, choices=choices)
    return (page, 422) if form.faults else cached(meeting, release, page, marked=whole)


@bp.get("/meetings/<slug>/agenda/changes")
@with_meeting(may=see_meeting)
@same_for_visitors
def changes(meeting: Meeting) -> ResponseReturnValue:
    """What the newest release changed, or what is different between two; and every release."""
    newest = newest_release(meeting) or abort(404)
    made_of(newest.id, meeting.version)
    form = VersionsForm(request.args)
    found = compared(meeting, newest, form, request.args)
    status = 422 if form.faults else 200
    form.first.data = form.first.data or (found.before.number if found.before else 1)
    form.last.data = form.last.data or found.after.number
    versions = versions_of(meeting, request.args.get("page"))
    page = render_template("agenda/changes.html", meeting=meeting, found=found, form=form, versions=versions)
    return page, status


@bp.get("/meetings/<slug>/agenda.ics")
@with_meeting(may=see_meeting)
@same_for_visitors
def calendar(meeting: Meeting) -> ResponseReturnValue:
    """The newest release as a calendar to subscribe to; with `?only=` the sessions of these codes."""
    release = newest_release(meeting) or abort(404)
    if only := request.args.get("only"):
        agenda = agenda_in(meeting, release)
        sessions = [one for one in agenda.all_sessions if one.code in set(only.split(","))]
        content = calendar_of(agenda, current_app.config["BASE_URL"], sessions=sessions)
        return cached(meeting, release, ics(content, f"{meeting.slug}-mine"), marked=False)
    return cached(
        meeting, release, ics(calendar_of(agenda_in(meeting, release), current_app.config["BASE_URL"]), meeting.slug)
    )


@bp.get("/meetings/<slug>/agenda.json")
@with_meeting(may=see_meeting)
@same_for_visitors
def document(meeting: Meeting) -> ResponseReturnValue:
    """The newest release for other programs."""
    release = newest_release(meeting) or abort(404)
    return cached(
        meeting, release, jsonify(document_of(agenda_in(meeting, release), release, current_app.config["BASE_URL"]))
    )


@bp.get("/meetings/<slug>/agenda.xml")
@with_meeting(may=see_meeting)
@same_for_visitors
def schedule(meeting: Meeting) -> ResponseReturnValue:
    """The newest release as conference apps read it."""
    release = newest_release(meeting) or abort(404)
    content = schedule_xml(agenda_in(meeting, release), release, current_app.config["BASE_URL"])
    return cached(meeting, release, Response(content, content_type="application/xml; charset=utf-8"))


@bp.get("/meetings/<slug>/sessions/<code>")
@with_meeting(may=see_meeting)
@same_for_visitors
def session(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One session as it was released."""
    release, agenda, one = session_in(meeting, code)
    page = render_template("agenda/session.html", meeting=meeting, release=release, agenda=agenda, session=one)
    return cached(meeting, release, page)


@bp.get("/meetings/<slug>/sessions/<code>.ics")
@with_meeting(may=see_meeting)
@same_for_visitors
def session_calendar(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One session for a calendar."""
    release, agenda, one = session_in(meeting, code)
    agenda = agenda.for_reader(language())
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
    begun = asked.session.is_past(now())
    return render_template("agenda/role.html", role=asked, meeting=meeting, token=token, form=form, begun=begun)


def session_in(meeting: Meeting, code: str) -> tuple[Release, Published, PublishedSession]:
    """The newest release, unread and read, and the session in it that has this code; else 404."""
    release = newest_release(meeting) or abort(404)
    agenda = agenda_of(meeting, release)
    return release, agenda, agenda.by_code.get(code) or abort(404)


def agenda_in(meeting: Meeting, release: Release) -> Published:
    """The agenda in the reader's language, for a file: that of the address, remembered, or of the program that asks."""
    return agenda_of(meeting, release).for_reader(language())


def by_time(sessions: list[PublishedSession]) -> list[list[PublishedSession]]:
    """The sessions of a day, those that begin together in one list."""
    together: dict[object, list[PublishedSession]] = {}
    for one in sessions:
        together.setdefault(one.starts_at, []).append(one)
    return list(together.values())


def tables(agenda: Published, days: Days) -> dict[date, Timetable[PublishedSession]]:
    """A table for each of these days."""
    rooms = [room.code for room in agenda.rooms]
    return {
        day: timetable(sessions, lambda one: one.room.code if one.room else None, rooms)
        for day, sessions in days.items()
    }


def language_name(code: str) -> str:
    """The name of a language, in the reader's."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(get_locale() or "en")
    except (UnknownLocaleError, ValueError):
        name = None
    return name or code


def ics(content: bytes, name: str) -> Response:
    return download(f"{name}.ics", "text/calendar; charset=utf-8; method=PUBLISH", content, inline=True)


def cached(meeting: Meeting, release: Release, page: ResponseReturnValue, *, marked: bool = True) -> Response:
    """The same for every visitor, and so cached, unless it is not `marked`. Who is signed in gets their own page."""
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
    made = made_of(release.id, meeting.version)
    if marked:
        answer.headers[MARK] = made
    return answer
