"""Rows as one text: another whenever a cell is another, whatever stands in it."""

import pytest
from flask import Flask
from sqlalchemy import Text, cast, literal, null, select, union_all

from eventapp.ground.db import db
from eventapp.ground.db.at_once import at_once

Cells = tuple[str | None, ...]


def as_text(*rows: Cells) -> str | None:
    made = [
        select(*(cast(null() if cell is None else literal(cell), Text).label(f"c{n}") for n, cell in enumerate(row)))
        for row in rows
    ]
    found = union_all(*made).subquery()
    return db.session.scalar(at_once(select(*found.c)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([(None,)], [("",)]),
        ([(None,)], [("null",)]),
        ([("a", "b")], [('a", "b', "")]),
        ([("a", "b")], [('a","b', "")]),
        ([("a",), ("b",)], [('a"]\n["b',)]),
        ([("a",), ("b",)], [("b",), ("a",)]),
        ([("é",)], [("e",)]),
        ([("",)], [("", "")]),
    ],
)
def test_what_differs_is_another_text(app: Flask, one: list[Cells], other: list[Cells]) -> None:
    assert as_text(*one) != as_text(*other)
    assert as_text(*one) == as_text(*one)


def test_no_rows_are_no_text(app: Flask) -> None:
    nothing = select(literal("a").label("c")).where(literal(1) == 2)
    assert not db.session.scalar(at_once(nothing))
