"""A place among the temporary files for an open copy of a database, of which a killed run leaves nothing for long."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

PREFIX = "eventapp-copy-"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that only this user opens, and that is gone afterwards. What killed runs left of theirs goes first."""
    for left in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):  # another run ended, or removed it
            if left.lstat().st_uid == os.getuid() and left.is_dir():
                remove_unheld(left)
    with TemporaryDirectory(prefix=PREFIX) as name, held(Path(name)):
        yield Path(name)


def remove_unheld(folder: Path) -> None:
    """Remove this folder, unless the process that made it lives."""
    with held(folder) as is_ours:
        if is_ours:
            shutil.rmtree(folder)


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a folder as long as this process lives. False where another holds it, or its disk knows no locks."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
