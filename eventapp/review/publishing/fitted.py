from dataclasses import dataclass, field

from eventapp.ground.db.types import Record
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.review.paged.laying_out import LaidOut
from eventapp.review.reports import content
from eventapp.review.reports.models import Edition, Report


@dataclass(frozen=True)
class Fitted:
    """What would be published, worked out: its text, what it puts before the world, and who publishes it."""

    report: Report
    text: content.Report
    edition: Edition
    notes: list[Note]
    by: Person | None
    adopted: bool
    lines: list[Record]  # of each paragraph, for the search
    laid: LaidOut  # on pages
    ahead: list[int] = field(default_factory=list)  # the number of the edition, where it is written already
