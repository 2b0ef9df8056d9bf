from collections.abc import Iterable

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.mail.failing.models import FailingAddress


def failing_among(addresses: Iterable[str]) -> dict[str, FailingAddress]:
    """Those of these addresses at which letters do not arrive, with what was said of each."""
    query = select(FailingAddress).where(FailingAddress.address.in_(list(addresses)))
    return {row.address: row for row in db.session.scalars(query)}
