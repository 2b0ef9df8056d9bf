"""Who has a page open: seen by others, once for each person, and forgotten when they leave."""

from datetime import timedelta

from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.presence.actions import arrive
from eventapp.presence.models import Presence
from eventapp.presence.queries import AWAY, others_at
from tests import make

AT = make.TODAY


def test_others_are_seen_where_they_are_until_they_are_away(app: Flask) -> None:
    ada, kim = make.person("Ada"), make.person("Kim")
    for who, part, later in ((ada, 1, 0), (kim, 2, 1), (ada, 3, 2)):
        with transaction():
            arrive("report", 7, part, by=who, at=AT + timedelta(seconds=later))

    def seen(after: timedelta, kind: str = "report", scope: int = 7) -> list[tuple[str, int | None]]:
        return [(one.person.name, one.part_id) for one in others_at(kind, scope, kim, at=AT + after)]

    assert seen(timedelta(seconds=5)) == [("Ada", 3)]
    assert seen(timedelta(seconds=5), scope=8) == seen(timedelta(seconds=5), kind="session") == []
    assert seen(AWAY + timedelta(seconds=3)) == []
    with transaction():
        arrive("report", 7, 2, by=kim, at=AT + 2 * AWAY)
    assert db.session.query(Presence).count() == 1
