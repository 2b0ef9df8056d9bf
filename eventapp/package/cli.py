"""`flask package`: a meeting as one file."""

from dataclasses import asdict
from email.utils import parseaddr
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.actions import publish
from eventapp.meetings.arriving.actions import receive
from eventapp.meetings.arriving.at_hand import finish
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.actions import bring_in, is_small, refuse_nonsense
from eventapp.package.arriving.coming import PACKAGE_FILE
from eventapp.package.arriving.jobs import LONG_JOBS
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.archive import to_zip
from eventapp.package.manifest.content import LEVELS, PUBLIC
from eventapp.package.manifest.schema import package_schema
from eventapp.package.restore.reading import unpack

group = AppGroup("package", help="A meeting as one file.")


@group.command("export")
@click.argument("meeting")
@click.option("--level", type=click.Choice(LEVELS), default=PUBLIC, show_default=True, help="archive: drafts too.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
def export(meeting: str, level: str, output: Path) -> None:
    """Write the package of MEETING to a file."""
    found = meeting_at(meeting)
    if found is None:
        raise click.ClickException(f"There is no meeting {meeting}.")
    made = filled(found, level)
    output.write_bytes(to_zip(made.package))
    for paper in made.left_out.editions:
        click.echo(f"Left out: version {paper.edition.version} of {paper.edition.report.name}, for {paper.objection}.")
    counts = made.package.counts
    click.echo(
        f"Wrote {counts.notes} notes, {counts.editions} editions of reports and all else of {meeting} to {output}."
    )


@group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Prove every byte of the package in FILE, and that it makes sense; write nothing."""
    try:
        package = unpack(file)
        refuse_nonsense(package)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{file} is sound: {package.meeting.slug}, {package.level}.")
    for name, number in asdict(package.counts).items():
        click.echo(f"{name}: {number}")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--contact", help="Where questions about the meeting go. Without it, the address this house writes from.")
@click.option("--publish", "public", is_flag=True, help="Show the meeting to everybody.")
def import_file(file: Path, contact: str | None, *, public: bool) -> None:
    """Make the meeting that the package in FILE holds: all of it, or nothing."""
    address = contact or parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])[1]
    try:
        package = unpack(file)
        if is_small(package):
            with transaction():
                bring_in(package, contact=address, by=None, at=now())
        else:
            bring_in_apart(file.read_bytes(), package.meeting.slug, address)
        if public:
            with transaction():
                publish(made_at(package.meeting.slug), by=None, at=now())
    except Refused as refused:
        raise click.ClickException(f"nothing was imported. {refused}") from None
    counts = package.counts
    click.echo(f"{package.meeting.slug} is here: {counts.notes} notes, {counts.editions} editions of reports.")
    if not public:
        click.echo(f"Only administrators see it. Show it by: flask meetings publish {package.meeting.slug}")


def bring_in_apart(content: bytes, slug: str, contact: str) -> None:
    """Do, in short transactions, what the worker does for a package that was sent: it goes on where this is killed."""
    number = receive(PACKAGE_FILE.name, slug, content, by=None, contact=contact, at=now())
    finish(number, LONG_JOBS)


def made_at(slug: str) -> Meeting:
    meeting = meeting_at(slug)
    if meeting is None:
        raise Refused("The meeting is not here any more.")
    return meeting


@group.command("schema")
def schema() -> None:
    """Print the JSON Schema of a package's files."""
    click.echo(package_schema(), nl=False)
