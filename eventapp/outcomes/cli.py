"""`flask outcomes suggest`: goals and action lines for passages, for anybody who wants to measure how good they are."""

import json
import sys

import click
from flask.cli import AppGroup

from eventapp.outcomes.suggest import hints_for

group = AppGroup("outcomes", help="Notes, and what they are about.")


@group.command("suggest")
def suggest() -> None:
    """Read one passage a line on standard input; print one JSON object a line, best first."""
    for line in sys.stdin.buffer:  # as bytes: only a line feed ends a passage, and none is refused
        hints = hints_for(line.decode("utf-8", "replace"))
        told = {
            "goals": [int(one.tag) for one in hints.goals],
            "action_lines": [one.tag for one in hints.action_lines],
        }
        click.echo(json.dumps(told))
