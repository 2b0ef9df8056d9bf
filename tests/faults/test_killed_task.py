"""A worker that is killed while it compiles leaves the report as it was; another compiles it when the lease is over."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from flask import Flask

from config import ROOT
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, LEASE, WORKING
from eventapp.ground.jobs.scheduler import work_long
from eventapp.review.reports.models import Report
from eventapp.review.tasks.actions import ask
from eventapp.review.tasks.models import COMPILE
from eventapp.review.tasks.queries import task_of
from tests import make, make_review
from tests.faults.dying import KILLED
from tests.make_review import texts


def test_a_killed_worker_leaves_the_report_as_it_was_and_another_compiles_it(
    fresh_app: Flask, database: str, tmp_path: Path
) -> None:
    session = make.session(make.meeting())
    make_review.note(session)
    report = make_review.report(session.meeting)
    make_review.note(session, text="Ports wait for ships.", goals=[14])
    before, jobs = texts(report), fresh_app.extensions["long_jobs"]
    with transaction():
        ask(db.session.get_one(Report, report.id), COMPILE, by=None, at=now())

    assert killed(database, tmp_path) == KILLED
    assert (texts(report), state(report)) == (before, WORKING)
    assert work_long(jobs, at=now()) == {}  # the dead one has its lease yet

    assert work_long(jobs, at=now() + LEASE + timedelta(minutes=1)) == {"compile reports": 1}
    assert state(report) == DONE and "ships" in " ".join(texts(report))


def killed(database: str, folder: Path) -> int:
    db.session.rollback()
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "ENVIRONMENT": "development",
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "tests.faults.dying_task"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def state(report: Report) -> str:
    db.session.rollback()
    found = task_of(report)
    return found.state if found else ""
