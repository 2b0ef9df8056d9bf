"""Where a mail server or a mail provider says which letters did not arrive."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.access import reads_body
from eventapp.mail.failing.access import for_reporters
from eventapp.mail.failing.actions import mark_failing
from eventapp.mail.failing.reports import UnreadableError, bounces_in_report, bounces_posted

bp = Blueprint("failing", __name__)


@bp.post("/mail/reports")
@reads_body
@for_reporters
def take() -> ResponseReturnValue:
    """Take a report as mail servers write it (message/rfc822), or a list as JSON; 400 and a sentence for neither."""
    read = bounces_posted if request.is_json else bounces_in_report
    try:
        bounces = read(request.get_data())
    except UnreadableError as unreadable:
        return Response(f"{unreadable}\n", 400, mimetype="text/plain")
    with transaction():
        count = mark_failing(bounces, at=now())
    return Response(f"{count}\n", mimetype="text/plain")
