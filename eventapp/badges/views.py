"""My badge, to print at home."""

from datetime import timedelta

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from eventapp.badges import sheet
from eventapp.badges.faces import Size
from eventapp.badges.queries import Bearer, badge_of, faces
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.gate import for_link_holder
from eventapp.people.limits import allow
from eventapp.refusal import Refused
from eventapp.registration.models import APPROVED
from eventapp.registration.queries import registration_by_token
from eventapp.words import _

bp = Blueprint("badges", __name__)

MINUTE = timedelta(minutes=1)


@bp.get("/registrations/<token>/badge.pdf")
@for_link_holder
def show(token: str) -> ResponseReturnValue:
    """The badge in force of whoever holds this private link, one A6 page that can be read aloud."""
    registration = registration_by_token(token, at=now())
    if registration is None:
        abort(404)
    if registration.state != APPROVED:
        raise Refused(_("Your registration is not approved, so there is no badge yet. We will write to you."))
    with transaction():  # a page of type costs more than a page of text
        allowed = allow(f"badge:{registration.id}", most=10, per=MINUTE, at=now())
    if not allowed:
        raise TooManyRequests(retry_after=60)
    shown = faces(registration.meeting, [Bearer(registration, badge_of(registration))])
    title = _("Badge %(reference)s", reference=registration.reference)
    answer = Response(sheet.pdf(shown, Size.A6, title=title, tagged=True).pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="badge-{registration.reference}.pdf"'
    return answer
