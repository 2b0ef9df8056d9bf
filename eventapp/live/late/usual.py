"""How sessions give way to a delay where nobody said otherwise, by their kind and length."""

from datetime import timedelta

from eventapp.agenda.models import Session
from eventapp.live.late.rule import END, FIXED, FREE
from eventapp.vocabulary.sessions import BREAK

A_MEAL = timedelta(minutes=45)  # a break from this length on is lunch: caterers and guests are there at its time
LEAST_BREAK = 10  # minutes
SHARE = 3, 4  # of its length a session keeps at least
STEP = 5  # minutes
HOLDS = {"opening": FIXED, "closing": END}  # guests come for the one; interpreters leave after the other


def usual_hold(session: Session) -> str:
    """Whether it moves, ends as planned, or does neither."""
    if session.kind == BREAK:
        return FIXED if session.ends_at - session.starts_at >= A_MEAL else FREE
    return HOLDS.get(session.kind, FREE)


def usual_least(session: Session) -> int:
    """The minutes it needs at least: ten of a break, three quarters of a session in whole steps of five."""
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    if session.kind == BREAK:
        return min(LEAST_BREAK, minutes)
    part, whole = SHARE
    return max(1, min(minutes, -(-minutes * part // whole // STEP) * STEP))
