from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.engine import make_url

from eventapp.ground.clock import now
from eventapp.history.chain import verify
from eventapp.operations.backups import store
from eventapp.operations.backups.drill import drill
from eventapp.operations.backups.making import back_up
from eventapp.operations.backups.manifest import Manifest
from eventapp.operations.backups.restoring import checked, restore
from eventapp.operations.backups.rotation import Rule, clear
from eventapp.operations.backups.temporary import temporary_folder
from eventapp.operations.versions import newest_migration

group = AppGroup("operations", help="Keeping the application safe.")

PLACE = click.argument("backup")
IDENTITY = click.option(
    "--identity", type=click.Path(dir_okay=False, path_type=Path), help="The file with the age key that opens it."
)
MOST = click.IntRange(0, 10_000)


@group.command("backup")
@click.argument("place", metavar="FOLDER")
@click.option("--days", type=MOST, help="Remove older backups there: keep the newest of so many days …")
@click.option("--weeks", type=MOST, help="… of so many weeks …")
@click.option("--months", type=MOST, help="… and of so many months.")
def backup(place: str, days: int | None, weeks: int | None, months: int | None) -> None:
    """Write the whole database, checked, with its manifest to a folder of its own in FOLDER, while people work.

    FOLDER may be s3://bucket/folder, in the store that S3_ENDPOINT and AWS_ACCESS_KEY_ID open.
    """
    recipient = current_app.config["BACKUP_RECIPIENT"]
    rule = Rule(days or 0, weeks or 0, months or 0)
    clears = any(one is not None for one in (days, weeks, months))
    made: str | Path
    at = now()
    gone: Sequence[str | Path] = []
    with temporary_folder() as scratch:
        if store.is_in_store(place):
            store.folder_in(place)  # what is wrong with the address is said before the database is copied
            folder, facts = back_up(scratch, at=at, recipient=recipient)
            made = store.put(folder, place)
            gone = store.clear(place, rule, scratch, at=at) if clears else []
        else:
            made, facts = back_up(Path(place), at=at, recipient=recipient)
            gone = clear(Path(place), rule) if clears else []
    click.echo(f"{made}: {in_a_line(facts)}")
    for one in gone:
        click.echo(f"{one}: removed.")


@group.command("check-backup")
@PLACE
def check_backup(backup: str) -> None:
    """Say whether every byte of BACKUP is as it was written, and what it holds. Changes nothing."""
    with at_hand(backup) as folder:
        facts, _file = checked(folder)
    click.echo(f"{backup}: {in_a_line(facts)}")


@group.command("restore")
@PLACE
@IDENTITY
def restore_backup(backup: str, identity: Path | None) -> None:
    """Put BACKUP where DATABASE_URL or DATA_DIR says. Refused where a byte differs, or something is there already."""
    with at_hand(backup) as folder:
        facts = restore(folder, make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]), identity=identity)
    click.echo(f"Restored: {in_a_line(facts)}")
    if facts.contents.migration != newest_migration():
        click.echo(
            "Its tables are of another version: start with ./run, which brings them to this one. "
            "Its history is not walked yet: ./run flask history verify does it then."
        )
        return
    faults = verify()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("Every line of history is in its place. Start with ./run.")


@group.command("drill")
@PLACE
@IDENTITY
def drill_backup(backup: str, identity: Path | None) -> None:
    """Restore BACKUP into a scratch place, compare, walk its history, start it, ask for pages; remove it again."""
    with at_hand(backup) as folder:
        facts = drill(folder, identity=identity)
    click.echo(f"{backup} can be restored: {in_a_line(facts)}")


@contextmanager
def at_hand(backup: str) -> Iterator[Path]:
    """The folder of a backup; what was fetched from a store is gone afterwards."""
    with temporary_folder() as scratch, store.at_hand(backup, scratch) as folder:
        yield folder


def in_a_line(facts: Manifest) -> str:
    """What a backup holds, in a line."""
    rows = facts.contents.rows
    counts = ", ".join(
        f"{rows.get(table, 0):,} {word}"
        for table, word in (("meeting", "meetings"), ("registration", "registrations"), ("note", "notes"))
    )
    sealed = f"sealed for {facts.sealed_for}" if facts.sealed_for else "not sealed"
    return (
        f"{facts.size:,} bytes of {facts.made_at}, {sealed}; {counts}; version {facts.contents.migration}; "
        f"history ends at line {facts.contents.chain_number}, {facts.contents.chain_hash[:16]}…"
    )
