from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.db.apart import Changed
from eventapp.ground.refusal import Refused
from eventapp.meeting_file.actions import is_little, load
from eventapp.meeting_file.arriving.altering import CHANGE
from eventapp.meeting_file.arriving.coming import MEETING_FILE, read_text
from eventapp.meeting_file.arriving.jobs import LONG_JOBS
from eventapp.meeting_file.guide import guide
from eventapp.meeting_file.loading.differences import Difference, difference_apart
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
    differs = difference_apart(wanted)
    is_whole = is_little(differs) or differs.is_new
    missed = "nothing was loaded." if is_whole else "what was not loaded yet stays as it was."
    try:
        if is_little(differs):
            bring(wanted, differs, public=public)
        else:
            bring_apart(wanted, content, differs)
    except Objected as objected:
        raise faults_as_error(file, objected.found, missed) from None
    except Refused as refused:
        raise click.ClickException(f"{missed}\n{file}: {refused}") from None
    found = differs.found
    for change in found:
        click.echo(str(change))
    click.echo(
        f"{wanted.slug} is as {file} says." if found else f"{wanted.slug} was as {file} says already: no change."
    )
    if public and not is_little(differs):
        show_loaded(wanted.slug)


def bring(file: MeetingFile, differs: Difference, *, public: bool) -> None:
    """Make the meeting, or change it, at once, and show it where that is asked for."""
    if not differs.found and not public:
        return
    with transaction():
        try:
            load(file, by=None, at=now(), differs=differs)
        except Changed:
            raise Refused("Somebody made or removed the meeting meanwhile. Load the file again.") from None
        meeting = _meeting(file.slug)
        if public and not meeting.is_published:
            publish(meeting, by=None, at=now())


def show_loaded(slug: str) -> None:
    """Show a meeting that is loaded already to everybody; where that is refused, the meeting stays as it is."""
    try:
        with transaction():
            meeting = _meeting(slug)
            if not meeting.is_published:
                publish(meeting, by=None, at=now())
    except Refused as refused:
        raise click.ClickException(f"{slug} is loaded, but it was not made public.\n{refused}") from None


def bring_apart(file: MeetingFile, content: bytes, differs: Difference) -> None:
    """Do, in short transactions, what the worker does for a file that was sent. It goes on where this is killed."""
    kind = MEETING_FILE.name if differs.is_new else CHANGE
    finish(receive(kind, file.slug, content, by=None, at=now()), LONG_JOBS)


def faults_as_error(
    file: Path, found: Sequence[tuple[int, str]], missed: str = "nothing was loaded."
) -> click.ClickException:
    """What is wrong with a file, a line for each fault, as editors open it: file:line: words."""
    lines = "\n".join(f"{file}:{line}: {' '.join(says.split())}" for line, says in found)
    return click.ClickException(f"{missed}\n{lines}")


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
