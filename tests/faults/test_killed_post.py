"""A postman who is killed between the mail server's answer and what we keep of it: the letter goes once all the same."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.mail.models import SENT, WAITING, Letter
from eventapp.mail.sending import delivery
from tests.faults.dying import KILLED
from tests.mail.smtp import PostOffice, open_office
from tests.make_mail import letter


@pytest.fixture
def office(fresh_app: Flask) -> Iterator[PostOffice]:
    with open_office(PostOffice()) as office:
        fresh_app.extensions["mail"].port = office.port
        yield office


def test_the_next_postman_of_the_machine_reads_that_it_has_gone(
    fresh_app: Flask, database: str, office: PostOffice
) -> None:
    first, second = letter(), letter()
    assert killed(database, fresh_app, office) == KILLED
    assert (office.recipients, state(first)) == ([first.to], WAITING)
    assert delivery.deliver() == {SENT: 1}
    assert (office.recipients, state(first), state(second)) == ([first.to, second.to], SENT, SENT)
    assert left(fresh_app) == []


def test_who_waits_reads_it_within_a_minute(
    fresh_app: Flask, database: str, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers on one machine: the other need not start again."""
    first, at = letter(), now()
    with delivery.receipts_here() as receipts:
        assert killed(database, fresh_app, office) == KILLED
        assert len(left(fresh_app)) == 2
        delivery.settle(receipts)
        assert (state(first), left(fresh_app)) == (SENT, [receipts.path])
    monkeypatch.setattr(delivery, "now", lambda: at + timedelta(days=1))
    assert delivery.deliver() == {} and office.recipients == [first.to]


def test_control_without_a_receipt_it_goes_again(
    fresh_app: Flask, database: str, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    only, at = letter(), now()
    assert killed(database, fresh_app, office, "careless") == KILLED
    assert delivery.deliver() == {} and state(only) == WAITING
    monkeypatch.setattr(delivery, "now", lambda: at + timedelta(days=1))
    assert delivery.deliver() == {SENT: 1} and office.recipients == [only.to] * 2


def test_what_a_postman_who_lives_took_is_left_to_it(fresh_app: Flask, database: str, office: PostOffice) -> None:
    """His file is locked: who took it away would have it written to no more."""
    office.at_data = lambda _office, _to: "451 Not now"
    with delivery.receipts_here() as receipts:
        letter()
        posted(database, fresh_app, office, "commands", "mail", "deliver")
        assert left(fresh_app) == [receipts.path]


def test_a_folder_that_cannot_be_written_holds_no_letter_up(
    fresh_app: Flask, office: PostOffice, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("")
    fresh_app.config["DATA_DIR"] = tmp_path / "a file"
    only = letter()
    assert delivery.deliver() == {SENT: 1} and state(only) == SENT


@pytest.mark.parametrize("words", [b"", b"1", b"one two three", b"1 2 yesterday", b"\xff \xff \xff"])
def test_a_file_that_is_no_receipt_is_taken_away(fresh_app: Flask, office: PostOffice, words: bytes) -> None:
    with delivery.receipts_here() as receipts:
        (receipts.folder / "another").write_bytes(words)
        delivery.settle(receipts)
        assert left(fresh_app) == [receipts.path] and office.taken == []


def killed(database: str, app: Flask, office: PostOffice, *words: str) -> int:
    return posted(database, app, office, "-m", "tests.faults.dying_post", *words)


def posted(database: str, app: Flask, office: PostOffice, *words: str) -> int:
    """Run a postman on this machine once. Returns what he ended with."""
    db.session.rollback()
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(office.port),
        "MAIL_USE_TLS": "no",
        "ENVIRONMENT": "development",
        "DATABASE_URL": database,
        "DATA_DIR": str(app.config["DATA_DIR"]),
    }
    command = [sys.executable, *(words if words[0] == "-m" else ("-m", "flask", "--app", *words))]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def state(row: Letter) -> str:
    db.session.expire_all()
    return row.state


def left(app: Flask) -> list[Path]:
    """The files of receipts."""
    return sorted((Path(app.config["DATA_DIR"]) / "receipts").iterdir())
