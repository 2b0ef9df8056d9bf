"""While there is time: the next session's moderator is told what has not come up yet."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.queries import was_posted
from eventapp.review.coverage.counting import Counting
from eventapp.review.coverage.figures import Row
from eventapp.review.coverage.mails import LETTER, gaps

BREAK = "break"
LEADERS = ("moderator", "chair")  # in this order


def next_session(meeting: Meeting, *, at: datetime) -> Session | None:
    """The first session that begins after this moment and is led by somebody with an address."""
    is_led = (
        select(SpeakingRole.id)
        .where(
            SpeakingRole.session_id == Session.id,
            SpeakingRole.role.in_(LEADERS),
            SpeakingRole.person_id.is_not(None),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
        )
        .exists()
    )
    query = select(Session).where(
        Session.meeting_id == meeting.id,
        Session.starts_at > at,
        Session.kind != BREAK,
        Session.cancelled_at.is_(None),
        is_led,
    )
    first = query.order_by(Session.starts_at, Session.code).options(selectinload(Session.roles)).limit(1)
    return db.session.scalar(first)


def leader_of(session: Session) -> SpeakingRole | None:
    """Whoever moderates this session, else chairs it, where their address is known."""
    leading = [role for role in session.roles if role.holds and role.person_id and role.role in LEADERS]
    return min(leading, key=lambda role: LEADERS.index(role.role), default=None)


def last_asked(session: Session) -> Letter | None:
    """The newest letter of this kind about this session."""
    query = select(Letter).where(Letter.about == f"session:{session.id}", Letter.kind == LETTER)
    return db.session.scalar(query.order_by(Letter.id.desc()).limit(1))


def ask_in_next_session(
    meeting: Meeting, rows: Sequence[Row], look: Counting, *, by: Person | None, at: datetime
) -> Letter:
    """Send these lines, with the goals that nobody has spoken of, to the moderator of the next session.

    Where `look` counted some notes only, the letter says which: of the others it says nothing. Refused where nothing is
    missing, where no session that somebody leads is to come, and for the same list twice.
    """
    lock(meeting)
    session = next_session(meeting, at=at)
    leader = leader_of(session) if session else None
    if not rows:
        raise Refused(_("Nothing is missing: there is nothing to ask about."))
    if session is None or leader is None:
        raise Refused(_("No session with a moderator we can write to is still to come."))
    listed = sha256(repr([(row.line, row.open_goals) for row in rows] + [look] * bool(look)).encode()).hexdigest()[:16]
    dedupe = f"gaps:{session.id}:{leader.id}:{listed}"
    if was_posted(dedupe):
        raise Refused(_("%(name)s has got this list already. Send it again when it has changed.", name=leader.name))
    letter = post(gaps(session, leader, rows, look.labels(), dedupe=dedupe), at=at)
    record("sent the gaps", session, by=by, at=at, to=leader.name, lines=[r.line for r in rows])
    return letter
