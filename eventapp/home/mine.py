"""My registration on one page, by its private link: what was decided, the entry code, my sessions, my answers."""

from flask import Blueprint, abort, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from eventapp import qr
from eventapp.agenda.ical import calendar as calendar_of
from eventapp.agenda.published import Published, PublishedSession
from eventapp.agenda.queries import released, roles_of
from eventapp.badges.queries import code_of
from eventapp.checkin.queries import arrived_at
from eventapp.clock import now
from eventapp.floor.queries import KEEPERS
from eventapp.gate import for_link_holder
from eventapp.home.everything import all_about
from eventapp.inputs.actions import MAY_WRITE
from eventapp.inputs.queries import call_of, input_of
from eventapp.registration.application import LABELS, PRIVATE, in_words, told
from eventapp.registration.entry import calendar_token, own_token
from eventapp.registration.gate import with_registration
from eventapp.registration.models import LETTER, PHOTO, Registration
from eventapp.registration.queries import (
    letters_about,
    newest_upload,
    open_amendment,
    registration_by_calendar,
    waiting_position,
)

bp = Blueprint("mine", __name__)

CLOSED = "closed"  # a session for those who have a part in it


@bp.get("/registrations/<token>")
@with_registration
def show(registration: Registration) -> ResponseReturnValue:
    meeting, amendment, at = registration.meeting, open_amendment(registration), now()
    categories = {one.code: one.name for one in meeting.categories}
    code = code_of(registration) if registration.holds_a_place else ""
    agenda, parts = released(meeting), parts_of(registration)
    return render_template(
        "home/mine/show.html",
        registration=registration,
        meeting=meeting,
        at=at,
        arrived=arrived_at(registration),
        state=registration.state_now(at),
        position=waiting_position(registration),
        code=code,
        drawing=qr.svg_path(code) if code else None,
        changes=told(amendment.changes, categories) if amendment else [],
        private=private_of(registration),
        letter=newest_upload(registration, LETTER),
        photo=newest_upload(registration, PHOTO),
        emails=letters_about(registration),
        sessions=[one for one in my_sessions(agenda, parts) if not one.cancelled] if agenda else [],
        parts=parts,
        led={role.session.code for role in roles_of(registration.person, meeting) if role.role in KEEPERS},
        inputs=call_of(meeting) if registration.state_now(at) in MAY_WRITE else None,
        written=input_of(registration.person, meeting),
        token=own_token(registration),
        calendar=calendar_token(registration),
    )


@bp.get("/registrations/<token>/entry-code.png")
@with_registration
def code_picture(registration: Registration) -> ResponseReturnValue:
    """The entry code as a picture to keep on a telephone."""
    if not registration.holds_a_place:
        abort(404)
    answer = make_response(qr.png(code_of(registration), scale=12))
    answer.mimetype = "image/png"
    answer.headers["Content-Disposition"] = f'attachment; filename="{registration.reference}.png"'
    return answer


@bp.get("/registrations/<token>/everything.json")
@with_registration
def everything(registration: Registration) -> ResponseReturnValue:
    """All that is kept about this person, as a file of their own."""
    answer = jsonify(all_about(registration))
    name = f"{registration.meeting.slug}-{registration.reference}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.get("/calendars/<token>.ics")
@for_link_holder
def calendar(token: str) -> ResponseReturnValue:
    """My sessions as a calendar to subscribe to; empty while there is no place. The link opens nothing else."""
    registration = registration_by_calendar(token, at=now())
    agenda = released(registration.meeting) if registration else None
    if registration is None or agenda is None:
        abort(404)
    mine = my_sessions(agenda, parts_of(registration)) if registration.holds_a_place else []
    answer = make_response(calendar_of(agenda, current_app.config["BASE_URL"], sessions=mine))
    answer.content_type = "text/calendar; charset=utf-8; method=PUBLISH"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def private_of(registration: Registration) -> list[tuple[str, str]]:
    """The answers that only those read who arrange things for this person, as (what, answer)."""
    answers = [(name, in_words(name, getattr(registration, name), {})) for name in (*PRIVATE, "languages", "gender")]
    return [(str(LABELS[name]), answer) for name, answer in answers if answer]


def parts_of(registration: Registration) -> dict[str, str]:
    """What this person does in sessions: code of the session → parts, in words."""
    parts: dict[str, list[str]] = {}
    for role in roles_of(registration.person, registration.meeting):
        parts.setdefault(role.session.code, []).append(role.label)
    return {code: ", ".join(labels) for code, labels in parts.items()}


def my_sessions(agenda: Published, parts: dict[str, str]) -> list[PublishedSession]:
    """The sessions that this person may attend or has a part in, by time; cancelled ones too."""
    return [one for one in agenda.all_sessions if one.rule != CLOSED or one.code in parts]
