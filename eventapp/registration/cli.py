"""`flask registration …`: what time does to registrations."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.registration.actions import lapse_unconfirmed, offer_places

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
