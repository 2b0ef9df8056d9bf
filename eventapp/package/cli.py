"""`flask package`: a meeting as one file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.meetings.queries import meeting_at
from eventapp.package.archive import to_zip
from eventapp.package.content import LEVELS, PUBLIC
from eventapp.package.filling import filled
from eventapp.package.schema import package_schema

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
        f"Wrote {counts.notes} notes, {counts.editions} published reports and all else of {meeting} to {output}."
    )


@group.command("schema")
def schema() -> None:
    """Print the JSON Schema of a package's files."""
    click.echo(package_schema(), nl=False)
