"""Self check-in: where the QR code on the wall leads to, the form behind the own link, the sign and the code."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from werkzeug import Response

from eventapp.checkin.actions import undo
from eventapp.checkin.labels import Spot
from eventapp.checkin.models import Gate, Scan
from eventapp.checkin.queries import Answer, answer_to, gate_at
from eventapp.checkin.self_check_in.actions import check_in, leave
from eventapp.checkin.self_check_in.forms import SelfCheckInForm
from eventapp.checkin.self_check_in.queries import (
    code_of_day,
    gates_to_check_in,
    is_code_of_day,
    is_in_by,
    may_take_back,
    own_reading,
)
from eventapp.checkin.self_check_in.remembered import gate_remembered, remember_gate
from eventapp.checkin.verdicts import worded
from eventapp.ground import qr
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _, language
from eventapp.ground.text.languages import LANGUAGES, RIGHT_TO_LEFT
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.links.access import with_link
from eventapp.links.queries import working_secret
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import keep_door, run_meeting, see_meeting
from eventapp.people.current import current_person
from eventapp.people.limits import allow
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration
from eventapp.registration.queries import registration_of

bp = Blueprint("self_check_in", __name__)

TRIES, HOUR = 10, timedelta(hours=1)  # of a code, for one registration


@bp.get("/meetings/<slug>/check-in/<gate>")
@with_meeting(may=see_meeting)
def arrive(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """Where the QR code of a gate leads to: on to the own form for who is signed in, else how to get there."""
    door, person = gate_at(meeting, gate) or abort(404), current_person()
    own = registration_of(person.id, meeting.id) if person else None
    token = working_secret(OWN, own, at=now()) if own else None
    if token:
        return redirect(url_for(".new", token=token, gate=door.code))
    is_open = door in gates_to_check_in(meeting, now())
    if is_open:
        remember_gate(door)
    return render_template("checkin/self_check_in/arrive.html", meeting=meeting, gate=door, is_open=is_open)


@bp.get("/registrations/<token>/check-in")
@with_link(OWN)
def new(registration: Registration, token: str) -> ResponseReturnValue:
    gates = gates_to_check_in(registration.meeting, now())
    wanted = request.args.get("gate") or gate_remembered(registration.meeting)
    return page_of(registration, token, SelfCheckInForm(None, gates, wanted))


@bp.post("/registrations/<token>/check-in")
@with_link(OWN)
def create(registration: Registration, token: str) -> ResponseReturnValue:
    """Somebody reads themselves at a gate: the verdict is the door's. A registration has so many tries an hour."""
    form = SelfCheckInForm(request.form, gates_to_check_in(registration.meeting, now()))
    if not form.validate():
        return page_of(registration, token, form), 422
    answer = attempt(form, lambda: checked_in(registration, form))
    if answer is None:
        return page_of(registration, token, form), 409 if form.refused else 422
    return redirect(url_for(".show", token=token, scan=answer.scan_id), 303)


@bp.get("/registrations/<token>/check-in/<int:scan>")
@with_link(OWN)
def show(registration: Registration, token: str, scan: int) -> ResponseReturnValue:
    """What the door said: without the notes for stewards."""
    row = own_reading(registration, scan) or abort(404)
    return answered_page(registration, token, row)


@bp.post("/registrations/<token>/check-in/<int:scan>/undo")
@with_link(OWN)
def take_back(registration: Registration, token: str, scan: int) -> ResponseReturnValue:
    """It was a mistake: as a steward takes back a reading, for some minutes."""
    row, form = own_reading(registration, scan) or abort(404), Form()
    done = attempt(form, lambda: undo(row, by=registration.person, at=now()))
    if done is None:
        return answered_page(registration, token, row, form), 409
    return redirect(url_for(".show", token=token, scan=scan), 303)


