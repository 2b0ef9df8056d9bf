"""A file of a long official list, as the worker makes it: once for whoever reads the list, and kept for a day."""

import json
from hashlib import sha256
from typing import NamedTuple

from eventapp.ground.db import db
from eventapp.ground.jobs.leased import watched
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import newest_file
from eventapp.official_list.formats.values import printed
from eventapp.official_list.formats.writers import WRITERS
from eventapp.official_list.models import ListVersion
from eventapp.official_list.queries import people_in, shown

LIST = "official_list"
MANY = 1000  # people: more take longer than a second, as a Word file first of all
STEPS = 2
MARK = 24  # letters


class Wanted(NamedTuple):
    """Which file: of which version, in which language and format, and a mark of whom it names."""

    version: str
    tongue: str
    ending: str
    mark: str

    @property
    def key(self) -> str:
        return ".".join(self)


def is_made_apart(version: ListVersion) -> bool:
    """Whether the worker makes the files of this version."""
    return version.people > MANY


def asked_for(version: ListVersion, tongue: str, ending: str) -> PreparedFile | None:
    """What was asked of the worker for this file last, as long as it is there."""
    return newest_file(version.meeting, LIST, wanted_of(version, tongue, ending).key)


def wanted_of(version: ListVersion, tongue: str, ending: str) -> Wanted:
    """Return which file this is now: another once somebody takes the agreement to be named back, or gives it again."""
    named = json.dumps(people_in(shown(version)))
    return Wanted(str(version.id), tongue, ending, sha256(named.encode()).hexdigest()[:MARK])


def make(_meeting: Meeting, lease: Lease, tell: Tell) -> Made:
    """The version as a file, with those who agree to be named when it is made. Nothing is to be said of it."""
    wanted = Wanted(*lease.wanted.split("."))
    tell(0, STEPS)
    values = printed(db.session.get_one(ListVersion, int(wanted.version)), wanted.tongue).values
    tell(1, STEPS)
    content = watched(lambda: WRITERS[wanted.ending](values), lambda: tell(1, STEPS))
    tell(STEPS, STEPS)
    return Made(content)
