import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.people.models import Administrator, Person


def test_an_administrator_is_made_and_may_sign_in(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["people", "make-administrator", "Ada@Example.org", "--name", "Ada"])
    assert answer.exit_code == 0
    assert answer.output.startswith("http://localhost/sign-in/")
    assert db.session.scalar(select(Person.email).join(Administrator, Administrator.person_id == Person.id)) == (
        "ada@example.org"
    )


@pytest.mark.parametrize("email", ["", "ada", "ada@localhost", "ada @example.org", "Ada <ada@example.org>"])
def test_what_is_no_address_gets_no_rights(app: Flask, email: str) -> None:
    answer = app.test_cli_runner().invoke(args=["people", "make-administrator", email])
    assert (answer.exit_code, answer.output.startswith("Error: Write ")) == (1, True)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_link_lasts_a_minute_or_more(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["people", "sign-in-link", "ada@example.org", "--minutes", "0"])
    assert answer.exit_code == 2
