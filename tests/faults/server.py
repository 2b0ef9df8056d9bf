"""The production server as `./run` starts it, to be killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config import ROOT
from tests.journeys.site import wait_for
from tests.ports import free_port

PATIENCE = 180  # seconds: nobody waits for what comes, and a loaded machine stands still


def flags_of_run(environment: Mapping[str, str]) -> list[str]:
    """How `./run` starts the server in this environment, but for its address and the application."""
    script = (ROOT / "run").read_text().replace("\\\n", " ")
    found = re.search(r"apart serve (.*?) wsgi:app &", script)
    assert found, "run no longer starts the server in these words"
    words = re.sub(r'--(host|port) "\$\w+"', "", found[1])
    return re.sub(r'"\$\{(\w+):-(\w+)\}"', lambda setting: environment.get(setting[1], setting[2]), words).split()


class Server:
    """A server on this database. `application` is what it serves; `settings` is how many do so."""

    def __init__(self, database: str, folder: Path, application: str = "wsgi:app", **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.application, self.log = application, folder / "server.log"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "ENVIRONMENT": "production",
            "SECRET_KEY": "only-for-faults-0123456789-abcdefghijklm",
            "BASE_URL": self.address,
            "ALLOW_NO_MAIL": "yes",
            "DATABASE_URL": database,
            "DATA_DIR": str(folder),
            "REGISTRATIONS_PER_HOUR": "1000000",
            **settings,
        }

    def start(self) -> None:
        """Start it, and wait until it answers."""
        where = ["--host", "127.0.0.1", "--port", str(self.port)]
        command = [sys.executable, "-m", "serve", *flags_of_run(self.environment), *where, self.application]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self.address)

    def workers(self) -> list[int]:
        """The processes that answer, in the order they were started."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        spawned = (child for child in map(int, listed) if b"resource_tracker" not in command_of(child))
        return sorted(spawned)

    def kill_a_worker(self) -> None:
        """The oldest worker dies at once, as if memory had run out; wait until another stands in its place."""
        before = self.workers()
        os.kill(before[0], signal.SIGKILL)
        wait_until(lambda: len(set(self.workers()) - set(before)) == 1, "nobody stands in for the killed worker")

    def kill(self) -> None:
        """All of it dies at once, as if the power had gone."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def gave_no_answer(self, port: int) -> None:
        """A request to this port got no answer. One machine alone has nobody to send it to instead."""

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.stop()


def command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or before it was read
        return b"resource_tracker"


def wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)
