"""Where something of a person is: counted for each place, and the meetings that know them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, false, func, literal, null, or_, select, union_all

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.balance.models import Nominee
from eventapp.clearance.models import Reader
from eventapp.commitments.models import FocalPoint
from eventapp.erasure.looking.known import Known, parts_without_address
from eventapp.ground.db import db, table_of
from eventapp.ground.db.types import Base
from eventapp.ground.text.i18n import _l
from eventapp.history.models import Entry
from eventapp.inputs.models import Input
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting, Staff
from eventapp.people.models import Person, SignIn
from eventapp.practices.models import Card, CardRevision
from eventapp.record.notes.models import Note
from eventapp.registration.imports.models import Import, ImportRow
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration
from eventapp.review.reports.models import Report

PLACES = {
    "registrations": _l("Registrations"),
    "invitations": _l("Invitations to register"),
    "rows": _l("Rows of files of participants or guests"),
    "files": _l("Files of participants or guests whose first rows name the address"),
    "parts": _l("Parts in the programme"),
    "focal points": _l("Invitations to nominate for a delegation"),
    "nominees": _l("Lines on lists of nominees"),
    "inputs": _l("Inputs to the review"),
    "cards": _l("Cards of good practices"),
    "contacts": _l("Versions of cards that name the address as contact"),
    "readers": _l("Requests to read a draft report"),
    "commitments": _l("Commitments about which we write to them"),
    "roles": _l("Roles in running meetings, ended ones too"),
    "letters": _l("Emails that went to the address"),
    "acts": _l("Lines of the history about what they did"),
    "account": _l("Name and address, as we know them"),
    "sign-ins": _l("Browsers that signed in"),
}
# What makes a meeting one of theirs, so that its organizers have a say; where there is none of these, all else does.
KNOWING = (
    "registrations",
    "invitations",
    "rows",
    "files",
    "parts",
    "nominees",
    "inputs",
    "cards",
    "contacts",
    "readers",
)
OF_AN_ACCOUNT = ("roles", "acts", "sign-ins")  # is of the installation, and not of a meeting alone
Rows = Select[int]  # the numbers of rows


@dataclass(frozen=True)
class Holding:
    """How often something of a person is in one place, at one meeting or at none in particular."""

    place: str
    meeting_id: int | None
    count: int

    @property
    def label(self) -> str:
        """The place, in the reader's language."""
        return str(PLACES[self.place])


def holdings_of(known: Known) -> list[Holding]:
    """What there is of this person, in one query: for each place and meeting, in the order of PLACES."""
    queries = {**at_address(known), **by_name(known), **of_row(known.number)}
    counts = [
        query.with_only_columns(literal(place), cast(at, Integer), func.count()).group_by(at)
        for place, (at, query) in queries.items()
    ]
    rows = [Holding(place, meeting, many) for place, meeting, many in db.session.execute(union_all(*counts)) if many]
    return sorted(rows, key=lambda one: (list(PLACES).index(one.place), one.meeting_id or 0))


Queries = Mapping[str, tuple[ColumnElement[int], Rows]]  # place -> the column with the meeting, and the rows


def at_address(known: Known) -> Queries:
    """What is kept at an address."""
    emails = known.emails
    example, contents = cast(Import.example, Text), cast(CardRevision.content, Text)
    rows = select(ImportRow.id).join(ImportRow.of).where(ImportRow.email.in_(emails))
    files = select(Import.id).where(Import.many == 0, has_one(example, emails))
    contacts = select(CardRevision.id).join(CardRevision.card).where(has_one(contents, emails))
    return {
        "invitations": (col(Invitation), select(Invitation.id).where(Invitation.email.in_(emails))),
        "rows": (col(Import), rows),
        "files": (col(Import), files),
        "contacts": (col(Card), contacts),
        "readers": (col(Report), select(Reader.id).join(Reader.report).where(Reader.email.in_(emails))),
        "letters": (col(Letter), select(Letter.id).where(Letter.to.in_(emails))),
    }


def by_name(known: Known) -> Queries:
    """What names somebody, and may have no address."""
    parts = or_(SpeakingRole.person_id == known.number, SpeakingRole.id.in_(parts_without_address(known)))
    return {
        "parts": (col(Session), select(SpeakingRole.id).join(SpeakingRole.session).where(parts)),
        "nominees": (col(Nominee), select(Nominee.id).where(Nominee.name_key.in_(known.keys))),
    }


def of_row(number: int) -> Queries:
    """What hangs on the row of a person."""
    focal = select(DelegationFocalPoint.id).join(DelegationFocalPoint.delegation)
    notes = select(FocalPoint.id).join(Note, FocalPoint.note_id == Note.id).join(Session, Note.session_id == Session.id)
    nobody = cast(null(), Integer)
    return {
        "registrations": (col(Registration), select(Registration.id).where(Registration.person_id == number)),
        "focal points": (col(Delegation), focal.where(DelegationFocalPoint.person_id == number)),
        "inputs": (col(Input), select(Input.id).where(Input.person_id == number)),
        "cards": (col(Card), select(Card.id).where(Card.person_id == number)),
        "commitments": (col(Session), notes.where(FocalPoint.person_id == number)),
        "roles": (col(Staff), select(Staff.id).where(Staff.person_id == number)),
        "acts": (col(Entry), select(Entry.id).where(Entry.by_id == number)),
        "account": (nobody, select(Person.id).where(Person.id == number)),
        "sign-ins": (nobody, select(SignIn.id).where(SignIn.person_id == number)),
    }


def col(model: type[Base]) -> ColumnElement[int]:
    """The column that says of which meeting a row is."""
    return table_of(model).c.meeting_id


def has_one(column: ColumnElement[str], emails: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(column.icontains(one, autoescape=True) for one in emails))


def deciding_meetings(holdings: Sequence[Holding]) -> set[int]:
    """The meetings whose organizers have a say about this person; none where it is about an account alone."""
    knowing = {one.meeting_id for one in holdings if one.place in KNOWING}
    if not knowing and not any(one.place in OF_AN_ACCOUNT for one in holdings):
        knowing = {one.meeting_id for one in holdings}
    return {one for one in knowing if one}


def at_meeting(holdings: Sequence[Holding], meeting: Meeting) -> list[Holding]:
    """Those of one meeting."""
    return [one for one in holdings if one.meeting_id == meeting.id]


def of_all_meetings(holdings: Sequence[Holding]) -> list[Holding]:
    """Those of all meetings and of none, added up."""
    counts: dict[str, int] = {}
    for one in holdings:
        counts[one.place] = counts.get(one.place, 0) + one.count
    return [Holding(place, None, count) for place, count in counts.items()]


def titles_of(holdings: Sequence[Holding]) -> list[str]:
    """What the meetings are called in which something of the person is."""
    numbers = {one.meeting_id for one in holdings}
    return list(db.session.scalars(select(Meeting.title).where(Meeting.id.in_(numbers)).order_by(Meeting.id)))
