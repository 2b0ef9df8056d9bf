"""The first administrator of an empty installation, by the link of its start."""

import re

from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.people.accounts.first import first_link
from eventapp.people.models import Person
from eventapp.people.queries import administrators
from tests import make
from tests.browserless import PageClient

WHO = {"name": "Napat Srisai", "email": "Napat.Srisai@example.org"}


def page() -> str:
    return f"/first-administrator/{first_link()}"


def test_who_opens_the_link_administers_and_is_led_to_a_new_meeting(client: PageClient) -> None:
    assert "Nobody administers this installation yet." in client.get(page()).text
    answer = client.post(page(), data=WHO)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/manage/meetings/new")
    assert [one.email for one in administrators()] == ["napat.srisai@example.org"]
    assert "New meeting" in client.get("/manage/meetings/new").text


def test_the_link_leads_nowhere_once_somebody_administers(client: PageClient) -> None:
    address = page()
    make.administrator()

    assert first_link() is None
    assert client.get(address).status_code == 404
    assert client.post(address, data=WHO).status_code == 404
    assert len(administrators()) == 1


def test_another_link_leads_nowhere(client: PageClient) -> None:
    address = page()[:-1] + ("A" if page()[-1] != "A" else "B")

    assert client.get(address).status_code == 404
    assert client.post(address, data=WHO).status_code == 404
    assert administrators() == []


def test_what_is_wrong_stands_beside_its_field(client: PageClient) -> None:
    answer = client.post(page(), data={"name": "", "email": "napat"})

    assert answer.status_code == 422
    assert "Write your name." in answer.text and "Write a full address" in answer.text
    assert db.session.scalars(select(Person)).all() == []


def test_the_command_prints_the_link_while_nobody_administers(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["people", "first-link"]).output
    assert re.fullmatch(r"http\S+/first-administrator/\S{32}\n", printed)
    make.administrator()
    assert app.test_cli_runner().invoke(args=["people", "first-link"]).output == ""


def test_the_link_is_the_same_at_every_start(app: Flask) -> None:
    assert first_link() == first_link()
    assert first_link() is not None
