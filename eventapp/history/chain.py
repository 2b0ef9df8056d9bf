"""The chain: each line's seal covers the line and the seal before it, so that no line changes or goes unseen.

Whoever can write the tables could seal them anew. With a key that is not in the database (HISTORY_KEYS) they cannot:
every line is sealed with one from HISTORY_KEYED_FROM on, and from the first line on that has one. That number is not in
the database either: else who seals all lines anew without a key makes them look older than the key.

A line out of which names were taken keeps its seal, on which the next one hangs, and has another one over what is left.
That one stands in a later line of the chain, which says that names were taken out: no other change is believed.
"""

import hmac
import json
from collections.abc import Iterator
from datetime import UTC
from hashlib import sha256

from flask import current_app
from sqlalchemy import Row, select

from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.history.models import ChainEnd, Entry

START = "0" * 64
ERASING = "took names out of the history"  # whose detail has the number and the new seal of each such line
AT_ONCE = 500


def seal_of(entry: Entry) -> str:
    """The seal of a line that is written now: by the newest key, by none where there is no key. See `seals_for`."""
    return seals_for(entry)[0]


def seals_for(entry: Entry) -> list[str]:
    """The seals this line may have: by each of our keys, the newest first, and last the one without a key.

    HMAC-SHA256, or SHA-256, over the line and the seal before it, as 64 hexadecimal figures. Times are in UTC.
    """
    fields = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": [entry.by_id, entry.by_name],
        "verb": entry.verb,
        "thing": [entry.thing, entry.thing_id],
        "meeting": entry.meeting_id,
        "detail": entry.detail,
    }
    if entry.resealed is not None:
        fields["was"] = entry.hash
    words = json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    content = f"{entry.previous}{words}".encode()
    keys: list[str] = current_app.config["HISTORY_KEYS"]
    return [*(hmac.digest(key.encode(), content, "sha256").hex() for key in keys), sha256(content).hexdigest()]


def verify() -> list[str]:
    """Walk the whole chain. Returns a sentence for each fault, with the number of its line."""
    return list(faults())


def against(number: int, seal: str) -> str:
    """What is wrong with the history by an anchor: a line and its seal that were printed. '' where they agree.

    A line out of which names were taken keeps the seal that was printed. What comes before hangs on it: see `verify`.
    """
    found = db.session.execute(select(Entry.hash).where(Entry.number == number)).first()
    if found is None:
        return _("The history has no line %(number)s.", number=number)
    if not hmac.compare_digest((found.hash or "").encode(), seal.strip().lower().encode()):
        return _(
            "Line %(number)s has another seal than the one that was printed: the history was changed.", number=number
        )
    return ""


def faults() -> Iterator[str]:
    number, seal, unkeyed, has_keyed = 0, START, 0, False
    erased = seals_of_erasures()
    for line, right in lines():
        number += 1
        if line.number != number:
            yield _("Line %(number)s is missing.", number=number)
            number = line.number or number
        elif line.previous != seal:
            yield _("Line %(number)s does not hang on the line before it.", number=number)
        if line.resealed is not None:
            if (number, line.resealed) not in erased or line.resealed not in right:
                yield _("Line %(number)s was changed after it was written.", number=number)
        elif line.hash is None or line.hash not in right:
            yield _("Line %(number)s was changed after it was written.", number=number)
        elif has_keyed and line.hash == right[-1]:
            yield _("Line %(number)s was sealed without the key.", number=number)
        elif line.hash == right[-1]:
            unkeyed = number
        has_keyed = has_keyed or (line.resealed is None and line.hash in right[:-1])
        seal = line.hash or ""
    if number and current_app.config["HISTORY_KEYS"]:
        yield from faults_of_keys(unkeyed, has_keyed)
    yield from faults_at_the_end(number, seal)


def faults_of_keys(unkeyed: int, has_keyed: bool) -> Iterator[str]:  # noqa: FBT001 -- told by `faults` alone
    """What is wrong where lines stand without a key, the last of them with this number, before the first with one."""
    first: int = current_app.config["HISTORY_KEYED_FROM"]
    if unkeyed >= first:
        yield _(
            "The lines from %(first)s to %(last)s were sealed without a key. If HISTORY_KEYS was first set after line "
            "%(last)s was written, set HISTORY_KEYED_FROM=%(next)s. If it was set before, somebody without the key "
            "sealed them anew.",
            first=first,
            last=unkeyed,
            next=unkeyed + 1,
        )
    elif not has_keyed:
        yield _("No line is sealed with a key of HISTORY_KEYS.")


def seals_of_erasures() -> set[tuple[int, str]]:
    """The number and the seal of each line out of which names were taken, as later lines say them."""
    details = select(Entry.detail).where(Entry.verb == ERASING)
    try:
        pairs = [pair for detail in db.session.scalars(details) for pair in detail.get("seals", ())]
        return {(number, seal) for number, seal in pairs}
    except (AttributeError, TypeError, ValueError):
        return set()  # one of them was changed by hand, and is named itself


def lines() -> Iterator[tuple[Row[int, int | None, str | None, str | None, str | None], list[str]]]:
    """Each numbered line in its order, with the seals it may have; none where it cannot be read at all."""
    page = (
        select(Entry.id, Entry.number, Entry.previous, Entry.hash, Entry.resealed).order_by(Entry.number).limit(AT_ONCE)
    )
    found = db.session.execute(page.where(Entry.number.is_not(None))).all()
    while found:
        seals = seals_of([line.id for line in found])
        yield from ((line, seals.get(line.id, [])) for line in found)
        found = db.session.execute(page.where(Entry.number > found[-1].number)).all()


def seals_of(ids: list[int]) -> dict[int, list[str]]:
    """The seals of those of these lines that can be read: a file of SQLite takes a time that is none, by hand."""
    query = select(Entry).where(Entry.id.in_(ids)).execution_options(populate_existing=True)
    try:
        return {entry.id: seals_for(entry) for entry in db.session.scalars(query)}
    except (TypeError, ValueError):
        half = len(ids) // 2  # the one at fault is in one of them
        return {**seals_of(ids[:half]), **seals_of(ids[half:])} if half else {}


def faults_at_the_end(number: int, seal: str) -> Iterator[str]:
    unnumbered = db.session.scalars(select(Entry.id).where(Entry.number.is_(None)))
    yield from (_("The line in row %(row)s has no number.", row=row) for row in unnumbered)
    end = db.session.get(ChainEnd, 1)
    if end is None or (end.number, end.hash) != (number, seal):
        yield _("The chain ends at line %(number)s, not where it was left: lines after it are gone.", number=number)
