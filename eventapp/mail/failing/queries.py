from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from eventapp.ground.db import db
from eventapp.mail.failing.models import FailingAddress

LASTS = timedelta(days=365)  # then letters go there again
AT_ONCE = 200  # rows that one transaction deletes


def failing_among(addresses: Iterable[str]) -> dict[str, FailingAddress]:
    """Those of these addresses at which letters do not arrive, with what was said of each."""
    query = select(FailingAddress).where(FailingAddress.address.in_(list(addresses)))
    return {row.address: row for row in db.session.scalars(query)}


def failed_last_year(at: datetime) -> Select[str]:
    """Ask for the addresses of which nothing was heard for a year."""
    return select(FailingAddress.address).where(FailingAddress.failed_at < at - LASTS).limit(AT_ONCE)
