from pathlib import Path

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from sqlalchemy import Connection, inspect, text

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.web.access import for_anyone
from eventapp.operations.access import for_watchers
from eventapp.operations.metrics import Metrics

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
        ready = migration_of(connection) == newest_migration()
    return Response("ready\n" if ready else "migrations\n", 200 if ready else 503, mimetype="text/plain")


@bp.get("/metrics")
@for_watchers
def watched() -> ResponseReturnValue:
    """How it does, in numbers, for Prometheus."""
    return Response(generate_latest(Metrics(newest_migration(), at=now())), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def migration_of(connection: Connection) -> str | None:
    """The revision of the tables in this database, None where it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    there: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return there


def newest_migration() -> str:
    """The revision this version of the code needs, read from where the migrations keep it: Alembic is for commands."""
    return (Path(current_app.config["MIGRATIONS"]) / "HEAD").read_text(encoding="utf-8").strip()
