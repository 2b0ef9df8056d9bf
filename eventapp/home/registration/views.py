"""My registration on one page, by its private link: what was decided, the entry code, my sessions, my answers."""

from datetime import datetime

from flask import Blueprint, abort, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.exports.ical import Head, calendar_before
from eventapp.agenda.exports.ical import calendar as calendar_of
from eventapp.agenda.models import CONFIRMED, SpeakingRole
from eventapp.agenda.queries import agenda_of, newest_release, released, roles_of
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.rights.content import rights_for
from eventapp.badges.queries import code_of
from eventapp.checkin.queries import arrived_at
from eventapp.checkin.self_check_in.forms import SelfCheckInForm
from eventapp.checkin.self_check_in.queries import gates_to_check_in
from eventapp.checkin.self_check_in.remembered import gate_remembered
from eventapp.floor.queries import KEEPERS
from eventapp.ground import qr
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import language
from eventapp.ground.text.worded import worded
from eventapp.ground.web.downloads import download
from eventapp.home.registration.everything import all_about
from eventapp.inputs.actions import MAY_WRITE
from eventapp.inputs.queries import call_of, input_of
from eventapp.links.access import with_link
from eventapp.mail.masking import masked
from eventapp.meetings.queries import categories_of
from eventapp.my_agenda.queries import MAY_CHOOSE, chosen_by, sign_ups_of, stars_of
from eventapp.networking.bilaterals.ical import event as bilateral_event
from eventapp.networking.bilaterals.queries import with_events
from eventapp.registration.accompanying.queries import ACTIVE, brought_by, rules_of
from eventapp.registration.answers.queries import answers_in_words, lost_choices, questions_left
from eventapp.registration.application import LABELS, PRIVATE, describe, in_words
from eventapp.registration.decisions.queries import was_withdrawn_for
from eventapp.registration.entry import CALENDAR, OWN, calendar_token
from eventapp.registration.mails import how_places_come
from eventapp.registration.models import LETTER, PHOTO, WAITING, Registration, Upload
from eventapp.registration.offers.queries import hours_to_answer, let_pass, offer_shown
from eventapp.registration.photographs.queries import check_of
from eventapp.registration.queries import letter_about, letters_about, open_amendment, uploads_of, waiting_position

bp = Blueprint("mine", __name__)

CLOSED = "closed"  # a session for those who have a part in it


@bp.get("/registrations/<token>")
@with_link(OWN)
def show(registration: Registration, token: str) -> ResponseReturnValue:
    meeting, amendment, at = registration.meeting, open_amendment(registration), now()
    release, roles, stars = newest_release(meeting), roles_of(registration.person, meeting), stars_of(registration)
    parts, chosen = parts_in(roles), stars | sign_ups_of(registration).keys()
    asked, left = questions_left(registration) if registration.holds_a_place else (0, 0)
    call = call_of(meeting) if registration.state_now(at) in MAY_WRITE else None
    return render_template(
        "home/mine/show.html",
        registration=registration,
        meeting=meeting,
        at=at,
        **presence_of(registration, at),
        state=registration.state_now(at),
        **line_of(registration, at),
        **brought_of(registration),
        withdrawn_for=was_withdrawn_for(registration),
        **entry_of(registration),
        changes=describe(amendment.changes, {one.code: worded(one, "name") for one in categories_of(meeting)})
        if amendment
        else [],
        private=private_of(registration),
        asked=0 if meeting.has_ended(at) else asked,
        left=left,
        own_answers=answers_in_words(registration, own=True),
        lost_choices=lost_choices(registration),
        **files_in(uploads_of(registration)),
        emails=letters_about(registration),
        release=release,
        sessions=[one for one in my_sessions(agenda_of(meeting, release), parts, chosen) if not one.cancelled]
        if release
        else [],
        parts=parts,
        chosen=chosen,
        stars=sorted(stars) if registration.state_now(at) in MAY_CHOOSE else None,
        **opened_by(roles),
        inputs=call,
        written=input_of(registration.person, meeting) if call else None,
        token=token,
        calendar=calendar_token(registration),
    )


@bp.get("/registrations/<token>/entry-code.png")
@with_link(OWN)
def code_picture(registration: Registration, token: str) -> ResponseReturnValue:
    """The entry code as a picture to keep on a telephone."""
    if not registration.holds_a_place:
        abort(404)
    return download(f"{registration.reference}.png", "image/png", qr.png(code_of(registration), scale=12))


