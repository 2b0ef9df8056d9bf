"""How often something may be tried, counted in the database: memory is per process, and forgets."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from eventapp.db import Base, db
from eventapp.people.models import RateHit

LONGEST_KEY = 160
KEPT = timedelta(days=2)

COUNT = {  # made once: building it costs more than running it
    name: insert(Base.metadata.tables[RateHit.__tablename__])
    .values(key=bindparam("tried"), window=bindparam("since"), hits=1)
    .on_conflict_do_update(index_elements=["key", "window"], set_={"hits": RateHit.hits + 1})
    .returning(RateHit.hits)
    for name, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}


def allow(key: str, *, most: int, per: timedelta, at: datetime) -> bool:
    """Count one try under this key, and say whether it is within `most` in this fixed window of time."""
    window = int(at.timestamp() // per.total_seconds() * per.total_seconds())
    count = COUNT[db.engine.dialect.name]
    return db.session.execute(count, {"tried": key[:LONGEST_KEY], "since": window}).scalar_one() <= most


def forget_old_tries(*, at: datetime) -> None:
    """Remove counts that no window reaches any more."""
    db.session.execute(delete(RateHit).where(RateHit.window < int((at - KEPT).timestamp())))
