from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.kinds.queries import kinds_in
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.practices.models import Card, CardFile, CardRevision, Consent
from eventapp.record.notes.models import Note, Revision
from eventapp.record.sessions.queries import titles_recorded
from eventapp.vocabulary.sessions import PRACTICES

PRIZE_WINNER = "prize-winner"
PRESENTERS = ("speaker", "panellist", PRIZE_WINNER)


def cards_of(meeting: Meeting) -> list[Card]:
    """Every card of this meeting, in the order of the day and of their numbers. Four queries."""
    query = select(Card).join(Card.session).where(Card.meeting_id == meeting.id)
    options = (
        contains_eager(Card.session),
        joinedload(Card.person),
        joinedload(Card.note),
        selectinload(Card.consents),
        selectinload(Card.draft),
    )
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code, Card.number).options(*options)))


def card_at(meeting: Meeting, number: int) -> Card | None:
    """The card of this meeting with this number."""
    return db.session.scalar(select(Card).where(Card.meeting_id == meeting.id, Card.number == number))


def open_card_of(session: Session, person: Person) -> Card | None:
    """The card this person was invited to fill for this session, unless it was ended."""
    query = select(Card).where(Card.session_id == session.id, Card.person_id == person.id, Card.ended_at.is_(None))
    return db.session.scalar(query.limit(1))


def next_number(meeting: Meeting) -> int:
    """The number of this meeting's next card; only right while the meeting is locked."""
    return (db.session.scalar(select(func.max(Card.number)).where(Card.meeting_id == meeting.id)) or 0) + 1


def file_of(card: Card) -> CardFile | None:
    """The photo or document that goes with this card now."""
    query = select(CardFile).where(CardFile.card_id == card.id, CardFile.replaced_at.is_(None))
    return db.session.scalar(query.order_by(CardFile.id.desc()).limit(1))


def presenters(meeting: Meeting, cards: Sequence[Card]) -> list[SpeakingRole]:
    """Who presents a good practice and has no card yet: prize winners, and the speakers of sessions for them."""
    for_them = Session.kind.in_(kinds_in(meeting, PRACTICES))
    query = (
        select(SpeakingRole)
        .join(SpeakingRole.session)
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
            (SpeakingRole.role == PRIZE_WINNER) | (for_them & SpeakingRole.role.in_(PRESENTERS)),
        )
        .order_by(Session.starts_at, Session.code, SpeakingRole.position, SpeakingRole.id)
        .options(contains_eager(SpeakingRole.session), joinedload(SpeakingRole.person))
    )
    asked = {(card.session_id, card.person_id) for card in cards if card.ended_at is None}
    return [role for role in db.session.scalars(query) if (role.session_id, role.person_id) not in asked]


def sessions_with_cards(meeting: Meeting) -> list[tuple[str, str]]:
    """Code and title of the sessions a card may belong to, those for good practices first."""
    for_them = case((Session.kind.in_(kinds_in(meeting, PRACTICES)), 0), else_=1)
    return titles_recorded(meeting, first=[for_them])


def newest_sent(card: Card) -> CardRevision | None:
    """What the presenter last sent, None before anything was."""
    query = select(CardRevision).where(CardRevision.card_id == card.id, CardRevision.was_sent.is_(True))
    return db.session.scalar(query.order_by(CardRevision.number.desc()).limit(1))


def number_agreed(meeting: Meeting, outlet: str) -> int:
    """How many cards were sent whose presenters agree now to this outlet."""
    is_sent = Card.revisions.any(CardRevision.was_sent)
    query = select(func.count()).select_from(Card).where(Card.meeting_id == meeting.id, _agreed(outlet), is_sent)
    return db.session.scalars(query).one()


def sent_and_agreed(meeting: Meeting, outlet: str) -> list[tuple[Card, CardRevision]]:
    """The cards whose presenters agree now to this outlet, each with what was last sent, in the order of numbers."""
    older = aliased(CardRevision)
    newest = select(func.max(older.number)).where(older.card_id == Card.id, older.was_sent)
    query = (
        select(Card, CardRevision)
        .join(CardRevision, CardRevision.card_id == Card.id)
        .where(Card.meeting_id == meeting.id, _agreed(outlet), CardRevision.number == newest.scalar_subquery())
        .order_by(Card.number)
        .options(
            joinedload(Card.note).options(joinedload(Note.session), joinedload(Note.current).joinedload(Revision.role)),
            selectinload(Card.completions),
        )
    )
    return [(card, revision) for card, revision in db.session.execute(query)]


def _agreed(outlet: str) -> ColumnElement[bool]:
    return Card.consents.any((Consent.outlet == outlet) & Consent.withdrawn_at.is_(None))
