"""What waits for somebody as a person: sessions to record, parts to answer, words to confirm, cards to fill."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.agenda.models import DECLINED, INVITED, ROLE_LINK, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.ground.text.dates import day, local
from eventapp.ground.text.i18n import _
from eventapp.home.waiting.lines import MOST_LINES, Waiting
from eventapp.links.queries import working_secrets
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.practices.models import LINK as CARD
from eventapp.practices.models import Card
from eventapp.record.confirmations.models import LINK as CONFIRMATION
from eventapp.record.confirmations.models import Confirmation
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.sessions.queries import BREAK, RAPPORTEUR
from eventapp.registration.models import Registration

SOON = timedelta(days=1)
LEADERS = ("chair", "moderator")
IS_OPEN = (Meeting.closed_at.is_(None), Meeting.archived_at.is_(None))


def sessions_to_record(person: Person, at: datetime) -> Iterator[Waiting]:
    """The sessions this person records that have begun and were not handed in."""
    query = (
        select(Session)
        .join(SpeakingRole, SpeakingRole.session_id == Session.id)
        .join(Session.meeting)
        .outerjoin(SessionRecord, SessionRecord.session_id == Session.id)
        .where(
            SpeakingRole.person_id == person.id,
            SpeakingRole.role == RAPPORTEUR,
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
            Session.cancelled_at.is_(None),
            Session.kind != BREAK,
            Session.starts_at <= at,
            SessionRecord.submitted_at.is_(None),
            *IS_OPEN,
        )
        .order_by(Session.starts_at.desc(), Session.id)
    )
    for one in db.session.scalars(query.limit(MOST_LINES).options(joinedload(Session.meeting))):
        runs = at < one.ends_at
        yield Waiting(
            one.meeting,
            _("%(code)s is running: record it", code=one.code)
            if runs
            else _("%(code)s is over and its record is not handed in", code=one.code),
            _("Record %(code)s", code=one.code),
            "capture.new",
            {"code": one.code},
            tone="stop" if runs else "wait",
            due=one.starts_at,
        )


def sessions_to_lead(person: Person, at: datetime) -> Iterator[Waiting]:
    """The sessions this person chairs or moderates that run or begin within a day, with their list of speakers."""
    query = (
        select(Session)
        .join(SpeakingRole, SpeakingRole.session_id == Session.id)
        .join(Session.meeting)
        .where(
            SpeakingRole.person_id == person.id,
            SpeakingRole.role.in_(LEADERS),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
            Session.cancelled_at.is_(None),
            Session.ends_at > at,
            Session.starts_at < at + SOON,
            *IS_OPEN,
        )
        .order_by(Session.starts_at, Session.id)
    )
    for one in db.session.scalars(query.limit(MOST_LINES).options(joinedload(Session.meeting))).unique():
        yield Waiting(
            one.meeting,
            _("You lead %(code)s, %(title)s", code=one.code, title=one.title),
            _("List of speakers"),
            "floor.show",
            {"code": one.code},
            tone="stop" if one.starts_at <= at else "wait",
            due=one.starts_at,
        )


def parts_to_answer(person: Person, at: datetime) -> Iterator[Waiting]:
    """The parts in sessions to come that this person was asked to take."""
    query = (
        select(SpeakingRole)
        .join(SpeakingRole.session)
        .join(Session.meeting)
        .where(
            SpeakingRole.person_id == person.id,
            SpeakingRole.state == INVITED,
            SpeakingRole.ended_at.is_(None),
            Session.cancelled_at.is_(None),
            Session.starts_at > at,
            *IS_OPEN,
        )
        .order_by(Session.starts_at, SpeakingRole.id)
        .options(joinedload(SpeakingRole.session).joinedload(Session.meeting))
    )
    rows = db.session.scalars(query.limit(MOST_LINES)).all()
    secrets = working_secrets(ROLE_LINK, [one.id for one in rows], at=at) if rows else {}
    for one in rows:
        if one.id in secrets:
            yield Waiting(
                one.session.meeting,
                _("%(role)s in %(code)s: say whether you come", role=one.label, code=one.session.code),
                _("Answer"),
                "agenda.role",
                {"token": secrets[one.id]},
                due=one.session.starts_at,
            )


def words_to_confirm(person: Person, at: datetime) -> Iterator[Waiting]:
    """The requests to confirm what this person said that wait for an answer."""
    guest, role = aliased(Registration), aliased(SpeakingRole)
    query = (
        select(Confirmation)
        .join(Confirmation.session)
        .join(Session.meeting)
        .outerjoin(role, Confirmation.role_id == role.id)
        .outerjoin(guest, Confirmation.registration_id == guest.id)
        .where(
            or_(role.person_id == person.id, guest.person_id == person.id),
            Confirmation.answered_at.is_(None),
            Confirmation.ended_at.is_(None),
            Confirmation.expires_at > at,
            *IS_OPEN,
        )
        .order_by(Confirmation.expires_at, Confirmation.id)
        .options(joinedload(Confirmation.session).joinedload(Session.meeting))
    )
    rows = db.session.scalars(query.limit(MOST_LINES)).all()
    secrets = working_secrets(CONFIRMATION, [one.id for one in rows], at=at) if rows else {}
    for one in rows:
        if one.id in secrets:
            meeting = one.session.meeting
            until = day(local(one.expires_at, meeting.zone).date())
            yield Waiting(
                meeting,
                _("Confirm what is recorded of %(code)s, until %(day)s", code=one.session.code, day=until),
                _("Read and confirm"),
                "confirmations.show",
                {"token": secrets[one.id]},
                due=one.expires_at,
            )


def cards_to_fill(person: Person, at: datetime) -> Iterator[Waiting]:
    """The good practice cards this person was asked for and has not sent."""
    query = (
        select(Card)
        .join(Card.meeting)
        .where(Card.person_id == person.id, Card.sent_at.is_(None), Card.ended_at.is_(None), *IS_OPEN)
        .order_by(Card.id)
        .options(joinedload(Card.meeting))
    )
    rows = db.session.scalars(query.limit(MOST_LINES)).all()
    secrets = working_secrets(CARD, [one.id for one in rows], at=at) if rows else {}
    for one in rows:
        if one.id in secrets:
            yield Waiting(
                one.meeting,
                _("Your good practice card is not sent yet"),
                _("Fill the card"),
                "practices.show",
                {"token": secrets[one.id]},
            )


OWN = (sessions_to_record, sessions_to_lead, words_to_confirm, parts_to_answer, cards_to_fill)
