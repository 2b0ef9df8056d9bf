"""A worker with a job that lasts as long as a file is there: `python -m tests.faults.held_worker FILE [careless]`.

Careless, it does the job itself, as if letters and jobs were one queue of one process. For the control.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from eventapp.commands import create_app
from eventapp.ground.jobs import left_out
from eventapp.ground.jobs.lanes import Lane
from eventapp.ground.jobs.scheduler import LongJob


def job_of(held: Path) -> LongJob[int]:
    """It writes down who began it, beside the file."""
    begun = held.with_suffix(".begun")

    def hold(process: int) -> None:
        with begun.open("a") as log:
            log.write(f"{process}\n")
        while held.exists():
            time.sleep(0.02)

    return LongJob("hold", lambda _at: held.exists(), lambda _at: os.getpid(), hold, is_heavy=True)


if __name__ == "__main__":
    left_out.LONGEST = timedelta(seconds=1)
    if "careless" in sys.argv:
        Lane._start = Lane.work  # type: ignore[method-assign]
    app = create_app()
    app.extensions["long_jobs"] = (job_of(Path(sys.argv[1])),)
    with app.app_context():
        app.cli.main(["mail", "deliver", "--forever"], standalone_mode=False)
