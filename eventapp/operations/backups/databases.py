"""Copying a whole database while it is in use, and putting the copy into an empty one: each kind by its own means.

A copied file of SQLite is no copy: the newest pages lie beside it. PostgreSQL brings its own programs.
"""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, Connection, create_engine, func, inspect, select, table, text

from eventapp.ground.db import db, engine_options, sqlite
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.operations.backups.manifest import Contents, refuse_difference

FILES = {"sqlite": "database.db", "postgresql": "database.dump"}
BESIDE = ("", "-wal", "-shm", "-journal")  # of a file of SQLite: what it would be read together with
IN_LIBPQ = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


def contents_of(connection: Connection) -> Contents:
    """What the tables of this database hold, all read through this one connection."""
    tables = [name for name in sorted(inspect(connection).get_table_names()) if name != "alembic_version"]
    counts = {name: select(func.count()).select_from(table(name)) for name in tables}
    rows = {name: connection.execute(count).scalar_one() for name, count in counts.items()}
    migration = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    end = connection.execute(text("SELECT number, hash FROM chain_end")).first()
    return Contents(migration, rows, *(end or (0, "")))


def copy_to(file: Path) -> Contents:
    """Copy the database of this installation to a file while people work, and return what the copy holds.

    Refused where a copy of SQLite is not sound, and where PostgreSQL's own program is missing or fails.
    """
    file.touch(mode=0o600)
    return copy_sqlite(file) if db.engine.dialect.name == "sqlite" else dump_postgresql(file)


def copy_sqlite(file: Path) -> Contents:
    with closing(db.engine.raw_connection()) as ours, closing(sqlite.driver().connect(str(file))) as copy:
        ours.driver_connection.backup(copy)  # type: ignore[union-attr]  # SQLite's driver has it
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, whole by itself
    return sound_contents(file)


def sound_contents(file: Path) -> Contents:
    """What a file of SQLite holds. Refused where SQLite itself finds it damaged."""
    address = f"sqlite:///{file.resolve()}"
    engine = create_engine(address, module=sqlite.driver())
    try:
        with engine.connect() as connection:
            found = connection.execute(text("PRAGMA integrity_check")).scalar_one()
            if found != "ok":
                raise Refused(_("%(file)s is not sound (%(found)s). Look at the disk.", file=file, found=found))
            return contents_of(connection)
    finally:
        engine.dispose()


def dump_postgresql(file: Path) -> Contents:
    """One snapshot is dumped and counted, so that the counts are those of the dump."""
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        program(
            "pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={file}", to=db.engine.url
        )
        return contents_of(connection)


def put_sqlite(file: Path, address: URL, right: Contents) -> None:
    """Put a copy where this address says, under its name only when it is sound and holds what is right.

    Refused where a file is there, and where the copy is not as it must be; nothing of it is left then.
    """
    target = Path(address.database or "")
    beside = [path for ending in BESIDE if (path := Path(f"{target}{ending}")).exists()]
    if beside:
        raise Refused(_("%(file)s is there already, and is not written over. Move it away first.", file=beside[0]))
    part = target.with_name(f"{target.name}.part")
    remove(part)
    part.touch(mode=0o600)
    try:
        shutil.copyfile(file, part)
        refuse_difference(sound_contents(part), right)
        part.replace(target)
    finally:
        remove(part)


def remove(file: Path) -> None:
    """Remove a file of SQLite with what lies beside it."""
    for ending in BESIDE:
        Path(f"{file}{ending}").unlink(missing_ok=True)


def put_postgresql(file: Path, address: URL, right: Contents) -> None:
    """Put a dump into the database at this address, all of it or nothing. Refused where it has a table already.

    Refused as well where it does not hold what is right: it is in the database by then, and stays there.
    """
    engine = create_engine(address, **engine_options(address.render_as_string(hide_password=False)))
    try:
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                raise Refused(
                    _(
                        "The database %(name)s has tables, and is not written over. Make an empty one.",
                        name=address.database,
                    )
                )
        program(
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            f"--dbname={address.database}",
            file,
            to=address,
        )
        with engine.connect() as connection:
            refuse_difference(contents_of(connection), right)
    finally:
        engine.dispose()


def put(file: Path, address: URL, right: Contents) -> None:
    """Put a copy into the empty database at this address. Refused where it does not hold what is right."""
    (put_sqlite if address.get_backend_name() == "sqlite" else put_postgresql)(file, address, right)


def program(name: str, *words: str | Path, to: URL) -> None:
    """Run one of PostgreSQL's programs against this database; the password is in its environment, not in its words."""
    found = shutil.which(name)
    if found is None:
        raise Refused(_("%(name)s is not installed: install the client of PostgreSQL (postgresql-client).", name=name))
    settings = conninfo_to_dict(to.set(drivername="postgresql").render_as_string(hide_password=False))
    environment = {
        IN_LIBPQ[key]: str(value) for key, value in settings.items() if key in IN_LIBPQ and value is not None
    }
    done = subprocess.run(  # noqa: S603 -- our own words
        [found, *map(str, words)], env={**os.environ, **environment}, capture_output=True, check=False, text=True
    )
    if done.returncode:
        first_line = (done.stderr.strip() or str(done.returncode)).partition("\n")[0]
        raise Refused(_("%(name)s failed: %(words)s", name=name, words=first_line))
