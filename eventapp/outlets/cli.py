"""`flask outlets`: give out the forms of others from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.clock import now
from eventapp.meetings.queries import meeting_at
from eventapp.outlets.submissions import OUTLETS
from eventapp.outlets.table import HEADS, links, table_json
from eventapp.registration.sheets import csv_of, xlsx_of
from eventapp.review.formats import FORMATS, written
from eventapp.vocabulary.notes import CEILINGS

group = AppGroup("outlets", help="The cleared notes of a meeting in the forms that others ask for.")
TABLE = "table"


@group.command("export")
@click.argument("meeting")
@click.argument("outlet", type=click.Choice([*OUTLETS, TABLE]))
@click.option("--format", "ending", type=click.Choice([*FORMATS, "xlsx"]), default="json", show_default=True)
@click.option("--policy", type=click.Choice(list(CEILINGS)), default="organization", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
def export(meeting: str, outlet: str, ending: str, policy: str, output: Path) -> None:
    """Write OUTLET of MEETING to a file."""
    found = meeting_at(meeting)
    if found is None:
        raise click.ClickException(f"There is no meeting {meeting}.")
    if outlet == TABLE:
        rows = [one.cells for one in links(found)]
        tables = {
            "csv": lambda: csv_of(HEADS, rows),
            "xlsx": lambda: xlsx_of("Action lines and goals", HEADS, rows),
            "json": lambda: table_json(found),
        }
        if ending not in tables:
            raise click.ClickException(f"The table is written as {', '.join(tables)}.")
        output.write_bytes(tables[ending]())
    elif ending not in FORMATS:
        raise click.ClickException(f"{outlet} is written as {', '.join(FORMATS)}.")
    else:
        paper = OUTLETS[outlet](found, policy=policy, on=now().astimezone(found.tz).date())
        output.write_bytes(written(paper.text, ending))
        for heading in paper.missing:
            click.echo(f"No answer yet: {heading}")
    click.echo(f"Wrote {outlet} of {meeting} to {output}.")
