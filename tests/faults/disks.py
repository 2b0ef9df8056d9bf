"""Disks that get full below a database, and have room again."""

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text

from tests.postgres import home_of, postgres, run

ROOM_LEFT = 100_000  # bytes: a few requests still find a place
PLENTY = "2g"
UNLIMITED = "unlimited"
SMALL_LOG = "--wal-segsize=1"  # MB: of a server whose files may hold only a little more


class Disk(Protocol):
    """What a database lies on."""

    address: str  # of the database

    def fill(self, *processes: int) -> None:
        """From now on there is hardly any room for what these write, or for what the database itself does."""

    def make_room(self, *processes: int) -> None:
        """There is room again."""


class ForFile:
    """No file of the server may grow by more than a little: the disk of SQLite, whose files its processes write."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.address = folder, f"sqlite:///{folder / 'eventapp.db'}"

    def fill(self, *processes: int) -> None:
        largest = max(file.stat().st_size for file in self.folder.glob("eventapp.db*"))
        for process in processes:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (largest + ROOM_LEFT, resource.RLIM_INFINITY))

    def make_room(self, *processes: int) -> None:
        for process in processes:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Limited:
    """No file of PostgreSQL may grow by more than a little: what a machine can do that mounts nothing.

    Only its user may limit its processes, where root is one of a container.
    """

    def __init__(self, address: str) -> None:
        self.address, self.home = address, home_of(address)

    def fill(self, *_processes: int) -> None:
        self.limit(max(file.stat().st_size for file in (self.home / "data" / "base").rglob("*")) + ROOM_LEFT)

    def make_room(self, *_processes: int) -> None:
        self.limit(UNLIMITED)

    def limit(self, largest: int | str) -> None:
        """Those that run, and those that the first of them will start."""
        first = (self.home / "data" / "postmaster.pid").read_text().split()[0]
        others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *others):
            try:
                run(self.home, "prlimit", f"--pid={process}", f"--fsize={largest}:", as_root=os.geteuid() == 0)
            except RuntimeError:
                if Path(f"/proc/{process}").exists():
                    raise  # one that ended meanwhile writes nothing more: a connection was closed


class Mounted:
    """A file system of its own, which can be made as small as what is in it."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder

    def fill(self, *_processes: int) -> None:
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:  # its log has room that it took before
            connection.execute(text("SELECT pg_switch_wal()"))
            connection.execute(text("CHECKPOINT"))
        engine.dispose()
        mount(self.folder, f"remount,size={shutil.disk_usage(self.folder).used + ROOM_LEFT}")

    def make_room(self, *_processes: int) -> None:
        mount(self.folder, f"remount,size={PLENTY}")


@contextmanager
def limited() -> Iterator[Limited]:
    with postgres(None, SMALL_LOG) as address:
        yield Limited(address)


@contextmanager
def mounted() -> Iterator[Mounted]:
    with tempfile.TemporaryDirectory(prefix="disk-", dir="/tmp") as name:
        folder = Path(name)
        mount(folder, f"mode=755,size={PLENTY}")
        try:
            with postgres(folder) as address:
                yield Mounted(address, folder)
        finally:
            subprocess.run(["umount", str(folder)], check=True)


def can_mount() -> bool:
    """Whether this is root, with the right to mount."""
    if os.geteuid():
        return False
    with tempfile.TemporaryDirectory(prefix="disk-", dir="/tmp") as folder:
        try:
            mount(Path(folder), "size=1m")
        except (subprocess.CalledProcessError, FileNotFoundError):
            return False
        subprocess.run(["umount", folder], check=True)
    return True


def mount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(folder)], check=True, capture_output=True)
