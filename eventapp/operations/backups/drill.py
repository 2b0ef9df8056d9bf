"""A drill: a backup is put into a scratch database and started there, so that one knows today that it can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from flask import Flask, current_app
from sqlalchemy import DDL, URL, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from config import Config
from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import digits
from eventapp.ground.text.i18n import _
from eventapp.history.chain import verify
from eventapp.operations.backups.manifest import Manifest
from eventapp.operations.backups.restoring import checked, put_back
from eventapp.operations.backups.temporary import temporary_folder

PAGES = ("/healthz", "/readyz", "/")


def drill(folder: Path, *, identity: Path | None = None) -> Manifest:
    """Put this backup into a scratch place, bring it to this version, walk its history, and ask it for pages.

    Returns what the manifest says. Refused where anything is not as it must be. What was made is removed again.
    """
    facts, _file = checked(folder)
    with temporary_folder() as home, scratch(facts.database, home) as address:
        put_back(folder, address, identity=identity)
        try_out(started(address, home))
    return facts


def try_out(app: Flask) -> None:
    """Bring the copy to this version, walk its history and ask it for pages. Refused where one of them fails."""
    with app.app_context():
        try:
            flask_migrate.upgrade(directory=str(current_app.config["MIGRATIONS"]))
            faults = verify()
            if faults:
                raise Refused(" ".join(faults))
            ask(app)
        finally:
            db.session.remove()
            db.engine.dispose()


def ask(app: Flask) -> None:
    client = app.test_client()
    for page in PAGES:
        status = client.get(page, base_url=app.config["BASE_URL"] or None).status_code
        if status != 200:  # noqa: PLR2004 -- OK
            raise Refused(_("The restored copy answers %(status)s to %(page)s.", status=status, page=page))


def started(address: URL, home: Path) -> Flask:
    """This application on the scratch database. It delivers nothing: no worker looks at it."""
    config = Config()
    vars(config).update({name: current_app.config[name] for name in vars(config)})
    config.SQLALCHEMY_DATABASE_URI = address.render_as_string(hide_password=False)
    config.DATA_DIR = home
    app: Flask = current_app.extensions["create_app"](config)  # which lists this command: it is above us
    return app


@contextmanager
def scratch(kind: str, home: Path) -> Iterator[URL]:
    """The address of an empty place for a database of this kind, which is gone afterwards."""
    if kind == "sqlite":
        yield make_url(f"sqlite:///{home / 'drill.db'}")
        return
    if db.engine.dialect.name != kind:
        raise Refused(_("This is a backup of %(kind)s: set DATABASE_URL to such a database.", kind=kind))
    name = f"drill_{digits(12)}"
    engine = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    try:
        run(engine, "CREATE DATABASE %(name)s", name)
    except ProgrammingError as fault:
        engine.dispose()
        raise Refused(_("A drill makes a database of its own: let this user make one (CREATEDB).")) from fault
    try:
        yield db.engine.url.set(database=name)
    finally:
        run(engine, "DROP DATABASE IF EXISTS %(name)s WITH (FORCE)", name)
        engine.dispose()


def run(engine: Engine, words: str, name: str) -> None:
    with engine.connect() as connection:
        connection.execute(DDL(words, context={"name": name}))  # type: ignore[no-untyped-call]  # SQLAlchemy has none
