from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from eventapp.operations import commands, permissions

group = AppGroup("house", help="What the house writes about itself.")


@group.command("write")
def write() -> None:
    """Write docs/permissions.md and docs/commands.md anew."""
    for name, page in (("permissions.md", permissions.page), ("commands.md", commands.page)):
        (Path(current_app.root_path) / "docs" / name).write_text(page(current_app), encoding="utf-8")
        click.echo(f"Wrote {name}.")
