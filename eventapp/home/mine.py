"""My registration on one page, by its private link: what was decided, the entry code, my sessions, my answers."""

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from eventapp import qr
from eventapp.clock import now
from eventapp.registration.application import told
from eventapp.registration.entry import calendar_token, entry_code, own_token
from eventapp.registration.gate import with_registration
from eventapp.registration.models import LETTER, PHOTO, Registration
from eventapp.registration.queries import (
    letters_about,
    newest_upload,
    open_amendment,
    waiting_position,
)

bp = Blueprint("mine", __name__, url_prefix="/registrations/<token>")


@bp.get("")
@with_registration
def show(registration: Registration) -> ResponseReturnValue:
    at, amendment = now(), open_amendment(registration)
    categories = {one.code: one.name for one in registration.meeting.categories}
    return render_template(
        "home/mine/show.html",
        registration=registration,
        meeting=registration.meeting,
        at=at,
        state=registration.state_now(at),
        position=waiting_position(registration),
        code=entry_code(registration) if registration.holds_a_place else "",
        drawing=qr.svg_path(entry_code(registration)) if registration.holds_a_place else None,
        changes=told(amendment.changes, categories) if amendment else [],
        letter=newest_upload(registration, LETTER),
        photo=newest_upload(registration, PHOTO),
        emails=letters_about(registration),
        token=own_token(registration),
        calendar=calendar_token(registration),
    )


@bp.get("/entry-code.png")
@with_registration
def code_picture(registration: Registration) -> ResponseReturnValue:
    """The entry code as a picture to keep on a telephone."""
    if not registration.holds_a_place:
        abort(404)
    answer = make_response(qr.png(entry_code(registration), scale=12))
    answer.mimetype = "image/png"
    answer.headers["Content-Disposition"] = f'attachment; filename="{registration.reference}.png"'
    return answer
