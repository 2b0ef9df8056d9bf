"""`flask outcomes`: notes in and out by file, and what a passage is about, for anybody who wants to measure it."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.record.loading.actions import STATES, Faulty, load_file
from eventapp.record.loading.queries import CHANGED, NEW, SAME
from eventapp.record.loading.reading import read_file
from eventapp.record.loading.writing import FILES, notes_file
from eventapp.record.suggestions.suggest import hints_for

group = AppGroup("outcomes", help="Notes, in and out by file, and what they are about.")


@group.command("load")
@click.argument("meeting")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--state", type=click.Choice(STATES), default=STATES[0], show_default=True, help="Of notes that come in.")
def load(meeting: str, file: Path, *, state: str) -> None:
    """Load the notes of FILE (CSV or JSON lines) into MEETING and say what came in; nothing, where a line is wrong.

    Cut short, it goes on when the same is said again.
    """
    found = meeting_or_fail(meeting)
    try:
        done = load_file(found.id, read_file(file.read_bytes()), by=None, at=now(), state=state)
    except Faulty as faulty:
        lines = "\n".join(f"{file}:{fault.line}: {' '.join(fault.sentence.split())}" for fault in faulty.faults)
        came = f"{faulty.came} notes came in, the rest did not." if faulty.came else "nothing was loaded."
        raise click.ClickException(f"{came}\n{lines}") from None
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(
        f"Notes of {meeting}: {done.count(NEW)} new, {done.count(CHANGED)} changed, {done.count(SAME)} as before."
    )


@group.command("dump")
@click.argument("meeting")
@click.option("--format", "ending", type=click.Choice(FILES), default=FILES[0], show_default=True)
def dump(meeting: str, ending: str) -> None:
    """Write the notes of MEETING as a file that can be loaded again; what is off the record stays."""
    click.echo(notes_file(meeting_or_fail(meeting), ending), nl=False)


def meeting_or_fail(slug: str) -> Meeting:
    found = meeting_at(slug)
    if found is None:
        raise click.ClickException(f"There is no meeting {slug}.")
    return found


@group.command("suggest")
def suggest() -> None:
    """Read one passage a line on standard input; print one JSON object a line, best first."""
    for line in sys.stdin.buffer:  # as bytes: only a line feed ends a passage, and none is refused
        hints = hints_for(line.decode("utf-8", "replace"))
        result = {
            "goals": [int(one.tag) for one in hints.goals],
            "action_lines": [one.tag for one in hints.action_lines],
        }
        click.echo(json.dumps(result))
