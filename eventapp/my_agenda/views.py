"""My agenda behind the link of a registration: stars, sign-up, what clashes; and the same on the page of a session."""

from dataclasses import dataclass

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.finding.wanted import days_found, wanted_in
from eventapp.agenda.models import Session
from eventapp.agenda.planning.beyond import also_warn
from eventapp.agenda.queries import agenda_of, newest_release, released, roles_of, session_at
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.views import words
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import refusal_from
from eventapp.ground.web.paging import page_of
from eventapp.links.access import with_link
from eventapp.links.queries import working_secret
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.actions import change_stars
from eventapp.my_agenda.chosen import Choice, Places, choices, places_of
from eventapp.my_agenda.queries import MAY_CHOOSE, chosen_by, stars_of
from eventapp.my_agenda.sign_up.actions import leave, sign_up
from eventapp.my_agenda.warnings import not_registered, too_few_seats
from eventapp.people.current import current_person
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration
from eventapp.registration.queries import registration_of

bp = Blueprint("my_agenda", __name__)
also_warn(too_few_seats)
also_warn(not_registered)
bp.app_context_processor(lambda: {"sign_up_on": sign_up_on, "own_stars": own_stars})
A_PAGE = 30
LIST = "list"


@dataclass(frozen=True)
class OnSession:
    """What the page of a session says of sign-up and stars: to everybody, and to who is registered and signed in."""

    places: Places | None
    token: str
    choice: Choice | None
    stars: tuple[str, ...] = ()


@bp.get("/registrations/<token>/agenda")
@with_link(OWN)
def index(registration: Registration, token: str) -> ResponseReturnValue:
    """What I chose, by time, and the agenda to choose from."""
    return page(registration, token)


@bp.get("/registrations/<token>/agenda/<code>")
@with_link(OWN)
def show(registration: Registration, token: str, code: str) -> ResponseReturnValue:
    """One session, with the buttons that choose it."""
    return session_page(registration, token, code)


@bp.post("/registrations/<token>/stars")
@with_link(OWN)
def take_over(registration: Registration, token: str) -> ResponseReturnValue:
    """Take over what a browser has: codes to `add` and to `drop`. The answer has all stars, as JSON."""
    add, drop = request.form.getlist("add"), request.form.getlist("drop")
    with transaction():
        stars = change_stars(registration, add, drop, at=now())
    return jsonify({"stars": sorted(stars)})


@bp.post("/registrations/<token>/agenda/<code>/star")
@with_link(OWN)
def star(registration: Registration, token: str, code: str) -> ResponseReturnValue:
    """Give a session a star, or take it away: `star` is 1 or 0."""
    codes = [session_of(registration, code).code]
    add, drop = (codes, []) if request.form.get("star") == "1" else ([], codes)
    refusal = refusal_from(lambda: change_stars(registration, add, drop, at=now()))
    return back(registration, token, code, refusal)


@bp.post("/registrations/<token>/agenda/<code>/sign-up")
@with_link(OWN)
def create(registration: Registration, token: str, code: str) -> ResponseReturnValue:
    """Sign up, or stand in line."""
    session = session_of(registration, code)
    return back(registration, token, code, refusal_from(lambda: sign_up(registration, session, at=now())))


@bp.post("/registrations/<token>/agenda/<code>/sign-up/end")
@with_link(OWN)
def end(registration: Registration, token: str, code: str) -> ResponseReturnValue:
    """Give the place back, or the one in line."""
    session = session_of(registration, code)
    return back(registration, token, code, refusal_from(lambda: leave(registration, session, at=now())))


def back(registration: Registration, token: str, code: str, refusal: str) -> ResponseReturnValue:
    """To the page that the button was on; with a sentence where it could not be done."""
    is_list = request.form.get("from") == LIST
    if refusal:
        page_again = page(registration, token, refusal) if is_list else session_page(registration, token, code, refusal)
        return page_again, 409
    if is_list:
        return redirect(url_for(".index", token=token), 303)
    return redirect(url_for(".show", token=token, code=code), 303)


def page(registration: Registration, token: str, refusal: str = "") -> str:
    meeting, at = registration.meeting, now()
    release = newest_release(meeting) or abort(404)
    agenda, parts = agenda_of(meeting, release), own_parts(registration)
    wanted = wanted_in(request.args)
    found = [one for day in days_found(agenda, wanted).values() for one in day if not one.is_break]
    listing = page_of(found, request.args.get("page"), most=A_PAGE)
    codes = chosen_by(registration) | parts.keys()
    chosen = [one for one in agenda.all_sessions if one.code in codes]
    return render_template(
        "my_agenda/index.html",
        **around(registration, token, refusal),
        chosen=choices(registration, agenda, chosen, parts, at),
        found=choices(registration, agenda, listing.rows, parts, at),
        listing=listing,
        stars=sorted(stars_of(registration)),
        wanted=wanted,
        agenda=agenda,
        at=at,
    )


def session_page(registration: Registration, token: str, code: str, refusal: str = "") -> str:
    meeting = registration.meeting
    release = newest_release(meeting) or abort(404)
    agenda = agenda_of(meeting, release)
    one = agenda.by_code.get(code) or abort(404)
    context = {"release": release, "agenda": agenda, "session": one, **words()}
    return render_template(
        "agenda/session.html",
        **around(registration, token, refusal),
        **context,
        signing=on_session(registration, token, agenda, one),
    )


def sign_up_on(meeting: Meeting, agenda: Published, session: PublishedSession) -> OnSession:
    """What the public page of a session says: with buttons for who is registered and signed in."""
    own, token = own_registration(meeting)
    if own and token:
        return on_session(own, token, agenda, session)
    return OnSession(places_of(meeting, None, [session.code], now()).get(session.code), "", None)


def own_stars(meeting: Meeting) -> tuple[str, list[str]] | None:
    """The link of who is registered and signed in, and the codes of their stars; None for everybody else."""
    own, token = own_registration(meeting)
    return (token, sorted(stars_of(own))) if own and token else None


def own_registration(meeting: Meeting) -> tuple[Registration | None, str]:
    """The registration of who is signed in, and its link; none where they may choose nothing."""
    person = current_person()
    own = registration_of(person.id, meeting.id) if person else None
    if own is None or own.state_now(now()) not in MAY_CHOOSE:
        return None, ""
    return own, working_secret(OWN, own, at=now()) or ""


def on_session(registration: Registration, token: str, agenda: Published, session: PublishedSession) -> OnSession:
    [choice] = choices(registration, agenda, [session], own_parts(registration), now())
    return OnSession(choice.places, token, choice, tuple(sorted(stars_of(registration))))


def own_parts(registration: Registration) -> dict[str, str]:
    """What this person does in sessions: code of the session → parts, in words."""
    parts: dict[str, list[str]] = {}
    for role in roles_of(registration.person, registration.meeting):
        parts.setdefault(role.session.code, []).append(role.label)
    return {code: ", ".join(labels) for code, labels in parts.items()}


def session_of(registration: Registration, code: str) -> Session:
    """The session with this code, if it is on the published agenda."""
    agenda = released(registration.meeting)
    if agenda is None or code not in agenda.by_code:
        abort(404)
    return session_at(registration.meeting, code) or abort(404)


def around(registration: Registration, token: str, refusal: str) -> dict[str, object]:
    return {"registration": registration, "meeting": registration.meeting, "token": token, "refusal": refusal}
