"""What this process and all that it started hold together: Linux tells of each what it shares with others by its part (PSS)."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.02  # seconds between two looks; a press lives for a fifth of a second


class Watched:
    """The most that was seen at one look, in MB; 0 where the system does not tell."""

    most: float = 0

    def look(self) -> None:
        self.most = max(self.most, sum(map(proportional, family(Path("/proc/self").resolve().name))) / 1024)


@contextmanager
def watched() -> Iterator[Watched]:
    """Look again and again while this runs. To look takes time: what is watched is not what is timed."""
    seen, ended = Watched(), threading.Event()

    def go_on() -> None:
        while not ended.wait(PAUSE):
            seen.look()

    with ThreadPoolExecutor(1) as watcher:
        going = watcher.submit(go_on)
        try:
            yield seen
        finally:
            ended.set()
    going.result()  # a look that failed has seen too little, and is no figure


def family(process: str) -> Iterator[str]:
    """This process and what came of it, as numbers; without who has not begun its own program yet and still is its parent."""
    yield process
    for children in threads(process):
        for child in read(children).split():
            if command(child) != command(process):
                yield from family(child)


def threads(process: str) -> list[Path]:
    """Where each of its threads tells what it started; none once it has ended."""
    try:
        return list(Path(f"/proc/{process}/task").glob("*/children"))
    except OSError:
        return []


def command(process: str) -> str:
    return read(Path(f"/proc/{process}/cmdline"))


def proportional(process: str) -> int:
    """Kilobytes, those shared by several counted by their part; 0 for who has just ended."""
    lines = read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # ended meanwhile, or no Linux
        return ""
