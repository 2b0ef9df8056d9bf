"""The files of an outlet of a large meeting: asked for, looked at while they are made, and fetched."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.text.i18n import _
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.manage import Shown, file_pages, ordered
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.outlets.files.making import OUTLET, Wanted, wanted_in
from eventapp.outlets.submissions import why_not
from eventapp.review.formats.writers import FORMATS
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.queries import is_large
from eventapp.vocabulary.notes import CEILINGS

bp = Blueprint("outlet_files", __name__, url_prefix="/meetings/<slug>/review/outlets/files")


@bp.post("")
@with_meeting(may=edit_review, even_closed=True)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Ask the worker for a file of a large meeting, and look on; that of another is made at once."""
    wanted = Wanted(*(request.form.get(name, "") for name in Wanted._fields))
    if not (wanted.is_known and wanted.policy in CEILINGS) or why_not(
        meeting, wanted.outlet
    ):  # its page says which there are, and why not
        return redirect(url_for("outlets.index", slug=meeting.slug), 303)
    if not is_large(meeting):
        return redirect(url_for("outlets.download", slug=meeting.slug, **wanted._asdict()), 303)
    return ordered(meeting, OUTLET, wanted.key)


def shown(row: PreparedFile) -> Shown:
    """What the pages of a file say of it."""
    slug, wanted = row.meeting.slug, wanted_in(row.wanted)
    back = url_for("outlets.index", slug=slug, policy=wanted.policy), _("Back to the outlets")
    title, kind = f"{wanted.title}: {wanted.ending.upper()}", FORMATS[wanted.ending].media_type
    return Shown(
        title, f"{slug}-{wanted.name}", kind, back, "review", (url_for(".create", slug=slug), wanted._asdict())
    )


file_pages(bp, OUTLET, shown, may=edit_review, at="")
