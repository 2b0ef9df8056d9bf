"""What an operator learns of requests: their numbers for Prometheus, and a log in JSON."""

import io
import json
import logging
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, insert
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from config import ROOT, Misconfigured, TestConfig
from eventapp import put_in_front
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.alarm import Alarm
from eventapp.ground.jobs.stopping import Stop
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.requests import log
from eventapp.ground.web.requests.numbers import OWN, watch_pool
from eventapp.ground.web.requests.watch import HEADER
from eventapp.people.models import Person
from tests import make
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL
from tests.make_agenda import published
from tests.operations.test_metrics import numbers

ID = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")


def answered(client: PageClient) -> dict[str, float]:
    said = client.get("/metrics", buffered=True).text
    return {name: value for name, value in numbers(said).items() if "request" in name}


def test_requests_are_counted_by_feature_method_and_status(client: PageClient) -> None:
    before = answered(client)
    assert client.get("/healthz", buffered=True).status_code == 200
    assert client.get("/nowhere", buffered=True).status_code == 404
    assert client.post("/healthz", buffered=True).status_code == 405
    after = answered(client)
    grown = {name: after[name] - before.get(name, 0) for name in after if after[name] > before.get(name, 0)}

    assert grown["eventapp_requests_total operations GET 2xx"] == 2  # with the one for the numbers before
    assert grown["eventapp_requests_total no address GET 4xx"] == 1
    assert grown["eventapp_request_seconds_count operations"] >= 2
    assert 0 < after["eventapp_request_seconds_sum operations"] < 60


def test_what_the_page_cache_answers_is_counted_too(client: PageClient) -> None:
    meeting = make.meeting()
    make.session(meeting)
    published(meeting)
    address = f"/meetings/{meeting.slug}/agenda"
    assert client.get(address, buffered=True).status_code == 200
    before = answered(client).get("eventapp_requests_total page cache GET 2xx", 0)
    assert client.get(address, buffered=True).status_code == 200
    assert answered(client)["eventapp_requests_total page cache GET 2xx"] == before + 1


def test_each_answer_names_its_request(client: PageClient) -> None:
    first, second = (client.get("/healthz", headers={HEADER: "given-by-a-stranger"}).headers[HEADER] for _ in range(2))
    assert ID.fullmatch(first) and ID.fullmatch(second) and first != second


def test_our_own_proxy_may_name_a_request(fresh_app: Flask) -> None:
    fresh_app.config["TRUSTED_PROXIES"] = 1
    put_in_front(fresh_app)
    client = fresh_app.test_client()
    assert client.get("/healthz", headers={HEADER: "c0ffee-1234"}).headers[HEADER] == "c0ffee-1234"
    assert ID.fullmatch(client.get("/healthz", headers={HEADER: "<script>"}).headers[HEADER])


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log of requests says in JSON, while a test runs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(log.Lines())
    monkeypatch.setattr(log.REQUESTS, "disabled", False)
    root = logging.getLogger()
    root.addHandler(handler)
    log.REQUESTS.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    log.REQUESTS.setLevel(logging.NOTSET)


def test_a_line_of_the_log_tells_the_request_and_no_secret(client: PageClient, lines: io.StringIO) -> None:
    answer = client.get("/sign-in/open-sesame", buffered=True)
    [line] = [json.loads(line) for line in lines.getvalue().splitlines()]

    assert line["request"] == answer.headers[HEADER]
    assert (line["method"], line["status"], line["level"]) == ("GET", answer.status_code, "info")
    assert "sesame" not in lines.getvalue()
    assert line["path"].startswith("/sign-in/<")
    assert line["ms"] >= 0 and line["time"].endswith("+00:00")


@pytest.mark.parametrize("address", ["/sign-in/open-sesame/", "/registrations/open-sesame/x", "/open-sesame"])
def test_a_link_that_leads_nowhere_is_not_told_either(client: PageClient, lines: io.StringIO, address: str) -> None:
    assert client.get(address, buffered=True).status_code in (308, 404)
    assert '"status": ' in lines.getvalue()
    assert "sesame" not in lines.getvalue()


def test_what_breaks_has_the_id_that_the_page_shows(fresh_app: Flask, client: PageClient, lines: io.StringIO) -> None:
    @for_anyone
    def break_down() -> str:
        raise RuntimeError

    fresh_app.config["PROPAGATE_EXCEPTIONS"] = False
    fresh_app.add_url_rule("/break", "break", break_down)
    answer = client.get("/break", buffered=True)
    shown = answer.headers[HEADER]
    told = [json.loads(line) for line in lines.getvalue().splitlines()]

    assert f'<b class="num">{shown}</b>' in answer.text
    assert {line["request"] for line in told} == {shown}
    assert any("Traceback" in line.get("exception", "") for line in told)


