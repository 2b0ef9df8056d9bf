"""A server and a mail worker on one machine, which has a clock that can be set, and the mail server they send to."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from config import ROOT
from eventapp.ground.db import db
from eventapp.mail.models import SENT, Letter
from tests.faults.crowd import Crowd
from tests.faults.server import PATIENCE, Server, wait_until
from tests.mail.smtp import PostOffice

BETWEEN, LETTERS = 15, 3


class Machine:
    """A server and a mail worker that have one clock."""

    def __init__(self, database: str, folder: Path, office: PostOffice) -> None:
        self.clock = folder / "clock"
        mail = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(office.port), "MAIL_USE_TLS": "no"}
        self.server = Server(database, folder, "tests.faults.jumping:app", CLOCK_FILE=str(self.clock), **mail)
        self.office = office
        self.set_clock(timedelta())

    def set_clock(self, by: timedelta) -> None:
        """From now on it goes wrong by this much."""
        part = self.clock.with_suffix(".part")
        part.write_text(str(int(by.total_seconds())))
        part.replace(self.clock)
        time.sleep(0.2)

    @contextmanager
    def delivering(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "tests.faults.jumping"]
        worker = subprocess.Popen(command, cwd=ROOT, env=self.server.environment)
        try:
            yield worker
        finally:
            worker.terminate()
            worker.wait(PATIENCE)

    def go_on(self, crowd: Crowd) -> None:
        """People are acknowledged and letters go, as before."""
        sent = len(self.office.taken)
        crowd.wait_for_more(BETWEEN)
        wait_until(lambda: len(self.office.taken) >= sent + LETTERS, "no letter goes")


def nothing_waits() -> bool:
    """Whether every letter has left."""
    db.session.rollback()
    left = db.session.scalar(select(func.count()).where(Letter.state != SENT))
    db.session.rollback()
    return left == 0
