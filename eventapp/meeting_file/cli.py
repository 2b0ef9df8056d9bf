from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.guide import guide
from eventapp.meeting_file.objections import Objected
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.actions import publish
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at

group = AppGroup("meetings", help="Meetings and their files.")


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--publish", "public", is_flag=True, help="Show the meeting to everybody.")
def load_file(file: Path, *, public: bool) -> None:
    """Make the meeting a file describes, or change it to that; say what changed."""
    try:
        wanted = read(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise faults_as_error(file, [(line, "This line is not UTF-8. Save the file as UTF-8 text.")]) from None
    except Faulty as faulty:
        raise faults_as_error(file, [(fault.line, fault.says) for fault in faulty.faults]) from None
    try:
        with transaction():
            found = load(wanted, by=None, at=now())
            meeting = _meeting(wanted.slug)
            if public and not meeting.is_published:
                publish(meeting, by=None, at=now())
    except Objected as objected:
        raise faults_as_error(file, objected.found) from None
    except Refused as refused:
        raise click.ClickException(f"nothing was loaded.\n{file}: {refused}") from None
    for change in found:
        click.echo(str(change))
    click.echo(
        f"{wanted.slug} is as {file} says." if found else f"{wanted.slug} was as {file} says already: no change."
    )


def faults_as_error(file: Path, found: list[tuple[int, str]]) -> click.ClickException:
    """What is wrong with a file, a line for each fault, as editors open it: file:line: words."""
    lines = "\n".join(f"{file}:{line}: {' '.join(says.split())}" for line, says in found)
    return click.ClickException(f"nothing was loaded.\n{lines}")


@group.command("dump")
@click.argument("slug")
def dump_file(slug: str) -> None:
    """Write the meeting at this address as a meeting file."""
    click.echo(write(content_of(_meeting(slug))), nl=False)


@group.command("publish")
@click.argument("slug")
def publish_meeting(slug: str) -> None:
    """Show the meeting at this address to everybody."""
    try:
        with transaction():
            publish(_meeting(slug), by=None, at=now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{slug} is public.")


@group.command("schema")
def schema() -> None:
    """Print what a meeting file may say, as tables in Markdown."""
    click.echo(guide())


def _meeting(slug: str) -> Meeting:
    meeting = meeting_at(slug)
    if meeting is None:
        raise click.ClickException(f"There is no meeting at “{slug}”.")
    return meeting