def test_a_busy_database_has_the_id_that_the_page_shows(
    fresh_app: Flask, client: PageClient, lines: io.StringIO
) -> None:
    @for_anyone
    def wait_in_vain() -> str:
        raise PoolTimeout("QueuePool limit of size 5 overflow 11 reached")

    fresh_app.add_url_rule("/busy", "busy", wait_in_vain)
    answer = client.get("/busy", buffered=True)
    shown = answer.headers[HEADER]
    told = [json.loads(line) for line in lines.getvalue().splitlines()]

    assert answer.status_code == 503 and f'<b class="num">{shown}</b>' in answer.text
    assert {line["request"] for line in told} == {shown}
    assert any("found the database busy: QueuePool limit" in line["message"] for line in told)


def test_what_a_database_repeats_of_a_row_is_in_no_line(app: Flask, lines: io.StringIO) -> None:
    make.person("Ada Byron", email="ada.byron@example.org")
    try:
        with transaction():
            db.session.execute(
                insert(Person).values(name="Ada Byron", email="ada.byron@example.org", known_since=make.TODAY)
            )
    except IntegrityError:
        app.logger.exception("It broke.")
    [line] = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert "IntegrityError" in line["exception"]
    assert "ada.byron" not in lines.getvalue() and "Ada Byron" not in lines.getvalue()


def test_what_a_mail_server_repeats_of_an_address_is_in_no_line(lines: io.StringIO) -> None:
    said = "550 5.1.1 <ada.byron@example.org>: Recipient address rejected (ada@sub.example.org)"
    logging.getLogger("eventapp.mail").warning("Letter %s, attempt %s: %s", 7, 1, said)
    [line] = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert line["message"] == "Letter 7, attempt 1: 550 5.1.1 <…@…>: Recipient address rejected (…@…)"


def test_an_unknown_format_stops_the_start() -> None:
    config = TestConfig()
    config.LOG_FORMAT = "xml"
    with pytest.raises(Misconfigured, match="LOG_FORMAT is text or json"):
        config.check()


def test_the_processes_of_a_machine_answer_for_each_other(tmp_path: Path) -> None:
    """Two processes count into one folder; the connections of the one that has ended are left out."""
    counting = (
        "import sys; from eventapp.ground.web.requests import numbers as n; n.count('a', 'GET', '200 OK', .1); "
        "n.CONNECTIONS.inc(); "
        "from prometheus_client import generate_latest; print(generate_latest(n.of_all_processes()).decode())"
    )
    said = ""
    for _process in range(2):
        said = subprocess.run(
            [sys.executable, "-c", counting],
            cwd=ROOT,
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    counted = numbers(said)
    assert counted["eventapp_requests_total a GET 2xx"] == 2
    assert counted["eventapp_pool_connections"] == 1


def in_use() -> float:
    return OWN.get_sample_value("eventapp_pool_connections") or 0


def test_a_connection_is_counted_while_it_is_lent(fresh_app: Flask) -> None:
    db.session.remove()
    before = in_use()
    with db.engine.connect(), db.engine.connect() as second:
        assert in_use() == before + 2
        second.invalidate()
    assert in_use() == before
    own = db.engine.raw_connection()
    assert in_use() == before + 1
    own.detach()
    assert in_use() == before, "it is none of the pool's any more"
    own.close()
    assert in_use() == before


def test_a_worker_that_listens_uses_no_connection_of_the_pool(fresh_app: Flask) -> None:
    db.session.remove()
    before = in_use()
    for _time in range(3):
        with closing(Alarm()) as line:
            line.wait(Stop(), 0.1)
            assert (line.line is not None) == ON_POSTGRESQL
            assert in_use() == before
    assert in_use() == before


def test_a_database_that_is_away_lends_nothing_and_gets_nothing_back() -> None:
    opened: list[sqlite3.Connection] = []

    def open_once() -> sqlite3.Connection:
        if opened:
            raise sqlite3.OperationalError
        opened.append(sqlite3.connect(":memory:"))
        return opened[0]

    engine = create_engine("sqlite://", creator=open_once, poolclass=QueuePool, pool_pre_ping=True)
    watch_pool(engine)
    before = in_use()
    with engine.connect():
        assert in_use() == before + 1
    opened[0].close()
    for _time in range(2):
        with pytest.raises(OperationalError):
            engine.connect()
        assert in_use() == before
    engine.dispose()
