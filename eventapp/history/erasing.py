"""Taking names out of lines that are sealed: what was done, when and to what stays, and the chain holds."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.history.actions import Actor, record
from eventapp.history.chain import ERASING, seal_of
from eventapp.history.models import Entry


def seal_anew(entries: Sequence[Entry], thing: Base, *, by: Actor | None, at: datetime) -> None:
    """Seal these lines as they are now, without the names, and write down in one line about `thing` which they are.

    The lines may come in any order; they are named in that of their numbers.
    """
    if not entries:
        return
    lines = sorted(entries, key=lambda entry: entry.number or 0)
    for entry in lines:
        entry.resealed = ""  # the seal of before is part of what is sealed
        entry.resealed = seal_of(entry)
    db.session.flush()
    record(ERASING, thing, by=by, at=at, seals=[[entry.number, entry.resealed] for entry in lines])
