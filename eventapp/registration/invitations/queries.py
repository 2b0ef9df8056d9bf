import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select, update
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from eventapp.registration.invitations.models import AROUND, Invitation
from eventapp.registration.models import DECLINED, LAPSED, WITHDRAWN, Registration

PAGE = 50
OPEN, ACCEPTED, REFUSED, DRAFTS, GROUPS, ALL = "open", "accepted", "declined", "drafts", "groups", "all"
TABS = (ALL, OPEN, ACCEPTED, REFUSED, DRAFTS, GROUPS)
A_DAY = timedelta(days=1)
MEANT, NO_CODE = str.maketrans("OIL", "011"), re.compile(r"[\s-]+")


def counted() -> ScalarSelect[int]:
    """How many registered by an invitation and still come, or ask to."""
    gone = Registration.state.in_((WITHDRAWN, DECLINED, LAPSED))
    query = select(func.count()).where(Registration.invitation_id == Invitation.id, ~gone)
    return query.correlate(Invitation).scalar_subquery()


def uses_of(invitation: Invitation) -> int:
    """How often this one is used; only right while the meeting is locked."""
    return db.session.scalar(select(counted()).where(Invitation.id == invitation.id)) or 0


def in_tab(tab: str) -> ColumnElement[bool]:
    """The condition that an invitation stands under this tab."""
    personal, used = Invitation.email != "", counted() > 0
    unanswered = and_(personal, ~used, Invitation.declined_at.is_(None), Invitation.ended_at.is_(None))
    drafts = and_(personal, Invitation.is_draft, Invitation.ended_at.is_(None))
    return {
        OPEN: and_(unanswered, ~Invitation.is_draft),
        DRAFTS: drafts,
        ACCEPTED: and_(personal, used),
        REFUSED: and_(personal, ~used, Invitation.declined_at.is_not(None)),
        GROUPS: Invitation.email == "",
    }.get(tab, Invitation.id > 0)


def listed(meeting: Meeting, tab: str, page: str | None) -> Page[Invitation]:
    """The page of invitations of this tab, the newest first."""
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, in_tab(tab))
    return page_in_sql(query.order_by(Invitation.id.desc()).options(joinedload(Invitation.category)), page, most=PAGE)


def uses_by_number(invitations: Collection[Invitation]) -> dict[int, int]:
    """How often each of these is used, in one query."""
    query = select(Invitation.id, counted()).where(Invitation.id.in_([one.id for one in invitations]))
    return {number: uses for number, uses in db.session.execute(query)}  # noqa: C416 -- a row is no pair to the types


def tab_counts(meeting: Meeting) -> dict[str, int]:
    """How many invitations stand under each tab."""
    query = select(*(func.count().filter(in_tab(tab)) for tab in TABS)).where(Invitation.meeting_id == meeting.id)
    return dict(zip(TABS, db.session.execute(query).one(), strict=True))


def invitation_of(meeting: Meeting, number: int) -> Invitation | None:
    """The invitation of this meeting with this number."""
    return db.session.scalar(select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.id == number))


def group_with(meeting: Meeting, code: str) -> Invitation | None:
    """The group of this meeting whose code this is, however it was typed; None where it was ended."""
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.code == typed_code(code))
    return db.session.scalar(query.where(Invitation.ended_at.is_(None)))


def typed_code(words: str) -> str:
    """A code as it is kept: capitals, without blanks and strokes, and what people confuse as what it is."""
    return NO_CODE.sub("", words.upper()).translate(MEANT)


def invited_already(meeting: Meeting, emails: Collection[str]) -> set[str]:
    """Those of these addresses that have an invitation that was not ended."""
    query = select(Invitation.email).where(Invitation.meeting_id == meeting.id, Invitation.email.in_(emails))
    return set(db.session.scalars(query.where(Invitation.ended_at.is_(None))))


WAITS = and_(
    Invitation.email != "",
    Invitation.posted_at.is_(None),
    ~Invitation.is_draft,
    Invitation.ended_at.is_(None),
)  # for its letter


def unwritten() -> Select[Invitation]:
    """Ask for the invitations of people that wait for their letter, with what is around them."""
    return select(Invitation).where(WAITS).order_by(Invitation.id).options(*AROUND)


@dataclass(frozen=True)
class Sending:
    """Letters of invitations that the worker is at."""

    many: int  # handed over since the first that still waits was, or waiting
    left: int

    @property
    def share(self) -> int:
        """How many of them are written, in percent."""
        return 100 - 100 * self.left // self.many


def sending(meeting: Meeting) -> Sending | None:
    """How far the worker is with the letters of invitations; None where none waits."""
    left, since = db.session.execute(
        select(func.count(), func.min(Invitation.invited_at)).where(Invitation.meeting_id == meeting.id, WAITS)
    ).one()
    if not left:
        return None
    written = (Invitation.meeting_id == meeting.id, Invitation.email != "", Invitation.posted_at >= since)
    return Sending(left + (db.session.scalar(select(func.count()).where(*written)) or 0), left)


def keep_back(meeting: Meeting) -> int:
    """Make every invitation of this meeting that waits for its letter a draft. Returns how many."""
    back = update(Invitation).where(Invitation.meeting_id == meeting.id, WAITS).values(is_draft=True)
    how = {"synchronize_session": False}
    return len(db.session.scalars(back.returning(Invitation.id), execution_options=how).all())


def has_unwritten(_at: datetime) -> bool:
    """Whether an invitation waits for its letter."""
    return db.session.scalar(unwritten().limit(1)) is not None


def release_drafts(meeting: Meeting, at: datetime) -> int:
    """Make every draft of this meeting one that waits for its letter. Returns how many."""
    drafts = (Invitation.meeting_id == meeting.id, in_tab(DRAFTS))
    count = db.session.scalar(select(func.count()).select_from(Invitation).where(*drafts)) or 0
    db.session.execute(update(Invitation).where(*drafts).values(is_draft=False, invited_at=at))
    return count


def to_remind(meeting: Meeting, at: datetime) -> list[Invitation]:
    """Who has not answered and heard nothing for a day, the first invited first; as many as a press writes to."""
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, in_tab(OPEN))
    query = query.where(or_(Invitation.reminded_at.is_(None), Invitation.reminded_at <= at - A_DAY))
    query = query.where(Invitation.invited_at <= at - A_DAY)
    return list(db.session.scalars(query.order_by(Invitation.id).limit(PAGE)))


def registration_by(invitation: Invitation) -> Registration | None:
    """The registration that a personal invitation led to."""
    query = select(Registration).where(Registration.invitation_id == invitation.id)
    return db.session.scalar(query.order_by(Registration.id.desc()).limit(1))


def skips_approval(registration: Registration) -> bool:
    """Whether this person came by an invitation for which no organizer decides."""
    if registration.invitation_id is None:
        return False
    query = select(Invitation.skips_approval).where(Invitation.id == registration.invitation_id)
    return bool(db.session.scalar(query))
