from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from eventapp.ground.db import db
from eventapp.ground.security.tokens import made_of, secret
from eventapp.links.models import Link, Purpose, Row
from eventapp.links.queries import number_of, secret_for_letter


def issue(
    purpose: Purpose[Row],
    row: Row,
    *,
    meeting_id: int,
    at: datetime,
    expires_at: datetime | None = None,
    under: Link | None = None,
) -> str:
    """Make a new link to this row, which has its number already. Returns its secret, for a letter."""
    seed = secret()
    made, stored = made_of(purpose.code, seed)[0]
    db.session.add(
        Link(
            purpose=purpose.code,
            target=number_of(row),
            meeting_id=meeting_id,
            seed=seed,
            hash=stored,
            created_at=at,
            expires_at=expires_at,
            under_id=under.id if under else None,
        )
    )
    return made


def link_for_letter(
    purpose: Purpose[Row],
    row: Row,
    *,
    meeting_id: int,
    at: datetime,
    expires_at: datetime | None = None,
    under: Link | None = None,
) -> str:
    """The secret of the link to this row that works and is made with the key of now; a new one where there is none.

    The older ones go on working beside it.
    """
    known = secret_for_letter(purpose, row, at=at, under=under)
    return known or issue(purpose, row, meeting_id=meeting_id, at=at, expires_at=expires_at, under=under)


def end(purpose: Purpose[Row], row: Row, *, at: datetime, is_replaced: bool = False) -> None:
    """Stop every link to this row, and those that end with one of them. What ended before stays as it was."""
    db.session.flush()
    mine = select(Link.id).where(Link.purpose == purpose.code, Link.target == number_of(row))
    stopped = update(Link).where(or_(Link.id.in_(mine), Link.under_id.in_(mine)), Link.ended_at.is_(None))
    db.session.execute(stopped.values(ended_at=at, is_replaced=is_replaced))


def forget(purpose: Purpose[Row], numbers: Sequence[int]) -> None:
    """Delete every link to the rows with these numbers, and those that end with one of them: the rows are deleted, and
    SQLite may give their numbers to others.
    """
    mine = select(Link.id).where(Link.purpose == purpose.code, Link.target.in_(numbers))
    for which in (Link.under_id.in_(mine), Link.id.in_(mine)):
        db.session.execute(delete(Link).where(which), execution_options={"synchronize_session": False})