@bp.post("/registrations/<token>/check-in/<int:scan>/leave")
@with_link(OWN)
def go(registration: Registration, token: str, scan: int) -> ResponseReturnValue:
    """Somebody who let themselves in goes, at a gate that reads people out. It needs no code: it lets nobody in."""
    row, form = own_reading(registration, scan) or abort(404), Form()
    answer = attempt(form, lambda: leave(registration, row.gate, key=f"leave {scan}", at=now()))
    if answer is None:
        return answered_page(registration, token, row, form), 409
    return redirect(url_for(".show", token=token, scan=answer.scan_id), 303)


def answered_page(registration: Registration, token: str, row: Scan, form: Form | None = None) -> str:
    """What the door said, and for who is in by it how to take it back and how to go."""
    at, words = now(), worded(answer_to(row), Spot.of(row.gate), language())
    page = {"registration": registration, "meeting": registration.meeting, "token": token, "form": form}
    ways = {"takes_back": may_take_back(row, at), "goes_out": is_in_by(row, at)}
    return render_template("checkin/self_check_in/answer.html", gate=row.gate, scan=row.id, told=words, **ways, **page)


@bp.get("/meetings/<slug>/manage/gates/<gate>/sign")
@with_meeting(may=run_meeting)
def poster(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """A sign to print and hang at the gate, in each language of the meeting; the code of the day is not on it."""
    door = self_check_in_at(meeting, gate)
    return render_template("checkin/self_check_in/poster.html", meeting=meeting, gate=door, **way_to(door))


@bp.get("/meetings/<slug>/door/<gate>/code")
@with_meeting(may=keep_door)
def wall(meeting: Meeting, gate: str) -> Response:
    """The same on a screen, with the code of the day; it asks again by itself, so that it changes at midnight."""
    door, at = self_check_in_at(meeting, gate), now()
    page = {"meeting": meeting, "gate": door, "at": at, "code": code_of_day(door, at), **way_to(door)}
    answer = make_response(render_template("checkin/self_check_in/wall.html", **page))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def checked_in(registration: Registration, form: SelfCheckInForm) -> Answer | None:
    """The answer of the door, where the code is that of today; None where it is not, or was tried too often."""
    at, gate = now(), form.chosen()
    if not allow(f"self check-in of {registration.id}", most=TRIES, per=HOUR, at=at):
        form.code.errors = [_("There were too many tries. Go to the registration desk, or try again in an hour.")]
    elif not is_code_of_day(gate, form.code.data, at):
        form.code.errors = [_("This is not the code of today at %(gate)s. Look at it again.", gate=gate.name)]
    else:
        return check_in(registration, gate, key=form.key.data, at=at)
    return None


def self_check_in_at(meeting: Meeting, code: str) -> Gate:
    """A gate where participants check in by themselves, or did before it was closed; anything else is 404."""
    gate = gate_at(meeting, code)
    return gate if gate and gate.self_check_in else abort(404)


def way_to(gate: Gate) -> dict[str, object]:
    """The address that is on the wall, and its QR code."""
    address = current_app.config["BASE_URL"] + url_for(".arrive", slug=gate.meeting.slug, gate=gate.code)
    return {"address": address, "drawing": qr.svg_path(address), "steps": steps_in(gate.meeting)}


def steps_in(meeting: Meeting) -> list[tuple[str, str, str, list[str]]]:
    """How to check in by oneself, for a wall: language, direction, title and steps.

    In each language of the meeting that pages are translated to, in English where there is none.
    """
    tongues = [code for code in meeting.text_languages if code in LANGUAGES] or ["en"]
    return [(code, "rtl" if code in RIGHT_TO_LEFT else "ltr", *spoken(code)) for code in tongues]


def spoken(code: str) -> tuple[str, list[str]]:
    """The title and the steps in this language."""
    with force_locale(code):
        steps = [
            _("Point the camera of your phone at the square."),
            _("Open your registration by the link in your email."),
            _("Type the code of the day and press “Check in”."),
        ]
        return _("Check in by yourself"), steps


def page_of(registration: Registration, token: str, form: SelfCheckInForm) -> str:
    page = {"registration": registration, "meeting": registration.meeting, "token": token, "form": form}
    return render_template("checkin/self_check_in/new.html", **page)
