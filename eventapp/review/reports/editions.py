"""Published reports: questions over their editions."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.review.reports.models import Edition, Report


def edition_of(report: Report, version: int | None = None) -> Edition | None:
    """The edition of this version, or the newest; None where nothing of the kind was published."""
    query = select(Edition).where(Edition.report_id == report.id).order_by(Edition.version.desc())
    return db.session.scalar(query.where(Edition.version == version) if version else query.limit(1))


def edition_at(slug: str, name: str) -> Select[int, int]:
    """The newest edition of the report of this name at a public meeting, with the version of the meeting."""
    return (
        select(Edition.id, Meeting.version)
        .join(Report, (Edition.report_id == Report.id) & (Edition.version == Report.version))
        .join(Meeting, Report.meeting_id == Meeting.id)
        .where(Meeting.slug == slug, Report.name == name, Meeting.published_at.is_not(None))
    )


def editions_of(meeting: Meeting) -> list[Edition]:
    """The newest edition of each published report, the newest first."""
    query = (
        select(Edition)
        .join(Edition.report)
        .where(Report.meeting_id == meeting.id, Edition.version == Report.version)
        .order_by(Edition.published_at.desc())
        .options(joinedload(Edition.report))
    )
    return list(db.session.scalars(query))
