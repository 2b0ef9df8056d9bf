"""What was sent for clearance before is read by the same people after."""

from datetime import timedelta

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from config import ROOT
from eventapp.clearance.models import Reader
from eventapp.ground.db import db, transaction
from eventapp.review.paragraphs.arranging import add_chapter
from tests import make, make_review

MIGRATIONS = str(ROOT / "migrations")


def test_the_chapters_of_a_link_are_kept_both_ways(app: Flask) -> None:
    [migration] = (ROOT / "migrations/versions").glob("*_clear_several_chapters_by_one_link.py")
    before = f"{int(migration.name.split('_')[0]) - 1:04d}"
    report = make_review.report(make.meeting(mandate=[], objectives=[]))
    with transaction():
        first, second = (add_chapter(report, title, by=None, at=make.TODAY) for title in ("Access", "Media"))
        for name, chapters in {"all": [], "one": [second], "two": [second, first]}.items():
            until = make.TODAY + timedelta(days=2)
            reader = Reader(report=report, name=name, email="reader@example.org", asked_at=make.TODAY, expires_at=until)
            reader.chapters = chapters
            db.session.add(reader)
    access, media = first.id, second.id

    db.session.remove()
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before)
    with db.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT name, chapter_id FROM reader ORDER BY name, id")).all()
    assert [tuple(row) for row in rows] == [("all", None), ("one", media), ("two", access), ("two", media)]

    flask_migrate.upgrade(directory=MIGRATIONS)
    readers = db.session.scalars(sa.select(Reader).order_by(Reader.name))
    assert [(one.name, [chapter.id for chapter in one.chapters]) for one in readers] == [
        ("all", []),
        ("one", [media]),
        ("two", [access, media]),
    ]
