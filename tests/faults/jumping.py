"""The application on a machine whose clock is set while it runs: FILE of CLOCK_FILE says by how many seconds.

`tests.faults.jumping:app` is what a server serves; `python -m tests.faults.jumping` is the mail worker.
"""

import os
import time
from datetime import timedelta
from pathlib import Path
from threading import Thread

from eventapp.commands import create_app

FILE = Path(os.environ["CLOCK_FILE"])

app = create_app()


@app.before_request
def look() -> None:
    """Set the clock of this process as the file says: before anything is asked for."""
    app.config["CLOCK_OFFSET"] = timedelta(seconds=int(FILE.read_text()))


app.before_request_funcs[None].sort(key=lambda one: one is not look)


def look_for_ever() -> None:
    """For a process that nobody asks."""
    while True:
        look()
        time.sleep(0.02)


def deliver() -> None:
    """Be the mail worker of this machine."""
    look()
    Thread(target=look_for_ever, daemon=True).start()
    with app.app_context():
        app.cli.main(["mail", "deliver", "--forever"], standalone_mode=False)


if __name__ == "__main__":
    deliver()
