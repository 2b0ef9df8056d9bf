"""`flask review`: compile and give out reports from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.queries import meeting_at
from eventapp.refusal import Refused
from eventapp.review.actions import compile_report
from eventapp.review.evidence_json import from_dict, report_schema
from eventapp.review.formats import FORMATS, ending_of, written
from eventapp.review.freezing import frozen
from eventapp.review.models import Report
from eventapp.review.publishing import names_said
from eventapp.review.queries import chapters_of, edition_of, report_at

group = AppGroup("review", help="Reports of a meeting.")


@group.command("export")
@click.argument("meeting")
@click.argument("report")
@click.option(
    "--format", "ending", type=click.Choice(list(FORMATS)), help="Else what the file's name ends in, or docx."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--draft", is_flag=True, help="Write the report as it stands now, not as it was published.")
def export(meeting: str, report: str, ending: str | None, output: Path, *, draft: bool) -> None:
    """Write the newest published version of REPORT of MEETING to a file."""
    found, ending = report_or_fail(meeting, report), ending or ending_of(output, "docx")
    edition = edition_of(found)
    if draft:
        on = now().astimezone(found.meeting.tz).date()
        text = frozen(found, chapters_of(found), version=found.version + 1, on=on)
    elif edition:
        text = from_dict(edition.content)
    else:
        raise click.ClickException(f"The report {report} is not published yet. Publish it, or export it with --draft.")
    output.write_bytes(written(text, ending))
    if draft and (names := names_said(found, chapters_of(found))):
        click.echo(
            f"This draft says names above their ceiling: {', '.join(names)}. Keep it among the editors.", err=True
        )
    click.echo(f"Wrote version {text.version} of {report} to {output}.")


@group.command("compile")
@click.argument("meeting")
@click.argument("report")
def compile_again(meeting: str, report: str) -> None:
    """Bring REPORT of MEETING up to the notes that are cleared now."""
    found = report_or_fail(meeting, report)
    try:
        with transaction():
            done = compile_report(found, by=None, at=now())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Paragraphs: {len(done.added)} added, {len(done.rewritten)} rewritten, {len(done.gone)} gone.")


@group.command("schema")
def schema() -> None:
    """Print the JSON Schema of a report's JSON."""
    click.echo(report_schema(), nl=False)


def report_or_fail(meeting: str, report: str) -> Report:
    found = meeting_at(meeting)
    if found is None:
        raise click.ClickException(f"There is no meeting {meeting}.")
    return report_at(found, report) or fail(f"The meeting {meeting} has no report {report}.")


def fail(message: str) -> Report:
    raise click.ClickException(message)
