from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meeting_file.actions import is_small, load
from eventapp.meeting_file.arriving.coming import MEETING_FILE, read_text
from eventapp.meeting_file.arriving.jobs import LONG_JOBS
from eventapp.meeting_file.changes import Change, changes
from eventapp.meeting_file.guide import guide
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meeting_file.writer import write
from eventapp.meetings.actions import publish
from eventapp.meetings.arriving.actions import receive
from eventapp.meetings.arriving.at_hand import finish
from eventapp.meetings.arriving.coming import Objected
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at

group = AppGroup("meetings", help="Meetings and their files.")


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--publish", "public", is_flag=True, help="Show the meeting to everybody.")
def load_file(file: Path, *, public: bool) -> None:
    """Make the meeting a file describes, or change it to that; say what changed."""
    content = file.read_bytes()
    try:
        wanted = read_text(content)
    except Faulty as faulty:
        raise faults_as_error(file, [(fault.line, fault.says) for fault in faulty.faults]) from None
    try:
        found = load_small(wanted) if is_small(wanted) or meeting_at(wanted.slug) else load_apart(wanted, content)
        if public and not _meeting(wanted.slug).is_published:
            with transaction():
                publish(_meeting(wanted.slug), by=None, at=now())
    except Objected as objected:
        raise faults_as_error(file, objected.found) from None
    except Refused as refused:
        raise click.ClickException(f"nothing was loaded.\n{file}: {refused}") from None
    for change in found:
        click.echo(str(change))
    click.echo(
        f"{wanted.slug} is as {file} says." if found else f"{wanted.slug} was as {file} says already: no change."
    )


def load_small(file: MeetingFile) -> list[Change]:
    """Make the meeting, or change it, in one transaction. Returns what changed."""
    with transaction():
        return load(file, by=None, at=now())


def load_apart(file: MeetingFile, content: bytes) -> list[Change]:
    """Do, in short transactions, what the worker does for a large file that was sent.

    It goes on where this is killed.
    """
    with transaction():
        number = receive(MEETING_FILE.name, file.slug, content, by=None, at=now()).id
    finish(number, LONG_JOBS)
    return changes(None, file)


def faults_as_error(file: Path, found: Sequence[tuple[int, str]]) -> click.ClickException:
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
