"""The notes of a large meeting as a file: asked for, looked at while it is made, and fetched."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.text.i18n import _
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.manage import Shown, file_pages, ordered
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.rules import record_meeting
from eventapp.record.loading.files.making import NOTES, is_made_apart
from eventapp.record.loading.manage import MEDIA_TYPES

bp = Blueprint("notes_files", __name__, url_prefix="/meetings/<slug>/manage/outcomes/file/files")


@bp.post("")
@with_meeting(may=record_meeting, even_closed=True)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Ask the worker for the notes of a large meeting, and look on; those of another are written at once."""
    ending = request.form.get("ending", "")
    if ending not in MEDIA_TYPES:  # its page says which there are
        return redirect(url_for("record_loading.show", slug=meeting.slug), 303)
    if not is_made_apart(meeting):
        return redirect(url_for("record_loading.notes", slug=meeting.slug, ending=ending), 303)
    return ordered(meeting, NOTES, ending)


def shown(row: PreparedFile) -> Shown:
    """What the pages of a file say of it."""
    slug, ending = row.meeting.slug, row.wanted
    back = url_for("record_loading.show", slug=slug), _("Back to notes by file")
    title, again = _("Notes"), (url_for(".create", slug=slug), {"ending": ending})
    return Shown(f"{title}: {ending.upper()}", f"{slug}-notes.{ending}", MEDIA_TYPES[ending], back, "record", again)


file_pages(bp, NOTES, shown, may=record_meeting, at="")