@bp.get("/registrations/<token>/emails/<int(max=999999999):number>")
@with_link(OWN)
def email(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """One of the letters that were sent, to be read again; without what opens anything, in whatever state it is."""
    row = letter_about(registration, number) or abort(404)
    return render_template(
        "home/mine/email.html",
        registration=registration,
        meeting=registration.meeting,
        email=row,
        paragraphs=masked(row.text).strip().split("\n\n"),
        token=token,
    )


@bp.get("/registrations/<token>/everything.json")
@with_link(OWN)
def everything(registration: Registration, token: str) -> ResponseReturnValue:
    """All that is kept about this person, as a file of their own."""
    name = f"{registration.meeting.slug}-{registration.reference}.json"
    return download(name, "application/json", jsonify(all_about(registration)).data)


@bp.get("/calendars/<token>.ics")
@with_link(CALENDAR)
def calendar(registration: Registration, token: str) -> ResponseReturnValue:
    """My sessions and bilateral meetings as a calendar to subscribe to; without a place only what was called off.

    Before an agenda is published it has the bilateral meetings alone. The link opens nothing else.
    """
    meeting, base = registration.meeting, current_app.config["BASE_URL"]
    met = [bilateral_event(one, registration, base) for one in with_events(registration)]
    agenda = released(meeting)
    if agenda is None:
        content = calendar_before(
            Head(worded(meeting, "title"), meeting.zone, worded(meeting, "illustrative") or ""), met
        )
    else:
        agenda, parts = agenda.for_reader(language()), parts_in(roles_of(registration.person, meeting))
        mine = my_sessions(agenda, parts, chosen_by(registration)) if registration.holds_a_place else []
        content = calendar_of(agenda, base, sessions=mine, more=met)
    answer = make_response(content)
    answer.content_type = "text/calendar; charset=utf-8; method=PUBLISH"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def opened_by(roles: list[SpeakingRole]) -> dict[str, set[str]]:
    """The codes of the sessions whose floor somebody keeps, and of those that they edit, by their parts."""
    confirmed = [role for role in roles if role.state == CONFIRMED]
    return {
        "led": {role.session.code for role in roles if role.role in KEEPERS},
        "edited": {role.session.code for role in confirmed if rights_for(role.session.meeting, [role.role])},
    }


def presence_of(registration: Registration, at: datetime) -> dict[str, object]:
    """When they came in first, and for who has a place the form of self check-in where a gate takes it today."""
    gates = gates_to_check_in(registration.meeting, at) if registration.holds_a_place else []
    return {
        "arrived": arrived_at(registration),
        "checking_in": SelfCheckInForm(None, gates, gate_remembered(registration.meeting)) if gates else None,
    }


def entry_of(registration: Registration) -> dict[str, object]:
    """The entry code of who has a place, and its drawing."""
    code = code_of(registration) if registration.holds_a_place else ""
    return {"code": code, "drawing": qr.svg_path(code) if code else None}


def line_of(registration: Registration, at: datetime) -> dict[str, object]:
    """What the page says of the waiting list: position, the offer to answer, what comes, whether an offer passed."""
    waits = registration.state == WAITING
    return {
        "position": waiting_position(registration),
        "offer": offer_shown(registration, at),
        "how": how_places_come(hours_to_answer(registration.meeting)) if waits else "",
        "passed": let_pass(registration),
    }


def brought_of(registration: Registration) -> dict[str, object]:
    """Whom they bring along, and how many more they may; who is brought along brings nobody."""
    if registration.brought_by_id is not None:
        return {"brought": [], "may_bring": 0}
    rules, brought = rules_of(registration.meeting), brought_by(registration)
    left = rules.most - sum(one.state in ACTIVE for one in brought) if rules and registration.state in ACTIVE else 0
    return {"brought": brought, "may_bring": max(0, left)}


def files_in(files: dict[str, Upload]) -> dict[str, object]:
    """The letter and the photograph in force, and what was decided about that."""
    return {"letter": files.get(LETTER), "photo": files.get(PHOTO), "photo_check": check_of(files.get(PHOTO))}


def private_of(registration: Registration) -> list[tuple[str, str]]:
    """The answers that only those read who arrange things for this person, as (what, answer)."""
    answers = [(name, in_words(name, getattr(registration, name), {})) for name in (*PRIVATE, "languages", "gender")]
    return [(str(LABELS[name]), answer) for name, answer in answers if answer]


def parts_in(roles: list[SpeakingRole]) -> dict[str, str]:
    """What somebody does in sessions: code of the session → parts, in words."""
    parts: dict[str, list[str]] = {}
    for role in roles:
        parts.setdefault(role.session.code, []).append(role.label)
    return {code: ", ".join(labels) for code, labels in parts.items()}


def my_sessions(agenda: Published, parts: dict[str, str], chosen: set[str]) -> list[PublishedSession]:
    """The sessions that this person chose or has a part in, by time; cancelled ones too.

    Who chose nothing yet has all that they may attend.
    """
    if chosen:
        return [one for one in agenda.all_sessions if one.code in chosen or one.code in parts]
    return [one for one in agenda.all_sessions if one.rule != CLOSED or one.code in parts]
