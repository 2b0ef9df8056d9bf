"""One batch of badges in a process of its own, so that its memory can be told: `python -m bench.badges 3000`.

With `together` after it, not the time but what it and its presses hold at once is measured.
"""

import gc
import json
import resource
import sys
import time
from pathlib import Path

from bench.together import watched
from bench.world import CROWDED, PEOPLE
from eventapp import create_app
from eventapp.badges.printing import sheet
from eventapp.badges.printing.layouts import Size
from eventapp.badges.queries import Choice, bearers, faces
from eventapp.meetings.queries import meeting_at

TO_MEGABYTES = 1024 * 1024 if sys.platform == "darwin" else 1024


def held_at_most() -> float:
    """What this process held at the most. Where the system tells, since it began: a peak is inherited from who began it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / TO_MEGABYTES
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def choice_of(many: int) -> Choice:
    """The first so many by number, as an organizer chooses some; everybody where the crowd is no larger."""
    chosen = () if many >= PEOPLE else tuple(f"R-{number:04}" for number in range(1, many + 1))
    return Choice(unprinted=False, references=chosen)


def main(many: int) -> None:
    started = time.perf_counter()
    shown, pdf = made(many)
    seconds = time.perf_counter() - started
    own, press = held_at_most(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / TO_MEGABYTES
    print(json.dumps({"seconds": seconds, "megabytes": len(pdf) / 1e6, "own": own, "press": press, "many": shown}))


def made(many: int) -> tuple[int, bytes]:
    """From the database to the PDF."""
    meeting = meeting_at(CROWDED)
    assert meeting is not None
    shown = faces(meeting, bearers(meeting, choice_of(many)))
    return len(shown), sheet.pdf(shown, Size.A6, title="Measured badges").pdf


def together(many: int) -> None:
    with watched() as seen:
        made(many)
    print(json.dumps({"together": seen.most}))


RUSAGE_SELF, RUSAGE_CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN

if __name__ == "__main__":
    app = create_app()
    gc.freeze()  # as wsgi.py does  # as the server does
    with app.app_context():
        (together if sys.argv[2:] == ["together"] else main)(int(sys.argv[1]))
