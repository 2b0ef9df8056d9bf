import signal
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.jobs.scheduler import work_long, work_through
from eventapp.ground.jobs.stopping import Stop
from eventapp.ground.refusal import Refused
from eventapp.mail.actions import retry
from eventapp.mail.failing.actions import mark_failing
from eventapp.mail.failing.reports import UnreadableError, bounces_in_report
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from eventapp.mail.sending.delivery import deliver, deliver_for_ever

group = AppGroup("mail", help="The outbox.")


@group.command("deliver")
@click.option("--forever", is_flag=True, help="Go on until stopped (SIGTERM or Ctrl-C).")
def deliver_letters(*, forever: bool) -> None:
    """Send the letters that are due; with --forever also do, every minute, what the clock asks for."""
    if forever:
        stop = Stop()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        deliver_for_ever(stop, current_app.extensions["jobs"], current_app.extensions["long_jobs"])
        return
    count = deliver()
    click.echo(f"{count[SENT]} sent, {count[WAITING]} to be tried again, {count[FAILED]} failed.")


@group.command("report")
@click.argument("file", type=click.File("rb"), default="-")
def report(file: BinaryIO) -> None:
    """Read what a mail server sent back about a letter that did not arrive (RFC 3464), from a FILE or a pipe."""
    try:
        bounces = bounces_in_report(file.read())
    except UnreadableError as unreadable:
        raise click.ClickException(str(unreadable)) from None
    with transaction():
        count = mark_failing(bounces, at=now())
    click.echo(f"{count} addresses do not take letters.")


@group.command("chores")
def jobs() -> None:
    """Do once what the worker does every minute: reminders, requests that lapse, and the like."""
    done = work_through(current_app.extensions["jobs"], at=now())
    done += work_long(current_app.extensions["long_jobs"], at=now())
    sqlite.cut_log(db.engine)
    click.echo(", ".join(f"{name}: {count}" for name, count in done.items()) or "Nothing was due.")


@group.command("retry")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
def retry_letter(number: int) -> None:
    """Try a failed letter again."""
    letter = db.session.get(Letter, number)
    if letter is None:
        raise click.ClickException(f"There is no letter {number}.")
    try:
        with transaction():
            retry(letter, by=None, at=now())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Letter {number} to {letter.to} is tried again.")
