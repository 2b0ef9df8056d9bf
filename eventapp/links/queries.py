from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, inspect, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.ground.security.tokens import hashes, made_of
from eventapp.links.models import Link, Purpose, Row

OPEN_LINKS = (
    select(Link)
    .where(Link.purpose == bindparam("purpose"), Link.target == bindparam("target"), Link.ended_at.is_(None))
    .order_by(Link.id.desc())
)


def behind(purpose: Purpose[Row], secret: str) -> tuple[Link, Row] | None:
    """The link with this secret and the row it opens, whether it works or not. None for a secret that was made for
    something else, or never. One query.
    """
    found = db.session.execute(opened_by(purpose), {"hashes": hashes(secret)}).first()
    return (found[0], found[1]) if found else None


@cache
def opened_by(purpose: Purpose[Row]) -> Select[Link, Row]:
    """The query for the row behind a link; built once for each purpose: building it costs more than running it."""
    query = select(Link, purpose.model).join(purpose.model, Link.target == inspect(purpose.model).primary_key[0])
    query = query.where(Link.hash.in_(bindparam("hashes", expanding=True)), Link.purpose == purpose.code)
    return query.options(*purpose.along)


def open_links(purpose: Purpose[Row], row: Row, *, at: datetime) -> list[Link]:
    """The links to this row that work, the newest first."""
    found = db.session.scalars(OPEN_LINKS, {"purpose": purpose.code, "target": number_of(row)})
    return [one for one in found if one.is_open(at)]


def secret_of(link: Link) -> str | None:
    """The secret of this link, made again; None where its seed or its key is gone."""
    made = made_of(link.purpose, link.seed) if link.seed else []
    return next((secret for secret, known in made if known == link.hash), None)


def working_secret(purpose: Purpose[Row], row: Row, *, at: datetime) -> str | None:
    """The secret of a link to this row that works, for a page of whoever may have it; None where there is none."""
    return next(filter(None, map(secret_of, open_links(purpose, row, at=at))), None)


def secret_for_letter(purpose: Purpose[Row], row: Row, *, at: datetime, under: Link | None = None) -> str | None:
    """The secret of a link to this row that works and is made with the key of now; None where there is none."""
    above = under.id if under else None
    for link in (one for one in open_links(purpose, row, at=at) if one.under_id == above):
        made, stored = made_of(purpose.code, link.seed)[0]
        if link.seed and stored == link.hash:
            return made
    return None


def working_secrets(purpose: Purpose[Row], numbers: Sequence[int], *, at: datetime) -> dict[int, str]:
    """The secrets of links that work, by the number of the row they open. Rows without one are not among them."""
    query = select(Link).where(Link.purpose == purpose.code, Link.target.in_(numbers), Link.ended_at.is_(None))
    open_ones = (one for one in db.session.scalars(query.order_by(Link.id)) if one.is_open(at))
    return {one.target: found for one in open_ones if (found := secret_of(one)) is not None}


def number_of(row: Base) -> int:
    """The number by which a link names this row, which is in the database already."""
    identity = inspect(row).identity
    if identity is None:
        raise LookupError(row)
    return int(identity[0])
