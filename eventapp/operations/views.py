from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.requests.numbers import of_all_processes
from eventapp.operations.access import for_watchers
from eventapp.operations.metrics import Metrics
from eventapp.operations.versions import newest_migration, works_with

SECURITY_LASTS = timedelta(days=180)  # less than a year, says the RFC; worked out anew for each reader

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@for_anyone
def healthz() -> ResponseReturnValue:
    """Whether this process answers at all; asks nobody else."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@for_anyone
def readyz() -> ResponseReturnValue:
    """Whether it can work: the database answers and has tables this version works on. 503 and one word where not.

    While machines are brought to a new release one by one, the tables may be newer: the answer says so.
    """
    own = newest_migration()
    with db.engine.connect() as connection:
        there = works_with(connection, own)
    if there is None:
        return Response("migrations\n", 503, mimetype="text/plain")
    return Response("ready\n" if there == own else f"ready, on the tables of {there}\n", mimetype="text/plain")


@bp.get("/.well-known/security.txt")
@for_anyone
def security() -> ResponseReturnValue:
    """Whom to tell of a hole in the safety of this installation, as RFC 9116 has it; 404 where it names nobody."""
    settings = current_app.config
    contact = settings["SECURITY_CONTACT"] or abort(404)
    lines = {
        "Contact": contact,
        "Expires": f"{now() + SECURITY_LASTS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": ", ".join(settings["LANGUAGES"]),
        "Canonical": f"{settings['BASE_URL']}{request.path}",
    }
    return Response("".join(f"{name}: {value}\n" for name, value in lines.items()), mimetype="text/plain")


@bp.get("/metrics")
@for_watchers
def watched() -> ResponseReturnValue:
    """How it does, in numbers, for Prometheus."""
    numbers = generate_latest(Metrics(newest_migration(), at=now())) + generate_latest(of_all_processes())
    return Response(numbers, content_type=CONTENT_TYPE_PLAIN_0_0_4)
