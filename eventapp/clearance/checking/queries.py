from datetime import datetime, timedelta

from sqlalchemy import Select, select

from eventapp.clearance.checking.models import ReportCheck
from eventapp.clearance.models import Adoption
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.i18n import language
from eventapp.review.publishing.actions import listed
from eventapp.review.reports.models import Report
from eventapp.review.stand.queries import stand_of

LASTS = timedelta(days=1)  # so long what was found counts, if nothing changes


def adoptions(report_id: int) -> Query:
    """Ask for what the meeting adopted of the report: whether it goes out as a draft rests on it."""
    rows = select(Adoption.id, Adoption.version, Adoption.undone_at).where(Adoption.report_id == report_id)
    return rows.order_by(Adoption.id)


def rests_on(report_id: int, meeting_id: int) -> tuple[Query, ...]:
    """Ask for what a check rests on besides the stand of the report: who is listed, and what was adopted."""
    return (*listed(meeting_id), adoptions(report_id))


def check_of(report: Report, at: datetime) -> ReportCheck | None:
    """What the worker found in the report, for a reader of this language; None where it changed since, or nobody asked.

    People who come in at the doors change nothing: they do all the time, and publishing counts them again.
    """
    query = select(ReportCheck).where(ReportCheck.report_id == report.id, ReportCheck.language == language())
    found = db.session.scalar(query)
    if found is None or found.at < at - LASTS:
        return None
    stand = stand_of(report.id, report.meeting_id, rests_on(report.id, report.meeting_id))
    return found if found.stand == stand else None


def old_checks(at: datetime) -> Select[int]:
    """Ask for the checks that count no more at this moment, whatever changed."""
    return select(ReportCheck.id).where(ReportCheck.at < at - LASTS)
