"""How often something may be tried, counted in the database: memory is per process, and forgets."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from eventapp.db import db
from eventapp.people.models import RateHit

LONGEST_KEY = 160
KEPT = timedelta(days=2)


def allow(key: str, *, most: int, per: timedelta, at: datetime) -> bool:
    """Count one try under this key, and say whether it is within `most` in this fixed window of time."""
    window = int(at.timestamp() // per.total_seconds() * per.total_seconds())
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    count = (
        insert(RateHit)
        .values(key=key[:LONGEST_KEY], window=window, hits=1)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"hits": RateHit.hits + 1})
        .returning(RateHit.hits)
    )
    return db.session.execute(count).scalar_one() <= most


def forget_old_tries(*, at: datetime) -> None:
    """Remove counts that no window reaches any more."""
    db.session.execute(delete(RateHit).where(RateHit.window < int((at - KEPT).timestamp())))
