from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from eventapp.agenda.sessions.actions import let_all_wait
from eventapp.badges.layouts.actions import copy_layouts
from eventapp.desk.starting.entrances import copy_entrances, copy_standard
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.information.actions import copy_pages
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.arriving.coming import refuse_stranger
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.retention.actions import copy_retention
from eventapp.meetings.wordings.actions import copy_wordings
from eventapp.networking.slots.copying import copy_networking
from eventapp.people.models import Person

UNDATED = "undated"
# What comes along from the rows of an earlier meeting, by the code of its part: its file does not hold it.
NOT_IN_FILES: Mapping[str, Callable[..., object]] = {
    "information": copy_pages,
    "letters": copy_wordings,
    "retention": copy_retention,
    UNDATED: let_all_wait,
    "photographs": copy_standard,
    "badges": copy_layouts,
    "entrances": copy_entrances,
    "networking": copy_networking,
}


def start(
    file: MeetingFile,
    *,
    by: Person,
    at: datetime,
    source: Meeting | None = None,
    parts: Collection[str] = (),
) -> Meeting:
    """Make a meeting that only its organizers and administrators see, with these parts of another one.

    Refused where its address is taken. Who is no administrator makes meetings of the bodies that they organize; any
    other is refused.
    """
    refuse_stranger(file, by)
    if meeting_at(file.slug):
        raise Refused(
            _("There is a meeting at “%(slug)s” already. Choose another address.", slug=file.slug), beside="slug"
        )
    load(file, by=by, at=at)
    meeting = meeting_at(file.slug)
    if meeting is None:
        raise LookupError(file.slug)
    if source is not None:
        for part in not_in_files(parts):
            NOT_IN_FILES[part](source, meeting, by=by, at=at)
    return meeting


def not_in_files(parts: Collection[str]) -> list[str]:
    """Those of these parts that no file holds, in the order in which they are made."""
    return [one for one in NOT_IN_FILES if one in parts]
