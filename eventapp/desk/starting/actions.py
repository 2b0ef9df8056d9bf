from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.people.models import Person


def start(file: MeetingFile, *, by: Person, at: datetime) -> Meeting:
    """Make a meeting that only its organizers and administrators see. Refused where its address is taken."""
    if meeting_at(file.slug):
        raise Refused(_("There is a meeting at “%(slug)s” already. Choose another address.", slug=file.slug))
    load(file, by=by, at=at)
    meeting = meeting_at(file.slug)
    if meeting is None:
        raise LookupError(file.slug)
    return meeting
