"""What the preview of a report is made of, and how the worker draws that of a large one: a part for each page."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from eventapp.clearance.checking.queries import rests_on
from eventapp.clearance.queries import progress_of
from eventapp.ground.db import db
from eventapp.ground.exact import to_plain
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.review.paged.content import Front
from eventapp.review.paged.laying_out import WHOLE, laid_out
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.stand.queries import stand_of
from eventapp.review.versions.publication_snapshot import frozen

PREVIEW = "preview"
STEPS = 3
HEAD, PLACES, PAGES = 0, 1, 2  # the numbers of the parts: of its pages, the first


@dataclass(frozen=True)
class Drawn:
    """The first part of a preview that the worker drew: what it rests on, as of when, and its front."""

    stand: str
    at: datetime
    front: Front


def as_published(report: Report, at: datetime) -> Text:
    """Return the report as it would be published at this moment."""
    adopted = progress_of(report, []).is_adopted
    return frozen(report, chapters_of(report), version=report.version + 1, at=at, adopted=adopted)


def stand_now(report: Report) -> str:
    """Return what is another whenever the preview may read otherwise. People at the doors are no part of it."""
    return stand_of(report.id, report.meeting_id, rests_on(report.id, report.meeting_id))


def draw(meeting: Meeting, lease: Lease, tell: Tell, *, clock: Callable[[], datetime]) -> Made:
    """Draw the preview of the report with this number: its head, where its paragraphs stand, and its pages."""
    report, at = db.session.get_one(Report, int(lease.wanted)), clock()
    stand = stand_now(report)  # before it is read: what is changed meanwhile is not shown for it
    tell(1, STEPS)
    text = as_published(report, at)
    tell(2, STEPS)
    front, pages = laid_out(text, WHOLE)
    places = {anchor: page.name for page in pages for piece in page.pieces for anchor in piece.anchors}
    return Made([_json(Drawn(stand, at, front)), _json(places), *map(_json, pages)])


def _json(value: object) -> bytes:
    return json.dumps(to_plain(value), ensure_ascii=False).encode()
