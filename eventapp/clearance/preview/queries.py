"""The preview of a large report as the worker drew it, as long as the report reads so."""

import json
from datetime import datetime

from eventapp.clearance.preview.drawing import HEAD, PAGES, PLACES, PREVIEW, Drawn, stand_now
from eventapp.ground.exact import read
from eventapp.ground.jobs.leased import DONE
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import LASTS, newest_file, part_of
from eventapp.review.paged.content import ReportPage
from eventapp.review.reports.models import Report


class DrawnPreview:
    """A preview with its front, its pages by their names, and where each paragraph stands."""

    def __init__(self, file_id: int, drawn: Drawn) -> None:
        self.file_id = file_id
        self.at = drawn.at
        self.front = drawn.front

    def page(self, name: str) -> ReportPage | None:
        """The page of this name; "" is all of a short report. None where there is none."""
        names = [one.name for one in self.front.pages]
        part = part_of(self.file_id, PAGES + names.index(name)) if name in names else None
        return read(ReportPage, json.loads(part), "page") if part else None

    def page_with(self, anchor: str) -> str | None:
        """The name of the page on which this stands, as an address names it; None where there is none such."""
        part = part_of(self.file_id, PLACES)
        places: dict[str, str] = json.loads(part) if part else {}
        return places.get(anchor)


def asked_for(report: Report) -> PreparedFile | None:
    """What was asked of the worker for a preview of this report last, as long as it is there."""
    return newest_file(report.meeting, PREVIEW, str(report.id))


def preview_of(report: Report, at: datetime) -> DrawnPreview | None:
    """The preview that the worker drew; None where none is kept, or the report reads otherwise now.

    A note may have been taken back or off the record since, so that not one page of it is shown then.
    """
    row = asked_for(report)
    if row is None or row.state != DONE or row.at < at - LASTS:
        return None
    part = part_of(row.id, HEAD)
    drawn = read(Drawn, json.loads(part), "preview") if part else None
    return DrawnPreview(row.id, drawn) if drawn and drawn.stand == stand_now(report) else None
