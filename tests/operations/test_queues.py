"""Every long job of the worker is in a queue of the numbers, or named here with why it is in none."""

from datetime import timedelta

from flask import Flask
from prometheus_client.exposition import generate_latest

from eventapp.commands import LONG_JOBS
from eventapp.ground.db import transaction
from eventapp.operations.metrics import Metrics
from eventapp.operations.queues import QUEUES, TASKS
from eventapp.review.compilation.actions import compile_report
from eventapp.review.publishing.actions import publish
from eventapp.review.versions.snapshots import ADOPTED, take_snapshot
from tests import make, make_review
from tests.make import TODAY
from tests.operations.test_metrics import numbers

COUNTED = {
    "file": {
        *("make files of reports", "draw previews", "make files of outlets", "make packages", "make badges"),
        *("write lists of registrations", "write lists of who came in", "make files of official lists"),
        *("write lists of who spoke", "write lists of who signed up", "write files of notes"),
        *("make prints of agendas", "issue papers"),
    },
    "report": {
        *("compile reports", "take notes into reports", "part notes of reports", "move notes of reports"),
        *("leave notes of groups out of reports", "write paragraphs again", "check reports", "publish reports"),
    },
    "meeting": {"import packages", "load meeting files", "change meetings by files", "copy meetings"},
    "decision": {"decide about many"},
    "notes": {"let notes in"},
    "participants": {"import participants"},
    "sessions": {"import sessions"},
    "message": {"write letters of messages"},
    "notice": {"send notices"},
    "invitation": {"write letters of invitations"},
    "live": {"write letters of live changes"},
    "pages": {"lay reports out on pages"},
    "balance": {"count the balance"},
}
IN_NONE = {"stop letters of messages": "it takes waiting letters back, which eventapp_letters counts"}


def test_every_long_job_has_a_queue_or_a_reason() -> None:
    counted = {name for names in COUNTED.values() for name in names}
    assert {job.name for job in LONG_JOBS} == counted | set(IN_NONE), "give a new job a queue in operations/queues.py"
    assert not counted & set(IN_NONE)
    assert set(COUNTED) == {*TASKS, *QUEUES}


def test_a_balance_waits_since_its_report_was_adopted_or_published(app: Flask) -> None:
    def waiting(**after: int) -> tuple[float, float]:
        found = numbers(generate_latest(Metrics("0001", at=TODAY + timedelta(**after))).decode())
        return found["eventapp_tasks balance waiting"], found["eventapp_tasks_lag_seconds balance"]

    make_review.note(make.session(published := make.meeting()))
    report = make_review.report(published)
    assert waiting(minutes=1) == (0, 0)
    publish(report, by=None, at=TODAY + timedelta(minutes=1))
    assert waiting(minutes=3) == (1, 120)

    make_review.note(make.session(adopted := make.meeting(slug="autumn")))
    report = make_review.report(adopted)
    compile_report(report, by=None, at=TODAY)
    with transaction():
        take_snapshot(report, ADOPTED, by=None, at=TODAY)
    assert waiting(minutes=3) == (2, 180)
