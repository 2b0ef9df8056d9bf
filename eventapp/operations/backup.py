"""A whole copy of the SQLite database while it is in use. A copied file is none: the newest pages lie beside it."""

from contextlib import closing
from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.ground.db import db, sqlite
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _

group = AppGroup("operations", help="Keeping the application safe.")


@group.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database to FILE, checked, while people go on working."""
    try:
        size = back_up(file)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{file}: {size:,} bytes, checked.")


def back_up(file: Path) -> int:
    """Copy the database page by page, check the copy, then give it its name. Returns its size in bytes.

    Refused for PostgreSQL, which brings its own tool, and where the copy does not pass the check.
    """
    if db.engine.dialect.name != "sqlite":
        raise Refused(_("This database is PostgreSQL: back it up with pg_dump."))
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)  # in a folder that is not there, this says so
    with closing(db.engine.raw_connection()) as ours, closing(sqlite.driver().connect(str(unfinished))) as copy:
        ours.driver_connection.backup(copy)  # type: ignore[union-attr]  # SQLite's driver has it
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Refused(
            _("The copy is not sound (%(found)s). Keep the backups there are, and look at the disk.", found=found)
        )
    unfinished.replace(file)
    return file.stat().st_size
