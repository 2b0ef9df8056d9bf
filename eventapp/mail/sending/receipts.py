"""What the mail server took last, in a file of this machine: the database learns it some milliseconds later.

A postman who is killed in between would leave a letter that goes a second time. To write one line where it stood before
takes a hundredth of a commit; only the death of the machine itself undoes it. Whoever works next on this machine reads
it before the lease is over, and no other may take the letter until then (docs/decisions/0002).
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Self

from eventapp.mail.sending.leases import Lease

A_LINE = 80  # bytes: written over the line before, so a full disk has room for it

log = logging.getLogger(__name__)


class Receipts:
    """The last receipt of this process, in a file that is locked as long as it lives; and those of the dead."""

    descriptor: int | None = None  # None: the folder cannot be written, and receipts are not kept
    path: Path | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            while self.path is None or not self.path.exists():  # another may have taken it for one of the dead
                self.close()
                self.open()
        except OSError:
            log.warning("No receipts are kept: %s cannot be written.", self.folder, exc_info=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self.path:
            self.path.unlink(missing_ok=True)
        self.close()

    def open(self) -> None:
        self.descriptor, name = mkstemp(dir=self.folder)
        fcntl.lockf(self.descriptor, fcntl.LOCK_EX)  # of this process: those that it starts have no part in it
        os.pwrite(self.descriptor, b" " * A_LINE, 0)
        self.path = Path(name)

    def close(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)
        self.descriptor, self.path = None, None

    def keep(self, lease: Lease) -> None:
        """The mail server took this letter."""
        if self.descriptor is not None:
            line = f"{lease.letter_id} {lease.tries} {lease.until.isoformat()}"
            with suppress(OSError):  # the letter has gone, whatever is written
                os.pwrite(self.descriptor, line.ljust(A_LINE).encode(), 0)

    def of_the_dead(self) -> Iterator[Lease]:
        """What was taken last from each process that lives no more; its file goes when the next one is asked for."""
        if self.path is None:
            return
        for path in self.folder.iterdir():
            if path == self.path:  # to open and close it would give up the lock
                continue
            with suppress(OSError), path.open("rb+") as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # one that lives has the lock
                if lease := lease_in(file.read(A_LINE)):
                    yield lease
                path.unlink(missing_ok=True)


def lease_in(line: bytes) -> Lease | None:
    """What stands in a file; None for nothing, and for what is no receipt."""
    try:
        letter_id, tries, until = line.decode().split()
        return Lease(int(letter_id), int(tries), datetime.fromisoformat(until))
    except ValueError:
        return None
