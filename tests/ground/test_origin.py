"""A form that a page of another site sent is refused, whatever token it has."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.mail.models import Letter
from tests import make
from tests.browserless import PageClient

ADDRESS = "anong@example.org"


def letters() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Letter))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "null"},
    ],
)
def test_a_form_that_another_site_sent_is_refused(app: Flask, client: PageClient, headers: dict[str, str]) -> None:
    make.person(email=ADDRESS)
    assert client.post("/sign-in", data={"email": ADDRESS}, headers=headers).status_code == 400
    assert letters() == 0


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}],
)
def test_a_form_of_our_own_is_taken(app: Flask, client: PageClient, headers: dict[str, str]) -> None:
    make.person(email=ADDRESS)
    assert client.post("/sign-in", data={"email": ADDRESS}, headers=headers).status_code == 303
    assert letters() == 1
