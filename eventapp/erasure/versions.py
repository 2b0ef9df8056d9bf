"""Looking for names in the kept versions of reports: one of them may have 12 MB of words, and they may be compressed.

Each is read, and written anew where a name is in it, before anything is held.
"""

import json
from dataclasses import dataclass

from sqlalchemy import Text, cast, select, update

from eventapp.erasure.models import Erasure
from eventapp.erasure.names import Names
from eventapp.ground.db import db
from eventapp.ground.db.in_runs import Stored, stored, words_in
from eventapp.review.reports.models import Snapshot
from eventapp.review.versions.snapshots import words_of_row

VERSIONS = Snapshot.__tablename__
WORDS = ("lines", "digest")


@dataclass(frozen=True)
class Version:
    """The next version that an erasure looks through, and its words without the names; None where they stay."""

    stand: tuple[int, str, int]
    number: int | None  # None: there is no other
    made: Stored | None = None


def stand_of(erasure: Erasure) -> tuple[int, str, int]:
    """How far this erasure is: nobody else writes in a version that is there, so it is as it was read then."""
    return erasure.id, erasure.place, erasure.after


def next_version(erasure: Erasure) -> Version:
    """Read the next version, before anything is held."""
    after = erasure.after if erasure.place == VERSIONS else 0
    query = select(Snapshot.id, cast(Snapshot.lines, Text), Snapshot.packed).where(Snapshot.id > after)
    row = db.session.execute(query.order_by(Snapshot.id).limit(1)).first()
    if row is None:
        return Version(stand_of(erasure), None)
    number, words, packed = row
    return Version(stand_of(erasure), number, without(Names(erasure.names), words_in(packed) if packed else words))


def write(version: Version) -> None:
    """Write its words without the names."""
    if version.made:
        row = update(Snapshot).where(Snapshot.id == version.number).values(words_of_row(version.made))
        db.session.execute(row.execution_options(synchronize_session=False))


def without(names: Names, words: str) -> Stored | None:
    """These words in JSON without the names; None where none is in them."""
    low = words.lower()
    if not any(one.lower() in low for one in names.pieces):
        return None
    before = json.loads(words)
    after = [names.taken_out(one) for one in before]
    return stored([json.dumps(one) for one in after]) if after != before else None
