from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from eventapp.db import db
from eventapp.gate import for_anyone

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@for_anyone
def healthz() -> ResponseReturnValue:
    """Whether this process answers at all; asks nobody else."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@for_anyone
def readyz() -> ResponseReturnValue:
    """Whether it can work: the database answers and has the tables of this version. 503 and one word where not."""
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        there = MigrationContext.configure(connection).get_current_revision()
    ready = there == newest_migration()
    return Response("ready\n" if ready else "migrations\n", 200 if ready else 503, mimetype="text/plain")


def newest_migration() -> str | None:
    """The revision this version of the code needs."""
    return ScriptDirectory(str(current_app.config["MIGRATIONS"])).get_current_head()
