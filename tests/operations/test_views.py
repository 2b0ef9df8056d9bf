from flask import Flask
from sqlalchemy import text

from eventapp.ground.db import db
from tests.browserless import PageClient


def test_it_is_well_and_ready(client: PageClient) -> None:
    assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ready\n")


def test_it_is_not_ready_before_its_migrations(app: Flask, client: PageClient) -> None:
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "migrations\n")


def test_it_is_not_ready_without_any_table_of_migrations(app: Flask, client: PageClient) -> None:
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "migrations\n")
