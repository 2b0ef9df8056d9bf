"""`./run bench kills`: server and mail worker are killed again and again while people work; nothing may be missing."""

import argparse
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

from sqlalchemy import func, select

from bench.whole.busy import working
from bench.whole.ledger import Ledger, everything_missing, missed_by
from bench.whole.site import DATABASES, WORKER, Site, the_meeting, whole
from bench.world import PEOPLE
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.mail.models import WAITING, Letter
from eventapp.messages.actions import Content, send, write
from eventapp.messages.audience import Audience
from eventapp.people.actions import know

CARELESS = ("tests.faults.careless:app", ("tests.faults.careless_post",))
ON_THE_DISK = "/var/tmp"
PAUSES = (0.3, 6.0)  # seconds between two kills of the same process, at random; a mail worker starts in two
TOLD_EVERY = 25
LETTERS_OUT = 900  # seconds until no letter may wait: one whose worker died waits 80 for another
SUBJECT = "The closing session moves"
TEXTS = {"en": {"subject": SUBJECT, "text": "Dear {name},\n\nit moves to Conference Room 1 and begins at 16:30."}}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench kills", description=__doc__)
    parser.add_argument("--times", type=int, default=1000, help="so many in all, over the databases")
    parser.add_argument("--database", choices=DATABASES, help="only this one; both in turn where it is left out")
    parser.add_argument("--seed", type=int, default=20, help="of the moments")
    parser.add_argument("--careless", action="store_true", help="the control: promise first, write later")
    chosen = parser.parse_args(words)
    databases = [chosen.database] if chosen.database else list(DATABASES)
    times = -(-chosen.times // len(databases))
    seen = [killed(one, times, Random(chosen.seed), careless=chosen.careless) for one in databases]
    return 0 if all(bool(faults) == chosen.careless for faults in seen) else 1


def killed(database: str, times: int, chance: Random, *, careless: bool) -> list[str]:
    """Kill so often, then compare. Prints what is missing, and returns it."""
    print(f"\nbench: building the meeting on {database} …", flush=True)
    application, post = CARELESS if careless else ("wsgi:app", WORKER)
    many = 0 if careless else PEOPLE  # the control needs no message, whose letters take it long
    with whole(database, application=application, post=post, home=ON_THE_DISK) as site:
        ledger = Ledger(site.office)
        with site.app.app_context():
            if many:
                write_to_all()
        began = time.monotonic()
        with working(site, ledger):
            kill_so_often(site, ledger, times, chance)
        print(f"bench: {len(ledger.kills):,} kills; waiting until every letter has gone …", flush=True)
        wait_for_letters(site, many)
        with site.app.app_context():
            faults, lines = everything_missing(ledger)
            faults += missed_by(SUBJECT) if many else []
    print(f"{len(ledger.kills):,} kills in {time.monotonic() - began:.0f} s: {ledger.of_each()}")
    print("\n".join(lines))
    for fault in faults[:40]:
        print(f"  MISSING  {fault}")
    verdict = ("the control is seen" if faults else "the control is NOT seen") if careless else "PASS"
    print(f"{database}: {'MISSED' if faults and not careless else verdict}", flush=True)
    return faults


def write_to_all() -> None:
    """A message to everybody, whose letters the worker writes and sends while it is killed."""
    at = now()
    with transaction():
        organizer = know("Bench Organizer", "organizer@example.org", at=at)
        message = write(the_meeting(), Content(TEXTS, Audience(), is_necessary=True), by=organizer, at=at)
        send(message, by=organizer, at=at)
    db.session.remove()


def kill_so_often(site: Site, ledger: Ledger, times: int, chance: Random) -> None:
    """Server and mail worker side by side, half of the times each, at moments of their own."""
    halves = (
        (times // 2, lambda own: kill_the_server(site, ledger, own)),
        (
            times - times // 2,
            lambda _own: kill_the_post(site, ledger),
        ),
    )
    with ThreadPoolExecutor(len(halves)) as pool:
        going = [pool.submit(kill_again, ledger, many, kill, Random(chance.random())) for many, kill in halves]
    for one in going:
        one.result()  # what was killed did not start again


def kill_again(ledger: Ledger, many: int, kill: Callable[[Random], None], own: Random) -> None:
    for _time in range(many):
        time.sleep(own.uniform(*PAUSES))
        kill(own)
        if len(ledger.kills) % TOLD_EVERY == 0:
            print(f"bench: {len(ledger.kills):,} kills, acknowledged: {ledger.counts()}", flush=True)


def kill_the_server(site: Site, ledger: Ledger, chance: Random) -> None:
    if chance.random() < 0.5:
        ledger.killed("a worker of the server")
        site.server.kill_a_worker()
        return
    ledger.killed("the whole server")
    site.server.kill()
    site.server.start()


def kill_the_post(site: Site, ledger: Ledger) -> None:
    site.look_after_the_post()
    os.kill(site.worker.pid, signal.SIGKILL)
    site.worker.wait()
    ledger.killed("mail worker")
    site.post_again()


def wait_for_letters(site: Site, many: int) -> None:
    """Until the message is written out and every letter has gone, or one has waited too long: the comparison names it."""
    until, to_all = time.monotonic() + LETTERS_OUT, func.count(Letter.id).filter(Letter.subject == SUBJECT)
    waiting = func.count(Letter.id).filter(Letter.state == WAITING)
    with site.app.app_context():
        while time.monotonic() < until:
            written, left = db.session.execute(select(to_all, waiting)).one()
            db.session.remove()
            if written >= many and not left:
                return
            site.look_after_the_post()
            time.sleep(1)
