from collections.abc import Mapping
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.live.late.rule import END, FIXED, FREE
from eventapp.live.models import DelayRule
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

HOLDS = (FREE, END, FIXED)


def set_rules(
    meeting: Meeting, sessions: list[Session], rules: Mapping[str, tuple[str, int]], *, by: Person | None, at: datetime
) -> int:
    """Say how these sessions give way: by code, how they hold and the minutes they need. Returns how many changed.

    Refused for a rule nobody knows and for less than a minute.
    """
    lock(meeting)
    changed = 0
    for session in (one for one in sessions if one.code in rules):
        hold, least = rules[session.code]
        if hold not in HOLDS or least < 1:
            raise Refused(_("Choose how %(code)s gives way, and write its minutes.", code=session.code))
        row = db.session.get(DelayRule, session.id)
        if row and (row.hold, row.least) == (hold, least):
            continue
        if row is None:
            row = DelayRule(session_id=session.id)
            db.session.add(row)
        row.hold, row.least = hold, least
        record("set delay rule", session, by=by, at=at, code=session.code, hold=hold, minutes=least)
        changed += 1
    return changed
