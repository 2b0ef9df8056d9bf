"""What is written for the next corrigendum."""

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.review.reports.models import Correction, Report


def waiting_corrections(report: Report, version: int) -> list[Correction]:
    """The entries for this version that were not published yet, in the order they were written."""
    query = select(Correction).where(Correction.report_id == report.id, Correction.corrigendum_id.is_(None))
    return list(db.session.scalars(query.where(Correction.version == version).order_by(Correction.id)))


def waiting_correction(report: Report, number: int) -> Correction | None:
    """The entry of this report with this number of its row, where it is not published yet."""
    query = select(Correction).where(Correction.report_id == report.id, Correction.corrigendum_id.is_(None))
    return db.session.scalar(query.where(Correction.id == number))
