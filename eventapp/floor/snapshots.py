"""How a floor list stood before something was done to it, and the way back."""

from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.floor.models import PROTOCOL, Floor, FloorAct, Statement
from eventapp.floor.queries import settings_of
from eventapp.ground.db import db
from eventapp.ground.db.types import Record

MOMENTS = ("started_at", "ended_at", "removed_at")


def snapshot(session: Session) -> Record:
    """The whole list of this session as JSON keeps it, what was taken off too."""
    db.session.flush()
    settings = settings_of(session)
    found = db.session.scalars(select(Statement).where(Statement.session_id == session.id).order_by(Statement.id))
    return {
        "rule": settings.rule if settings else PROTOCOL,
        "first_timers_first": bool(settings and settings.first_timers_first),
        "statements": {str(one.id): facts_of(one) for one in found},
    }


def facts_of(one: Statement) -> dict[str, object]:
    moments = {name: moment.isoformat() if (moment := getattr(one, name)) else None for name in MOMENTS}
    return {**moments, "place": one.place, "pauses": one.pauses}


def changed_since(before: Record, now: Record, at: datetime) -> Record:
    """Of the list as it stood before only what is different now; who was not on it yet counts as taken off."""
    old = before["statements"]
    off = {"removed_at": at.isoformat()}
    differing = {
        number: old.get(number, {**facts, **off})
        for number, facts in now["statements"].items()
        if old.get(number) != facts
    }
    return {**before, "statements": differing}


def restore(act: FloorAct) -> None:
    """Let the list stand as it did before this act."""
    before = act.before
    settings = settings_of(act.session)
    if settings is None:
        settings = Floor(session_id=act.session_id)
        db.session.add(settings)
    settings.rule, settings.first_timers_first = before["rule"], before["first_timers_first"]
    ids = [int(number) for number in before["statements"]]
    rows = list(db.session.scalars(select(Statement).where(Statement.id.in_(ids))))
    for one in sorted(rows, key=lambda one: is_turn(before["statements"][str(one.id)])):
        facts = before["statements"][str(one.id)]
        one.place, one.pauses = facts["place"], facts["pauses"]
        for name in MOMENTS:
            setattr(one, name, datetime.fromisoformat(facts[name]) if facts[name] else None)
        db.session.flush()  # whose turn ends first: the database lets one speak at a time


def is_turn(facts: dict[str, object]) -> bool:
    return bool(facts["started_at"] and not facts["ended_at"] and not facts["removed_at"])
