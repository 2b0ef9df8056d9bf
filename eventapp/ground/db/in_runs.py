"""A long list, kept compressed in runs: all but a few runs are ready before anything is held.

To write 12 MB of JSON takes too long under the lock, and so does compressing it there. The runs stand behind one
another as one stream of zlib, and each is compressed without looking back at those before it.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.ground.db import compressed
from eventapp.ground.db.types import Record

RUN = 50  # parts compressed at once: about a millisecond where each has 4,000 characters
QUICK = 1  # of zlib: a fifth of the time that its usual 6 takes, for a tenth more bytes
RAW = -zlib.MAX_WBITS  # without a sum of all at the end, which would have to be counted under the lock
MOST_OPEN = 4  # of so many runs one may be open, or the list is written as it is


@dataclass(frozen=True)
class Stored:
    """What the row has: the list in JSON, or "[]" and the list compressed; and the digest of that JSON."""

    written: str
    packed: bytes | None
    digest: str


class Runs:
    """A list whose parts are in JSON already, but for those that are "": they are known only under the lock."""

    def __init__(self, parts: Sequence[str]) -> None:
        starts = range(0, len(parts) or 1, RUN)
        self.known = [_run(parts, first) if all(parts[first : first + RUN]) else "" for first in starts]
        is_long = sum(map(len, self.known)) >= compressed.LONG and self.known.count("") * MOST_OPEN <= len(self.known)
        self.packed = [_packed(one) if one else b"" for one in self.known] if is_long else []
        self.counted = (*self.known, "").index("")  # runs that the digest has so far
        self.counting = hashlib.sha256("".join(self.known[: self.counted]).encode())

    @property
    def digest(self) -> str | None:
        """The digest of the JSON; None while a part is not known."""
        return self.counting.hexdigest() if all(self.known) else None

    def filled(self, parts: Sequence[str]) -> Stored:
        """Return what the row has with these parts; those that were known are the same."""
        runs = [one or _run(parts, place * RUN) for place, one in enumerate(self.known)]
        counting = self.counting.copy()
        counting.update("".join(runs[self.counted :]).encode())
        if not self.packed:
            return Stored("".join(runs), None, counting.hexdigest())
        packed = [done or _packed(run) for done, run in zip(self.packed, runs, strict=True)]
        return Stored("[]", b"".join([*packed, _end()]), counting.hexdigest())


def plain(parts: Sequence[str]) -> Stored:
    """Return what the row has where a list is made under the lock: it is written as it is, in less time."""
    written = f"[{', '.join(parts)}]"
    return Stored(written, None, digest_of(written))


def stored(parts: Sequence[str]) -> Stored:
    """Return what the row has of a list that is all known, before anything is held."""
    return Runs(parts).filled(parts)


def digest_of(written: str) -> str:
    """The digest of a list in JSON, as `json.dumps` writes it."""
    return hashlib.sha256(written.encode()).hexdigest()


def digest_by_runs(parts: Sequence[Record]) -> str:
    """The same of a list that is not in JSON yet: written run by run, for to hold all of it takes twice as long."""
    counting = hashlib.sha256(b"[")
    for first in range(0, len(parts), RUN):
        counting.update(f"{', ' if first else ''}{json.dumps(parts[first : first + RUN])[1:-1]}".encode())
    counting.update(b"]")
    return counting.hexdigest()


def words_in(packed: bytes) -> str:
    """The list in JSON, of what a row has compressed."""
    return zlib.decompress(packed, RAW).decode()


def _run(parts: Sequence[str], first: int) -> str:
    """The run of the JSON from this part on: all of them behind one another are the whole list."""
    before, after = "[" if first == 0 else ", ", "]" if first + RUN >= len(parts) else ""
    return f"{before}{', '.join(parts[first : first + RUN])}{after}"


def _packed(run: str) -> bytes:
    making = zlib.compressobj(QUICK, wbits=RAW)
    return making.compress(run.encode()) + making.flush(zlib.Z_FULL_FLUSH)


def _end() -> bytes:
    return zlib.compressobj(wbits=RAW).flush()
