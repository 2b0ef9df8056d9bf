"""A meeting file that changes much in a meeting that is here."""

from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meeting_file.arriving.coming import read_sound
from eventapp.meeting_file.loading.differences import difference
from eventapp.meeting_file.loading.pieces import A_PIECE, Loading, pieces
from eventapp.meeting_file.objections import objections_to
from eventapp.meetings.arriving.coming import Altered, Objected
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.queries import meeting_at

CHANGE = "change"


def alter(content: bytes, row: MeetingImport, at: datetime) -> Altered:
    """What the file still changes in the meeting. Refused where nothing is there, or something speaks against it."""
    file = read_sound(content)
    meeting = meeting_at(file.slug)
    if meeting is None:
        raise Refused(_("The meeting is not here any more."))
    differs = difference(file)
    if not differs.found:
        return meeting.id, 1, iter(())
    if objections := objections_to(meeting, file):
        raise Objected(objections)
    return meeting.id, 1 + len(differs.found) // A_PIECE, pieces(Loading(file, meeting.id, row.by_id, at, differs))
