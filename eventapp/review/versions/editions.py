"""The published versions of a report, as a reader finds them: which there are, and what proves their words."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.review.reports.models import Edition, Report


class Version(NamedTuple):
    """One published version of a report: its number, when it was published, and the hash of its JSON."""

    number: int
    published_at: datetime
    sha256: str

    @property
    def corrigendum(self) -> int:
        """The number of the corrigendum it is; 0 for the first version."""
        return self.number - 1


def versions_of(report: Report) -> list[Version]:
    """Every published version of the report without its words, the newest first."""
    query = select(Edition.version, Edition.published_at, Edition.sha256).where(Edition.report_id == report.id)
    return [Version(*row) for row in db.session.execute(query.order_by(Edition.version.desc()))]
