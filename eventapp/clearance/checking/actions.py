"""Looking through a report, while nothing is held."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select

from eventapp.clearance.checking.findings import written
from eventapp.clearance.checking.models import ReportCheck
from eventapp.clearance.checking.queries import old_checks, rests_on
from eventapp.clearance.queries import progress_of
from eventapp.ground.db import db
from eventapp.ground.db.apart import Changed, with_prepared
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, language
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.stand.queries import stand_of
from eventapp.review.versions.checks import findings
from eventapp.review.versions.publication import why_not

STEPS = 3


class Found(NamedTuple):
    """What was found, as it is kept, and whether the report stood as it did before when all was looked through."""

    stand: str
    why_not: str
    findings: Record
    is_as_before: bool


def check(
    report: Report,
    *,
    at: datetime,
    watch: Callable[[int, int], None] = lambda _done, _many: None,
    after: Callable[[], None] = lambda: None,
) -> None:
    """Look through the report and keep what was found in the place of what was found before in this language.

    Nothing is held but for the moment that writes it. Refused where it was changed again and again meanwhile.
    """
    report_id, meeting_id = report.id, report.meeting_id

    def look() -> Found:
        db.session.rollback()  # as it is now
        stand = stand_of(report_id, meeting_id, rests_on(report_id, meeting_id))
        now = db.session.get_one(Report, report_id)
        chapters = chapters_of(now)
        watch(1, STEPS)
        found = findings(now, chapters)
        watch(2, STEPS)
        sentence = why_not(now, chapters, found, at=at, adopted=progress_of(now, []).is_adopted)
        still = stand_of(report_id, meeting_id, rests_on(report_id, meeting_id))
        return Found(stand, sentence, written(found), still == stand)

    def keep(found: Found) -> None:
        if not found.is_as_before:
            raise Changed
        spoken = language()
        query = select(ReportCheck).where(ReportCheck.report_id == report_id, ReportCheck.language == spoken)
        row = db.session.scalar(query) or ReportCheck(report_id=report_id, language=spoken)
        row.at, row.stand, row.why_not, row.findings = at, found.stand, found.why_not, found.findings
        db.session.add(row)
        after()

    otherwise = _("The report was changed again and again while it was checked. Check it when nobody edits it.")
    with_prepared(look, keep, otherwise=otherwise)


def forget_old_checks(at: datetime) -> int:
    """Forget what counts no more. Returns how many there were."""
    gone = delete(ReportCheck).where(ReportCheck.id.in_(old_checks(at))).returning(ReportCheck.id)
    return len(db.session.scalars(gone).all())
