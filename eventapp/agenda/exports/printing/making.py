"""A print of a long agenda, as the worker makes it: once for everybody in each language, and kept for a day."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from eventapp.agenda.exports.printed import Sheet, glance, pocket, programme
from eventapp.agenda.models import Release
from eventapp.agenda.queries import agenda_of
from eventapp.agenda.releases.content import Published
from eventapp.ground.db import db
from eventapp.ground.jobs.leased import watched
from eventapp.ground.text.i18n import language
from eventapp.ground.typesetting import pdf_by
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import newest_file

AGENDA = "agenda"
MANY = 200  # sessions: to lay out more takes longer than a second
STEPS = 2
PROGRAMME, GLANCE, POCKET = "programme", "glance", "pocket"
SHEETS: Mapping[str, Callable[[Published, Release, str, str], Sheet]] = MappingProxyType(
    {PROGRAMME: programme, GLANCE: glance, POCKET: pocket}
)


class Wanted(NamedTuple):
    """Which print: of which release, which kind, in which language."""

    release: str
    kind: str
    tongue: str

    @property
    def key(self) -> str:
        return ".".join(self)


def is_made_apart(agenda: Published) -> bool:
    """Whether the worker makes the prints of this agenda."""
    return len(agenda.sessions) > MANY


def wanted_of(release: Release, kind: str) -> Wanted:
    """Return which print of this kind this is, in the language that is spoken now."""
    return Wanted(str(release.id), kind, language())


def asked_for(meeting: Meeting, wanted: Wanted) -> PreparedFile | None:
    """What was asked of the worker for this print last, as long as it is there."""
    return newest_file(meeting, AGENDA, wanted.key)


def sheet_of(meeting: Meeting, release: Release, kind: str) -> Sheet:
    """What the press takes for this print, in the language that is spoken now."""
    return SHEETS[kind](agenda_of(meeting, release), release, language(), meeting.languages[0])


def make(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
    """The print of that release. Nothing is to be said of it."""
    wanted = Wanted(*lease.wanted.split("."))
    tell(0, STEPS)
    sheet = sheet_of(meeting, db.session.get_one(Release, int(wanted.release)), wanted.kind)
    tell(1, STEPS)
    content = watched(lambda: pdf_by(*sheet), lambda: tell(1, STEPS))
    tell(STEPS, STEPS)
    return Made(content)
