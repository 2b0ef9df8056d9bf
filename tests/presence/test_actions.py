"""Who has a page open: seen by others, once for each person, and forgotten when they leave."""

from datetime import timedelta

from flask import Flask

from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.presence.actions import arrive
from eventapp.presence.models import Presence
from eventapp.presence.queries import AWAY, others_at, typing_in
from tests import make

AT = make.TODAY


def test_others_are_seen_where_they_are_until_they_are_away(app: Flask) -> None:
    ada, kim = make.person("Ada"), make.person("Kim")
    for who, part, later in ((ada, 1, 0), (kim, 2, 1), (ada, 3, 2)):
        with transaction():
            arrive("report", 7, part, by=who, at=AT + timedelta(seconds=later))

    def seen(after: timedelta, kind: str = "report", scope: int = 7) -> list[tuple[str, int | None]]:
        return [(one.name, one.part) for one in others_at(kind, scope, kim, at=AT + after)]

    assert seen(timedelta(seconds=5)) == [("Ada", 3)]
    assert seen(timedelta(seconds=5), scope=8) == seen(timedelta(seconds=5), kind="session") == []
    assert seen(AWAY + timedelta(seconds=3)) == []
    with transaction():
        arrive("report", 7, 2, by=kim, at=AT + 2 * AWAY)
    assert db.session.query(Presence).count() == 1


def test_who_writes_is_here_while_they_write_though_their_page_did_not_say_so(app: Flask) -> None:
    ada, kim = make.person("Ada"), make.person("Kim")
    with transaction():
        arrive("session", 7, None, by=ada, at=AT)
    for who, target, seconds in ((kim, None, 30), (ada, 3, 40), (ada, None, 1)):
        kept = AT - timedelta(seconds=seconds)
        facts = {"kind": "note", "scope_id": 7, "content": {"text": "Prices"}, "created_at": kept, "updated_at": kept}
        make.kept(Draft(person_id=who.id, target_id=target, **facts))

    def told(since: timedelta | None = None) -> list[tuple[str, int | None, tuple[str, ...]]]:
        typing = typing_in(7, ("note",), since=AT - since if since else None)
        return [(one.name, one.part, one.writes) for one in others_at("session", 7, None, at=AT, typing=typing)]

    assert told() == [("Ada", None, ("note-3", "note-0"))]  # an old text of Kim's does not say that she is here
    assert told(timedelta(seconds=10)) == [("Ada", None, ("note-0",))]
    with transaction():
        arrive("session", 7, None, by=kim, at=AT)
    assert told(timedelta(seconds=10)) == [("Ada", None, ("note-0",)), ("Kim", None, ())]
    assert others_at("session", 7, ada, at=AT)[0].name == "Kim"
