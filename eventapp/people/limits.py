"""How often something may be tried, counted in the database: memory is per process, and forgets."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv6Address, IPv6Network

from sqlalchemy import ColumnElement, Executable, bindparam, delete, select

from eventapp.ground.db import db
from eventapp.ground.db.dialects import insert_of
from eventapp.ground.db.types import Base
from eventapp.people.models import RateHit

LONGEST_KEY = 160
KEPT = timedelta(days=2)

HITS = Base.metadata.tables[RateHit.__tablename__]


@cache
def counting(dialect: str, tries: int) -> Executable:
    """The statement that counts so many tries at once, made once: building it costs more than running it."""
    rows = [{"key": bindparam(f"key{n}"), "window": bindparam("since"), "hits": 1} for n in range(tries)]
    more = {"hits": HITS.c.hits + 1}
    statement = insert_of(dialect)(HITS).values(rows)
    statement = statement.on_conflict_do_update(index_elements=["key", "window"], set_=more)
    counted: Executable = statement.returning(HITS.c.key, HITS.c.hits)
    return counted


def host_of(address: str) -> str:
    """The host at this address of a socket: of IPv6 the network of 64 bits, which is one house and all of it free."""
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))


def allow(key: str, *, most: int, per: timedelta, at: datetime) -> bool:
    """Count one try under this key, and say whether it is within `most` in this fixed window of time."""
    return allow_all({key: most}, per=per, at=at)


def allow_all(most: Mapping[str, int], *, per: timedelta, at: datetime) -> bool:
    """Count one try under each of these keys, and say whether all are within the most of theirs in this window."""
    window = window_of(at, per)
    bounds = {key[:LONGEST_KEY]: bound for key, bound in most.items()}
    names = {f"key{n}": key for n, key in enumerate(sorted(bounds))}  # in one order, so that no two wait for each other
    hits = db.session.execute(counting(db.engine.dialect.name, len(names)), {**names, "since": window})
    return all(count <= bounds[key] for key, count in hits)


def tries(key: str, *, per: timedelta, at: datetime) -> int:
    """How often this was tried in this window of time."""
    query = select(RateHit.hits).where(RateHit.key == key[:LONGEST_KEY], RateHit.window == window_of(at, per))
    return db.session.scalar(query) or 0


def window_of(at: datetime, per: timedelta) -> int:
    return int(at.timestamp() // per.total_seconds() * per.total_seconds())


def has_old_tries(at: datetime) -> bool:
    """Whether there are counts that no window reaches any more."""
    return db.session.scalar(select(RateHit.window).where(old(at)).limit(1)) is not None


def forget_old_tries(at: datetime) -> int:
    """Remove counts that no window reaches any more: their keys tell from which hosts people came. Returns how many."""
    return len(db.session.execute(delete(RateHit).where(old(at)).returning(RateHit.window)).all())


def old(at: datetime) -> ColumnElement[bool]:
    return RateHit.window < int((at - KEPT).timestamp())
