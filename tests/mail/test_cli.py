"""The postman as a process of its own: killed at the worst moment, and stopped politely."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from eventapp.ground.db import db, transaction
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from tests.mail.smtp import TAKEN, PostOffice, open_office
from tests.make_mail import letter

pytestmark = pytest.mark.usefixtures("app")


@contextmanager
def postman(database: str, office: PostOffice, *words: str) -> Iterator[subprocess.Popen[str]]:
    """`flask mail deliver` as it runs in earnest."""
    settings = {
        **os.environ,
        "DATABASE_URL": database,
        "ENVIRONMENT": "production",
        "SECRET_KEY": "only-for-tests-only-for-tests-0123456789",
        "BASE_URL": "http://localhost",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(office.port),
        "MAIL_USE_TLS": "no",
        "MAIL_TIMEOUT": "5",
    }
    command = [sys.executable, "-m", "flask", "--app", "commands", "mail", "deliver", *words]
    process = subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter.state).order_by(Letter.id)))


def test_a_postman_killed_after_the_server_took_the_letter_sends_the_same_letter_again(database: str) -> None:
    once = letter(at=datetime(2026, 1, 1, tzinfo=UTC)).message_id
    office = PostOffice()
    with open_office(office):
        with postman(database, office) as process:

            def kill(_office: PostOffice, _to: str) -> str:
                process.send_signal(signal.SIGKILL)  # the server took it, the row does not say so
                return TAKEN

            office.at_data = kill
            process.wait(180)
        assert (process.returncode, len(office.taken), states()) == (-signal.SIGKILL, 1, [WAITING])
        let_the_lease_run_out()
        office.at_data = lambda _office, _to: TAKEN
        with postman(database, office) as process:
            said, _ = process.communicate(timeout=180)
    assert (said, process.returncode) == ("1 sent, 0 to be tried again, 0 failed.\n", 0)
    assert states() == [SENT]
    assert [message["Message-ID"] for message in office.messages] == [once, once]


def let_the_lease_run_out() -> None:
    with transaction():
        for row in db.session.scalars(select(Letter)):
            row.due_at -= timedelta(days=1)


def test_a_postman_that_stays_is_stopped_politely(database: str) -> None:
    letter(at=datetime(2026, 1, 1, tzinfo=UTC))
    office = PostOffice()
    with open_office(office), postman(database, office, "--forever") as process:
        for _ in range(1800):
            if states() == [SENT]:
                break
            sleep(0.1)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=180)
    assert (process.returncode, said, states(), len(office.taken)) == (0, "", [SENT], 1)


def test_a_failed_letter_is_tried_again_by_its_number(app: Flask) -> None:
    failed = letter()
    with transaction():
        failed.state = FAILED
    run = app.test_cli_runner().invoke
    answer = run(args=["mail", "retry", str(failed.id)])
    assert (answer.exit_code, answer.output) == (0, f"Letter {failed.id} to {failed.to} is tried again.\n")
    assert states() == [WAITING]
    assert run(args=["mail", "retry", str(failed.id)]).exit_code == 1
    assert run(args=["mail", "retry", "999"]).output == "Error: There is no letter 999.\n"
