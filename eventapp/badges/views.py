"""My badge, to print at home."""

from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from eventapp.badges.layouts.queries import design_of
from eventapp.badges.printing import sheet
from eventapp.badges.printing.layouts import Size, with_parts
from eventapp.badges.queries import Bearer, badge_of, faces, pictured
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.downloads import download
from eventapp.links.access import with_link
from eventapp.people.limits import allow
from eventapp.registration.entry import OWN
from eventapp.registration.models import APPROVED, Registration

bp = Blueprint("badges", __name__)

MINUTE = timedelta(minutes=1)


@bp.get("/registrations/<token>/badge.pdf")
@with_link(OWN)
def show(registration: Registration, token: str) -> ResponseReturnValue:
    """The badge in force of whoever holds this private link, one A6 page that can be read aloud: what stands on either
    side of the printed one, and its code always.
    """
    if registration.state != APPROVED:
        raise Refused(_("Your registration is not approved, so there is no badge yet. We will write to you."))
    with transaction():  # a page of type costs more than a page of text
        allowed = allow(f"badge:{registration.id}", most=10, per=MINUTE, at=now())
    if not allowed:
        raise TooManyRequests(retry_after=60)
    meeting = registration.meeting
    parts = design_of(meeting, registration.category).all_parts | {"code"}
    whole = pictured(meeting, faces(meeting, [Bearer(registration, badge_of(registration))]))
    shown = [with_parts(face, parts) for face in whole]
    title = _("Badge %(reference)s", reference=registration.reference)
    content = sheet.pdf(shown, Size.A6, title=title, tagged=True).pdf
    return download(f"badge-{registration.reference}.pdf", "application/pdf", content, inline=True)
