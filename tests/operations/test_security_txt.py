from datetime import datetime

import pytest
from flask import Flask

from config import Misconfigured, TestConfig
from eventapp.ground.clock import now
from tests.browserless import PageClient

ADDRESS = "/.well-known/security.txt"


def test_it_names_whom_to_tell_until_when(client: PageClient) -> None:
    answer = client.get(ADDRESS)
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())

    assert answer.content_type == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@example.org"
    assert lines["Canonical"] == f"http://localhost{ADDRESS}"
    assert lines["Preferred-Languages"] == "en, fr, ar"
    assert 0 < (datetime.fromisoformat(lines["Expires"]) - now()).days < 365


def test_it_is_not_there_where_nobody_is_named(app: Flask, client: PageClient) -> None:
    app.config["SECURITY_CONTACT"] = ""
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("contact", ["security@example.org", "http://example.org", "mailto:a b"])
def test_what_no_program_could_follow_stops_the_start(contact: str) -> None:
    config = TestConfig()
    config.DEVELOPMENT, config.SECURITY_CONTACT = False, contact
    with pytest.raises(Misconfigured, match="SECURITY_CONTACT"):
        config.check()
