import click
from flask.cli import AppGroup

from eventapp.agenda.releases.actions import release
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.queries import meeting_at

group = AppGroup("agenda", help="The agenda.")


@group.command("release")
@click.argument("slug")
@click.option("--remark", default="", help="What readers should know about this version.")
def release_agenda(slug: str, remark: str) -> None:
    """Publish the draft of a meeting's agenda as its next version."""
    try:
        with transaction():
            meeting = meeting_at(slug)
            if meeting is None:
                raise click.ClickException(f"There is no meeting {slug}.")
            number = release(meeting, by=None, at=now(), remark=remark).number
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Version {number} of the agenda of {slug} is public.")
