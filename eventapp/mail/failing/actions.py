from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from eventapp.ground.db import db
from eventapp.ground.db.dialects import insert_of
from eventapp.ground.text.policy import folded
from eventapp.mail.failing.models import FailingAddress
from eventapp.mail.failing.queries import failed_last_year
from eventapp.mail.failing.reports import Bounce
from eventapp.mail.mailbox import is_one_mailbox


def mark_failing(bounces: Sequence[Bounce], *, at: datetime) -> int:
    """Write down that letters do not arrive at these addresses, and why. Returns at how many, without what is none."""
    rows = {folded(one.address): one.reason for one in bounces if is_one_mailbox(one.address)}
    for address, reason in sorted(rows.items()):  # in one order, so that two reports never wait for each other
        statement = insert_of(db.engine.dialect.name)(FailingAddress)
        row = {"failed_at": at, "reason": reason}
        statement = statement.values(address=address, **row)
        db.session.execute(statement.on_conflict_do_update(index_elements=["address"], set_=row))
    return len(rows)


def trust_again(address: str) -> bool:
    """Forget that letters did not arrive there. Returns whether that was known."""
    row = db.session.get(FailingAddress, address, with_for_update=True)
    if row:
        db.session.delete(row)
    return row is not None


def forget_old(at: datetime) -> int:
    """Forget that letters did not arrive, where that was a year ago. Returns at how many addresses."""
    old = list(db.session.scalars(failed_last_year(at)))
    db.session.execute(delete(FailingAddress).where(FailingAddress.address.in_(old)))
    return len(old)
