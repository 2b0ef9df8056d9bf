"""A server and a mail worker on one machine, which has a clock that can be set, and the mail server they send to."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

from sqlalchemy import func, select

from config import ROOT
from eventapp.ground.db import db
from eventapp.mail.models import SENT, Letter
from tests.faults.crowd import Crowd
from tests.faults.server import PATIENCE, Server, wait_until
from tests.mail.smtp import TAKEN, PostOffice

BETWEEN, LETTERS = 15, 3
JUMPING = "tests.faults.jumping"


class Holding:
    """The temper of a mail server that may keep the sender of one letter waiting, and then answers as it is told."""

    def __init__(self, answer: str) -> None:
        self.answer, self.holds, self.came = answer, Event(), Event()

    def at_data(self, _office: PostOffice, _to: str) -> str:
        if not self.holds.is_set():
            return TAKEN
        self.came.set()
        while self.holds.is_set():
            time.sleep(0.02)
        return self.answer


class Machine:
    """A server and a mail worker that have one clock."""

    def __init__(self, database: str, folder: Path, office: PostOffice) -> None:
        self.clock = folder / "clock"
        mail = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(office.port), "MAIL_USE_TLS": "no"}
        self.server = Server(database, folder, f"{JUMPING}:app", CLOCK_FILE=str(self.clock), **mail)
        self.office = office
        self.set_clock(timedelta())

    def set_clock(self, by: timedelta) -> None:
        """From now on it goes wrong by this much."""
        part = self.clock.with_suffix(".part")
        part.write_text(str(int(by.total_seconds())))
        part.replace(self.clock)
        time.sleep(0.2)

    @contextmanager
    def delivering(self, module: str = JUMPING) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", module]
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

    def wait_while_letters_go(self, is_so: Callable[[], bool], otherwise: str) -> None:
        """Until it is so: many letters may take their time where the machine has other things to do."""
        while not is_so():
            sent = len(self.office.taken)
            wait_until(partial(self.goes_on, is_so, sent), otherwise)

    def goes_on(self, is_so: Callable[[], bool], sent: int) -> bool:
        return is_so() or len(self.office.taken) > sent

    def sent_twice(self) -> list[str]:
        """To whom more than one letter went."""
        return [one for one, times in Counter(self.office.recipients).items() if times > 1]


def nothing_waits() -> bool:
    """Whether every letter has left."""
    db.session.rollback()
    left = db.session.scalar(select(func.count()).where(Letter.state != SENT))
    db.session.rollback()
    return left == 0
