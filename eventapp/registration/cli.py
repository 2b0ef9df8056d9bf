"""`flask registration …`: what time does to registrations."""

from collections.abc import Callable

import click
from flask.cli import AppGroup
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.security.sealing import can_seal, no_key
from eventapp.meetings.models import Meeting
from eventapp.registration.actions import lapse_unconfirmed, offer_places
from eventapp.registration.answers.sealed import rekey_answers, rekey_files, seal_open

group = AppGroup("registration", help="Registrations: what time does to them.")


@group.command("lapse")
def lapse() -> None:
    """Let requests go that nobody confirmed in 48 hours."""
    with transaction():
        count = lapse_unconfirmed(at=now())
    click.echo(f"{count} lapsed.")


@group.command("offer")
def offer() -> None:
    """Give free places to those who wait, for example after the number of places was raised."""
    for meeting in db.session.scalars(select(Meeting).order_by(Meeting.id)).all():
        with transaction():
            lucky = offer_places(meeting, at=now())
        for registration in lucky:
            click.echo(f"{meeting.slug}: {registration.reference} has a place now.")


@group.command("seal")
def seal_answers() -> None:
    """Seal answers that stand openly, and put every sealed one under the newest key of ANSWER_KEYS."""
    if not can_seal():
        raise click.ClickException(no_key())
    sealed = 0
    while count := in_transaction(seal_open):
        sealed += count
    changed, lost = (sum(pair) for pair in zip(through(rekey_answers), through(rekey_files), strict=True))
    click.echo(f"{sealed} sealed. {changed} under another key now.")
    if lost:
        sentence = "cannot be opened by any key of ANSWER_KEYS. Add the key of before, and run this again."
        raise click.ClickException(f"{lost} {sentence}")


def in_transaction(act: Callable[[], int]) -> int:
    with transaction():
        return act()


def through(act: Callable[[int], tuple[int, int, int]]) -> tuple[int, int]:
    """Do this to every row, some at a time. Returns how many were changed, and how many cannot be opened."""
    number, changed, lost = 0, 0, 0
    while True:
        with transaction():
            number, more, gone = act(number)
        changed, lost = changed + more, lost + gone
        if not number:
            return changed, lost
