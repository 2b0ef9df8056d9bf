"""`flask outlets`: give out the forms of others from the command line."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.outlets.papers import Paper
from eventapp.outlets.session_reports import SESSION_REPORTS, paper_of_session
from eventapp.outlets.sheets.entries import sheets
from eventapp.outlets.sheets.files import describe_fault, sheets_csv, sheets_json
from eventapp.outlets.sheets.questions import SHEET_FORMS
from eventapp.outlets.submissions import OUTLETS, TABLE, why_not
from eventapp.outlets.table import FILES, links, table_file
from eventapp.outlets.takeaways import MOST, SESSION_TAKEAWAYS, TWO, Wanted, session_takeaways, takeaways_of_session
from eventapp.review.formats.writers import FORMATS, ending_of, written
from eventapp.vocabulary.notes import CEILINGS

group = AppGroup("outlets", help="The cleared notes of a meeting in the forms that others ask for.")


@group.command("export")
@click.argument("meeting")
@click.argument("outlet", type=click.Choice([*OUTLETS, *SHEET_FORMS, TABLE]))
@click.option("--format", "ending", type=click.Choice([*FORMATS]), help="Else what the file's name ends in, or json.")
@click.option("--policy", type=click.Choice(list(CEILINGS)), default="organization", show_default=True)
@click.option("--session", "code", help="Of the session reports: only the one of the session with this code.")
@click.option("--takeaways", type=click.IntRange(0, MOST), default=TWO, show_default=True, help="Of session-takeaways.")
@click.option("--calls", type=click.IntRange(0, MOST), default=TWO, show_default=True, help="Of session-takeaways.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
def export(
    meeting: str,
    outlet: str,
    *,
    ending: str | None,
    policy: str,
    code: str | None,
    takeaways: int,
    calls: int,
    output: Path,
) -> None:
    """Write OUTLET of MEETING to a file, and say what it lacks."""
    found, ending = meeting_at(meeting), ending or ending_of(output, "json")
    if found is None:
        raise click.ClickException(f"There is no meeting {meeting}.")
    if against := why_not(found, outlet):
        raise click.ClickException(f"{outlet}: {against}")
    if outlet == TABLE:
        output.write_bytes(content_of(outlet, ending, table_files(found)))
    elif outlet in SHEET_FORMS:
        output.write_bytes(content_of(outlet, ending, sheet_files(found, outlet)))
    else:
        paper = paper_of(found, outlet, policy, code, Wanted(takeaways, calls))
        files = {name: lambda: written(paper.text, ending) for name in FORMATS}
        output.write_bytes(content_of(outlet, ending, files))
        for heading in paper.missing:
            click.echo(f"No answer yet: {heading}")
        if paper.withheld:
            click.echo(f"Left out, for their words name more than {policy} allows: {', '.join(paper.withheld)}")
        if paper.waiting:
            click.echo(f"Left out, for they wait for a translation: {', '.join(paper.waiting)}")
        for one in paper.lengths:
            if one.is_too_long:
                click.echo(f"Too long: {one.heading} ({one.words} words, half a page holds about {one.most})")
    click.echo(f"Wrote {outlet} of {meeting} to {output}.")


def paper_of(meeting: Meeting, outlet: str, policy: str, code: str | None, wanted: Wanted) -> Paper:
    on, paper = now().astimezone(meeting.tz).date(), None
    if outlet == SESSION_TAKEAWAYS.name:
        if code is None:
            return session_takeaways(meeting, policy=policy, on=on, wanted=wanted)
        one = takeaways_of_session(meeting, code, policy=policy, on=on, wanted=wanted)
        paper = one.paper if one else None
    elif code is None:
        return OUTLETS[outlet](meeting, policy=policy, on=on)
    elif outlet == SESSION_REPORTS.name:
        paper = paper_of_session(meeting, code, policy=policy, on=on)
    if paper is None:
        raise click.ClickException(f"There is no {outlet} of a session {code}.")
    return paper


Files = Mapping[str, Callable[[], bytes]]


def content_of(outlet: str, ending: str, files: Files) -> bytes:
    if ending not in files:
        raise click.ClickException(f"{outlet} is written as {', '.join(files)}.")
    return files[ending]()


def table_files(meeting: Meeting) -> Files:
    found = links(meeting)
    return {ending: partial(table_file, meeting.slug, found, ending) for ending in FILES}


def sheet_files(meeting: Meeting, outlet: str) -> Files:
    """Say what each sheet lacks and which cards wait, and return the files."""
    found = sheets(meeting, SHEET_FORMS[outlet])
    for sheet in found.ready:
        for answer in sheet.faults:
            click.echo(f"{sheet.card}, {describe_fault(answer)}")
    for one in found.waiting:
        click.echo(f"{one.card} is not in it: {one.reason}")
    return {"csv": lambda: sheets_csv(found), "json": lambda: sheets_json(meeting, found)}
