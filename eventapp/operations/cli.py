from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from eventapp.operations.permissions import page

group = AppGroup("house", help="What the house writes about itself.")


@group.command("write")
def write() -> None:
    """Write docs/permissions.md anew."""
    target = Path(current_app.root_path) / "docs" / "permissions.md"
    target.write_text(page(current_app._get_current_object()))  # type: ignore[attr-defined]  # noqa: SLF001
    click.echo(f"Wrote {target.name}.")
