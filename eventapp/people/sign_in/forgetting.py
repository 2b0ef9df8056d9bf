"""Links to sign in, and sign-ins that are over: their rows go, for they tell when who came with what browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select

from eventapp.ground.db import db
from eventapp.people.models import SignIn, SignInRequest

LINKS_LAST = timedelta(days=2)  # after it could be used: as long as tries are counted
ROWS_LAST = timedelta(days=30)  # after its end
AT_ONCE = 200  # rows that one transaction deletes


@dataclass(frozen=True)
class Lasting:
    """How long a sign-in lasts without use, and in any case."""

    idle: timedelta
    most: timedelta


def old_links(at: datetime) -> Select[int]:
    """Ask for the links, by number, that could be used long ago."""
    return select(SignInRequest.id).where(SignInRequest.expires_at < at - LINKS_LAST).limit(AT_ONCE)


def old_sign_ins(at: datetime, lasting: Lasting) -> Select[int]:
    """Ask for the sign-ins, by number, that ended long ago, by somebody or by themselves."""
    since = at - ROWS_LAST
    by_itself = (SignIn.last_seen_at < since - lasting.idle, SignIn.signed_in_at < since - lasting.most)
    return select(SignIn.id).where(or_(SignIn.ended_at < since, *by_itself)).limit(AT_ONCE)


def forget_links(at: datetime) -> int:
    """Delete links that could be used long ago. Returns how many."""
    numbers = list(db.session.scalars(old_links(at)))
    db.session.execute(delete(SignInRequest).where(SignInRequest.id.in_(numbers)))
    return len(numbers)


def forget_sign_ins(at: datetime, lasting: Lasting) -> int:
    """Delete sign-ins that ended long ago. Returns how many."""
    numbers = list(db.session.scalars(old_sign_ins(at, lasting)))
    db.session.execute(delete(SignIn).where(SignIn.id.in_(numbers)))
    return len(numbers)
