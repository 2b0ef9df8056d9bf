"""How long each request took and what became of it, by kind; and the table of it."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from threading import Lock

from bench.load import Answer, Browser, request

REFUSED = 400  # statuses from here on are errors: nobody here does what is not allowed
PERCENTILE = 0.95


@dataclass
class Kind:
    """The requests of one kind: milliseconds of each, and what went wrong with how many."""

    times: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def failed(self) -> int:
        return sum(self.errors.values())

    def at(self, share: float) -> float:
        """The milliseconds within which this share of them was answered."""
        ordered = sorted(self.times) or [0.0]
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Tally:
    """All kinds of one run; safe to use from many threads."""

    def __init__(self) -> None:
        self.kinds: dict[str, Kind] = {}
        self.lock = Lock()

    def add(self, name: str, milliseconds: float, error: str = "") -> None:
        with self.lock:
            kind = self.kinds.setdefault(name, Kind())
            kind.times.append(milliseconds)
            if error:
                kind.errors[error] += 1

    def table(self, seconds: float, bound: float) -> list[str]:
        """A line for each kind, those that miss the bound or have an error marked."""
        head = f"{'request':<34}{'count':>8}{'a second':>10}{'errors':>8}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}"
        lines = [head, "-" * len(head)]
        for name, kind in self.kinds.items():
            figures = f"{kind.at(0.5):>9,.0f}{kind.at(PERCENTILE):>9,.0f}{max(kind.times):>9,.0f}"
            mark = "" if is_told_only(name) or self.holds(kind, bound) else "  MISSED"
            lines.append(
                f"{name:<34}{len(kind.times):>8,}{len(kind.times) / seconds:>10.1f}{kind.failed:>8}{figures}{mark}"
            )
            lines += [f"    {many} × {error}" for error, many in sorted(kind.errors.items())]
        return lines

    def holds(self, kind: Kind, bound: float) -> bool:
        return not kind.failed and kind.at(PERCENTILE) <= bound


def is_told_only(name: str) -> bool:
    """Whether nothing is asked of it: what stands in brackets is no request."""
    return name.startswith("(")


class Device:
    """Somebody's browser: one kept connection, made anew where the server ended it, as browsers do."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.port, self.tally = port, tally
        self.browser: Browser | None = None
        self.cookies: dict[str, str] = {}

    def get(self, kind: str, path: str, **headers: str) -> Answer:
        return self.ask(kind, "GET", path, b"", {"Accept-Encoding": "br, gzip", **headers})

    def read(self, kind: str, path: str) -> str:
        """A page as text, uncompressed: for whoever fills in its form."""
        return self.ask(kind, "GET", path, b"", {}).body.decode()

    def post(self, kind: str, path: str, body: bytes, **headers: str) -> Answer:
        return self.ask(kind, "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def ask(self, kind: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """The answer, timed. One that does not come raises OSError, and is counted as an error."""
        words = {name.replace("_", "-"): value for name, value in headers.items()}
        began, is_kept = time.perf_counter(), self.browser is not None
        try:
            try:
                answer = self.send(method, path, body, words)
            except OSError:
                if not is_kept:
                    raise
                self.browser = None  # an idle connection that the server ended: once more on a new one
                answer = self.send(method, path, body, words)
        except OSError as error:
            self.browser = None
            self.tally.add(kind, (time.perf_counter() - began) * 1000, type(error).__name__)
            raise
        error_seen = str(answer.status) if answer.status >= REFUSED else ""
        self.tally.add(kind, (time.perf_counter() - began) * 1000, error_seen)
        return answer

    def send(self, method: str, path: str, body: bytes, words: dict[str, str]) -> Answer:
        self.browser = self.browser or Browser(self.port)
        self.browser.cookies = self.cookies
        return self.browser.send(request(method, path, body, self.browser.with_cookies(words)))
