from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.information.actions import copy_pages
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import bodies_organized, meeting_at
from eventapp.people.models import Person
from eventapp.people.rules import administer


def start(file: MeetingFile, *, by: Person, at: datetime, pages_of: Meeting | None = None) -> Meeting:
    """Make a meeting that only its organizers and administrators see; `pages_of` is one whose pages it gets too.

    Refused where its address is taken.

    Who is no administrator makes meetings of the bodies that they organize; any other is refused.
    """
    if not administer(by) and not bodies_organized(by) & {one.code for one in file.bodies}:
        raise Refused(_("You make meetings of the bodies that you organize. Name one of them among its bodies."))
    if meeting_at(file.slug):
        raise Refused(_("There is a meeting at “%(slug)s” already. Choose another address.", slug=file.slug))
    load(file, by=by, at=at)
    meeting = meeting_at(file.slug)
    if meeting is None:
        raise LookupError(file.slug)
    if pages_of is not None:
        copy_pages(pages_of, meeting, by=by, at=at)
    return meeting
