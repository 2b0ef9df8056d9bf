"""The production server on the measured site, with two workers, and what it costs in time and memory."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORKERS, THREADS = 2, 24
HEAP = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "524288", "_RJEM_MALLOC_CONF": "narenas:1,tcache:false"}
PATIENCE = 30
BARE = "/bare"  # where the measured site has a page of Flask that does nothing


@dataclass
class Server:
    """A running server: where it listens, which processes it is, and how long its first answer took."""

    port: int
    process: "subprocess.Popen[bytes]"
    seconds_to_first_answer: float

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def worker_megabytes(self) -> list[float]:
        """What each worker holds in memory now, with its part of what it shares; empty where the machine does not tell."""
        if not Path("/proc/self/smaps_rollup").exists():
            return []
        return [megabytes(pid, "Pss") for pid in children_of(self.process.pid)]


def settings(folder: Path, port: int) -> dict[str, str]:
    """The environment of everything that is measured: production, with no limit that a load would meet."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "ENVIRONMENT": "production",
        "SECRET_KEY": "measured measured measured 0123456789",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "ALLOW_NO_MAIL": "yes",
        "DATA_DIR": str(folder),
        "REGISTRATIONS_PER_HOUR": "100000000",
        **HEAP,
    }


@contextlib.contextmanager
def serving(environment: dict[str, str], port: int) -> Iterator[Server]:
    """Start it with these settings, and stop it at the end."""
    command = [sys.executable, "-m", "serve", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    flags = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "error"]
    started = time.perf_counter()
    last = ["--workers-kill-timeout", "2", "bench.site:app"]
    process = subprocess.Popen([*command, *flags, *last], env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield Server(port, process, time.perf_counter() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.01)
        else:
            return
    sys.exit("bench: the server did not start")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """The workers; not multiprocessing's own helper, which serves nobody."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in listed}
    return [child for child, command in commands.items() if b"resource_tracker" not in command]


def megabytes(pid: int, kind: str) -> float:
    """How much of this kind of memory the process has: Rss is what it sees, Pss has its part of what others see too."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")) / 1024
