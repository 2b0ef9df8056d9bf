"""What every process counts, for Prometheus: requests, how long they took, the page cache, connections in use.

With PROMETHEUS_MULTIPROC_DIR set, as `./run` does, the processes of a machine count into files of that folder and
each of them answers for all; without it each answers for itself.
"""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

METHODS = ("GET", "HEAD", "POST")
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LENT = "lent"

OWN = CollectorRegistry()
ANSWERED = Counter(
    "eventapp_requests", "Requests answered.", ["feature", "method", "status"], registry=OWN
)  # status as 2xx
TOOK = Histogram(
    "eventapp_request_seconds", "From the request to the end of its answer.", ["feature"], buckets=SECONDS, registry=OWN
)
CONNECTIONS = Gauge(
    "eventapp_pool_connections", "Connections to the database in use.", registry=OWN, multiprocess_mode="livesum"
)


def count(feature: str, method: str, status: str, seconds: float) -> None:
    """One answered request: the feature whose page it was, its status (`200 OK`), how long it took."""
    ANSWERED.labels(feature, method if method in METHODS else "other", f"{status[:1]}xx").inc()
    TOOK.labels(feature).observe(seconds)


def watch_pool(engine: Engine) -> None:
    """Have the connections of this process counted while they are in use.

    One that leaves the pool for good (LISTEN) is detached and never checked in. One that was found dead, where no other
    could be opened, is checked in without having been lent.
    """
    event.listen(engine, "checkout", _lend)
    event.listen(engine, "checkin", _take_back)
    event.listen(engine, "detach", _take_back)


def _lend(_connection: object, entry: ConnectionPoolEntry, _lent: object) -> None:
    entry.info[LENT] = True
    CONNECTIONS.inc()


def _take_back(_connection: object, entry: ConnectionPoolEntry) -> None:
    if entry.info.pop(LENT, False):
        CONNECTIONS.dec()


def of_all_processes() -> CollectorRegistry:
    """What was counted by every process of this machine, or by this one alone where they share no folder."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return OWN
    forget_ended(Path(folder))
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    return registry


def forget_ended(folder: Path) -> None:
    """Leave out the connections of processes that have ended; what they answered stays counted."""
    for path in folder.glob("gauge_live*_*.db"):
        process = int(path.stem.rpartition("_")[2])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
        except PermissionError:
            continue  # it lives, as somebody else's
