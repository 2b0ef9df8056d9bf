"""A file of a long published report, as the worker makes it: once for what it says, and kept for a day."""

from typing import NamedTuple

from eventapp.ground.db import db
from eventapp.ground.jobs.leased import DONE
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import newest_file
from eventapp.review.formats.evidence_json import digest, from_dict, to_json
from eventapp.review.formats.writers import written_by_worker
from eventapp.review.paged.queries import PagedEdition
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Edition, Report
from eventapp.review.tasks.queries import is_large
from eventapp.review.versions.editions import as_read, read_today

FILE = "report"
PRINTED = ("docx", "pdf", "html", "md")  # files to read, which show what was put right; the others are the values
STEPS = 2
MARK = 32  # letters of the digest of what stands beside the words of the version


class Wanted(NamedTuple):
    """Which file: of which version, in which format, and a mark of what corrects or supersedes it."""

    edition: str
    ending: str
    mark: str

    @property
    def key(self) -> str:
        return ".".join(self)


def is_made_apart(report: Report, paged: PagedEdition) -> bool:
    """Whether the worker makes the files of this version: of a long report of a large meeting."""
    return is_large(report.meeting) and paged.front.is_long


def wanted_of(report: Report, paged: PagedEdition, ending: str) -> Wanted:
    """Return which file this is now: another where the version was corrected or superseded since."""
    edition = paged.edition
    mark = digest(to_json(read_today(report, edition, paged.front.text))) if ending in PRINTED else edition.sha256
    return Wanted(str(edition.id), ending, mark[:MARK])


def asked_for(report: Report, wanted: Wanted) -> PreparedFile | None:
    """What was asked of the worker for this file last, as long as it is there."""
    return newest_file(report.meeting, FILE, wanted.key)


def made(report: Report, wanted: Wanted) -> PreparedFile | None:
    """The file, once the worker has made it."""
    row = asked_for(report, wanted)
    return row if row and row.state == DONE else None


def text_of(report: Report, edition: Edition, ending: str) -> Text:
    """Return what the file says: the version as it is printed today, or its values as published."""
    return as_read(report, edition) if ending in PRINTED else from_dict(edition.content)


def make(_meeting: Meeting, lease: Lease, tell: Tell) -> Made:
    """The published version as a file. Nothing is to be said of it."""
    wanted = Wanted(*lease.wanted.split("."))
    edition = db.session.get_one(Edition, int(wanted.edition))
    tell(0, STEPS)
    text = text_of(edition.report, edition, wanted.ending)
    tell(1, STEPS)
    content = written_by_worker(text, wanted.ending, lambda: tell(1, STEPS))
    tell(STEPS, STEPS)
    return Made(content)
