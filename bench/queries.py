"""How many SQL queries a page costs: constant, whatever the meeting holds, and none for a released page in the cache."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import event

from bench.figures import Figure
from bench.world import LARGE, OPEN, SMALL, agenda_slug
from eventapp.ground.db import db


def query_figures(app: Flask) -> Iterator[Figure]:
    """The same pages of a meeting of 250 and of 2,500 sessions; twice each, for the second comes from the cache."""
    counted = [0]

    def count(*_args: object) -> None:
        counted[0] += 1

    def cost(path: str) -> int:
        counted[0] = 0
        answer = app.test_client().get(path)
        if answer.status_code != 200:
            raise AssertionError(f"{path} answers {answer.status_code}")
        return counted[0]

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    for name, path in (
        ("agenda", "/agenda"),
        ("calendar", "/agenda.ics"),
        ("JSON", "/agenda.json"),
        ("session", "/sessions/S1"),
    ):
        paths = [f"/meetings/{agenda_slug(sessions)}{path}" for sessions in (SMALL, LARGE)]
        first, again = [cost(one) for one in paths], [cost(one) for one in paths]
        told = f"first {first[0]} and {first[1]}, then {again[0]} and {again[1]}"
        yield Figure(
            f"SQL queries, {name}: 250 and 2,500 sessions",
            told,
            "same, then 0",
            first[0] == first[1] and not any(again),
        )
    for name, path in (("front page", "/"), ("registration form", f"/meetings/{OPEN}/registration/new?category=UN")):
        yield Figure(f"SQL queries, {name}", str(cost(path)))
