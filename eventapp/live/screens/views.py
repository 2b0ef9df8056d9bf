"""Screens for the hall and for the door of each room, and a sign to print. They ask again by themselves."""

from datetime import datetime

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.content import Published
from eventapp.agenda.releases.parts import PublishedRoom
from eventapp.ground.clock import now
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.live.screens.board import board_of
from eventapp.live.screens.queries import first_times
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting

bp = Blueprint("screens", __name__, url_prefix="/meetings/<slug>")
A_TURN = 60  # seconds a language is shown


@bp.get("/screens")
@with_meeting(may=see_meeting)
@same_for_visitors
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every screen of the meeting: the hall, the doors, the signs."""
    release = newest_release(meeting)
    agenda = agenda_of(meeting, release) if release else None
    return render_template("live/screens.html", meeting=meeting, agenda=agenda)


@bp.get("/screens/hall")
@with_meeting(may=see_meeting)
def hall(meeting: Meeting) -> ResponseReturnValue:
    """All rooms: what runs and what comes next."""
    agenda = agenda_in(meeting)
    return screen(meeting, agenda, None)


@bp.get("/rooms/<code>/screen")
@with_meeting(may=see_meeting)
def door(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One room: what runs and what comes next."""
    agenda = agenda_in(meeting)
    return screen(meeting, agenda, room_in(agenda, code))


@bp.get("/rooms/<code>/sign")
@with_meeting(may=see_meeting)
def sign(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The programme of one room, day by day, to print and hang beside its door."""
    agenda = agenda_in(meeting)
    room = room_in(agenda, code)
    of_room = {
        day: [one for one in sessions if one.room and one.room.code == room.code]
        for day, sessions in agenda.days.items()
    }
    plan = {day: sessions for day, sessions in of_room.items() if sessions}
    return render_template("live/sign.html", meeting=meeting, agenda=agenda, room=room, plan=plan, at=now())


def screen(meeting: Meeting, agenda: Published, room: PublishedRoom | None) -> Response:
    """The page as it is at this moment, in the language whose turn it is; one asked for stays."""
    at = now()
    with force_locale(turn(meeting, at)):
        board = board_of(agenda, room, first_times(meeting, at), at)
        answer = make_response(
            render_template("live/screen.html", meeting=meeting, agenda=agenda, board=board, room=room, at=at)
        )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def turn(meeting: Meeting, at: datetime) -> str:
    """The language of this minute."""
    asked = request.args.get("language", "")
    if asked in LANGUAGES:
        return asked
    spoken = [code for code in meeting.languages if code in LANGUAGES] or ["en"]
    return spoken[int(at.timestamp()) // A_TURN % len(spoken)]


def agenda_in(meeting: Meeting) -> Published:
    release = newest_release(meeting) or abort(404)
    return agenda_of(meeting, release)


def room_in(agenda: Published, code: str) -> PublishedRoom:
    return next((one for one in agenda.rooms if one.code == code), None) or abort(404)
