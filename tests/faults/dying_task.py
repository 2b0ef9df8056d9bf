"""A worker that dies once a report is worked out and before it is written: `python -m tests.faults.dying_task`."""

import os
from typing import Any

from eventapp.commands import create_app
from eventapp.ground.clock import now
from eventapp.ground.jobs.scheduler import work_long
from eventapp.review.compilation import drafting
from eventapp.review.compiling.actions import merge
from tests.faults.dying import KILLED


def die(*worked_out: Any) -> None:
    merge(*worked_out)
    os._exit(KILLED)


if __name__ == "__main__":
    drafting.merge = die  # type: ignore[attr-defined, assignment]  # a worker that is killed
    app = create_app()
    with app.app_context():
        work_long(app.extensions["long_jobs"], at=now())
