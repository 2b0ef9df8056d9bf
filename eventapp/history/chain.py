"""The chain: each line's seal covers the line and the seal before it, so that no line changes or goes unseen."""

import json
from collections.abc import Iterator
from datetime import UTC
from hashlib import sha256

from sqlalchemy import Row, select

from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.history.models import ChainEnd, Entry

START = "0" * 64
AT_ONCE = 500


def seal_of(entry: Entry) -> str:
    """SHA-256 over the line and the seal before it, as 64 hexadecimal figures. Times are in UTC."""
    fields = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": [entry.by_id, entry.by_name],
        "verb": entry.verb,
        "thing": [entry.thing, entry.thing_id],
        "meeting": entry.meeting_id,
        "detail": entry.detail,
    }
    words = json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(f"{entry.previous}{words}".encode()).hexdigest()


def verify() -> list[str]:
    """Walk the whole chain. Returns a sentence for each fault, with the number of its line."""
    return list(faults())


def faults() -> Iterator[str]:
    number, seal = 0, START
    for line, expected in lines():
        number += 1
        if line.number != number:
            yield _("Line %(number)s is missing.", number=number)
            number = line.number or number
        elif line.previous != seal:
            yield _("Line %(number)s does not hang on the line before it.", number=number)
        if line.hash is None or line.hash != expected:
            yield _("Line %(number)s was changed after it was written.", number=number)
        seal = line.hash or ""
    yield from faults_at_the_end(number, seal)


def lines() -> Iterator[tuple[Row[int, int | None, str | None, str | None], str | None]]:
    """Each numbered line in its order, with the seal of what stands in it; None where that cannot be read at all."""
    page = select(Entry.id, Entry.number, Entry.previous, Entry.hash).order_by(Entry.number).limit(AT_ONCE)
    found = db.session.execute(page.where(Entry.number.is_not(None))).all()
    while found:
        seals = seals_of([line.id for line in found])
        yield from ((line, seals.get(line.id)) for line in found)
        found = db.session.execute(page.where(Entry.number > found[-1].number)).all()


def seals_of(ids: list[int]) -> dict[int, str]:
    """The seals of those of these lines that can be read: a file of SQLite takes a time that is none, by hand."""
    query = select(Entry).where(Entry.id.in_(ids)).execution_options(populate_existing=True)
    try:
        return {entry.id: seal_of(entry) for entry in db.session.scalars(query)}
    except (TypeError, ValueError):
        half = len(ids) // 2  # the one at fault is in one of them
        return {**seals_of(ids[:half]), **seals_of(ids[half:])} if half else {}


def faults_at_the_end(number: int, seal: str) -> Iterator[str]:
    unnumbered = db.session.scalars(select(Entry.id).where(Entry.number.is_(None)))
    yield from (_("The line in row %(row)s has no number.", row=row) for row in unnumbered)
    end = db.session.get(ChainEnd, 1)
    if end is None or (end.number, end.hash) != (number, seal):
        yield _("The chain ends at line %(number)s, not where it was left: lines after it are gone.", number=number)
