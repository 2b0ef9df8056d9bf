"""What is kept of one person in rows of their own: deleted, or emptied where the row belongs to the record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, false, func, or_, select, update

from eventapp.agenda.availability.models import Availability
from eventapp.agenda.models import ROLE_LINK, SpeakingRole
from eventapp.badges.models import Badge
from eventapp.balance.models import Nominee
from eventapp.clearance.models import LINK as CLEARANCE
from eventapp.clearance.models import Reader
from eventapp.delegations.focal.queries import LINK as FOCAL
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.drafts.models import Draft
from eventapp.erasure.names import ERASED
from eventapp.erasure.queries import meetings_of
from eventapp.floor.models import Statement
from eventapp.ground.db import db, table_of
from eventapp.ground.db.types import Base
from eventapp.ground.text.names import name_key
from eventapp.inputs.answers.models import AnswerFile, InputAnswer
from eventapp.inputs.models import LINK as INPUT
from eventapp.inputs.models import Input, InputFile
from eventapp.links.models import Link, Purpose
from eventapp.mail.failing.models import FailingAddress
from eventapp.mail.mailbox import nowhere
from eventapp.mail.models import FAILED, WAITING, Enclosure, Letter
from eventapp.meetings.models import Document, Meeting
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.my_agenda.models import Star
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.models import NetworkingBlock, NetworkingConsent
from eventapp.networking.offers.models import NetworkingLine, NetworkingTag
from eventapp.people.actions import forget_unused
from eventapp.people.addresses import address_of
from eventapp.people.models import Person, SignIn, SignInRequest
from eventapp.people.second_factor.models import Passkey, RecoveryCode
from eventapp.personal_papers.models import PersonalPaper
from eventapp.practices.models import LINK as CARD
from eventapp.practices.models import Card, CardFile
from eventapp.presence.models import Presence
from eventapp.profiles.models import Profile
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.record.confirmations.models import LINK as CONFIRMATION
from eventapp.record.confirmations.models import Confirmation, Reply
from eventapp.registration.answers.models import Answer
from eventapp.registration.decisions.tasks.models import DecisionLine
from eventapp.registration.entry import CALENDAR, OWN
from eventapp.registration.imports.models import CHANGED, FAULTY, NEW, SAME, UNREAD, Import, ImportRow
from eventapp.registration.invitations.models import LINK as INVITED
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Amendment, Decision, DelegationFocalPoint, Registration, Upload
from eventapp.registration.photographs.models import PhotoCheck
from eventapp.registration.tags.models import OrganizerNote, Tagging

# Of a registration: whom it was for, as what and how it ended stays, and is counted.
EMPTY: dict[str, object] = {
    "own_name": "",
    "own_language": "",
    "organization": "",
    "job_title": "",
    "phone": "",
    "access_needs": "",
    "dietary_needs": "",
    "gender": "",
    "languages": [],
    "search_text": "",
    "reason": "",
    "client_key": None,
    "lists_name": False,
    "shares_email": False,
    "given_name": "",
    "family_name": ERASED,
    "name_key": name_key(ERASED),
    "record_name": ERASED,
    "badge_name": ERASED,
}
WAITING_ROWS = (UNREAD, FAULTY, NEW, CHANGED, SAME)
NO_FILE = {"content": b"", "given_name": "", "sha256": ""}


def empty_rows(person: Person, registrations: Sequence[Registration], emails: Sequence[str], *, at: datetime) -> None:
    """Empty everything that is only this person's, or at these addresses of theirs: registrations, files, drafts,
    letters, links, sign-ins.
    """
    mine = [one.id for one in registrations]
    no_address = nowhere(f"erased {person.id}")
    empty_registrations(mine)
    empty_writings(person)
    empty_letters(emails, mine, no_address, at=at)
    empty_imports(emails, mine)
    proposed = select(Reply.kept_id).where(Reply.kept_id.is_not(None))  # words that an answer to notes rests on
    erase(Draft, (Draft.person_id == person.id) & Draft.id.not_in(proposed))
    for model in (Availability, Presence, SignIn, Passkey, RecoveryCode):
        erase(model, table_of(model).c.person_id == person.id)
    erase(SignInRequest, or_(SignInRequest.person_id == person.id, SignInRequest.email.in_(emails)))
    erase(FailingAddress, FailingAddress.address.in_(emails))
    pages = select(Profile.meeting_id).where(Profile.person_id == person.id)
    fill(Meeting, Meeting.id.in_(pages), version=Meeting.version + 1)  # pages that lead to theirs are kept by it
    erase(Profile, Profile.person_id == person.id)
    erase_material(person)
    erase_prepared(person)
    fill(SpeakingRole, SpeakingRole.person_id == person.id, name=ERASED, **dict.fromkeys(OF_A_ROLE, ""))
    fill(DelegationFocalPoint, DelegationFocalPoint.person_id == person.id, name=ERASED)
    end_links(person, emails, mine, at=at)
    fill(Reader, Reader.email.in_(emails), name=ERASED, email=no_address, ended_at=func.coalesce(Reader.ended_at, at))
    guest = {"given_name": "", "family_name": ERASED, "email": no_address, "organization": ""}
    fill(Invitation, Invitation.email.in_(emails), ended_at=func.coalesce(Invitation.ended_at, at), **guest)
    for one in db.session.scalars(select(Person).where(Person.email.in_(emails), Person.id != person.id)).all():
        forget_unused(one)  # at an address that was put right; nobody else is known there
    fill(Person, Person.id == person.id, name=ERASED, email=no_address, disabled_at=at, second_factor_since=None)
    db.session.expire_all()


def erase_prepared(person: Person, meeting_id: int | None = None) -> None:
    """Files that the worker made for them, or of meetings that know them or where it was asked: they may be in each,
    and it is made again at once.
    """
    meetings = meetings_of(person) | ({meeting_id} if meeting_id else set())
    theirs = or_(PreparedFile.by_id == person.id, PreparedFile.meeting_id.in_(meetings))
    erase(PreparedPart, PreparedPart.file_id.in_(select(PreparedFile.id).where(theirs)))
    erase(PreparedFile, theirs)


def take_parts(parts: Sequence[int], person: Person) -> None:
    """Parts of somebody without an address become this person's, so that they are emptied as theirs are."""
    fill(SpeakingRole, SpeakingRole.id.in_(parts), person_id=person.id)


def erase_material(person: Person) -> None:
    """What they handed in by the links of their parts, with every version: it is theirs, whoever could open it."""
    parts = select(SpeakingRole.id).where(SpeakingRole.person_id == person.id)
    mine = list(db.session.scalars(select(SessionDocument.document_id).where(SessionDocument.role_id.in_(parts))))
    meetings = select(Document.meeting_id).where(Document.id.in_(mine))
    fill(Meeting, Meeting.id.in_(meetings), version=Meeting.version + 1)  # pages that list them are kept by it
    erase(DocumentFile, DocumentFile.document_id.in_(mine))
    erase(SessionDocument, SessionDocument.document_id.in_(mine))
    erase(Document, Document.id.in_(mine))


OF_A_ROLE = ("name_own", "name_language", "position_held", "reason", "guid", "foreign_id")


def empty_registrations(mine: Sequence[int]) -> None:
    photos = select(Upload.id).where(Upload.registration_id.in_(mine))
    erase(PhotoCheck, PhotoCheck.upload_id.in_(photos))
    lines = select(NetworkingLine.id).where(NetworkingLine.registration_id.in_(mine))
    erase(NetworkingTag, NetworkingTag.line_id.in_(lines))
    erase(NetworkingBlock, NetworkingBlock.blocked_id.in_(mine))
    networking = (NetworkingLine, NetworkingConsent, NetworkingBlock)
    browsers = select(PushSubscription.id).where(PushSubscription.registration_id.in_(mine))
    erase(PushMessage, PushMessage.subscription_id.in_(browsers))
    about = (Upload, Answer, OrganizerNote, Tagging, Amendment, Star, PersonalPaper, PushSubscription)
    for model in (*about, *networking):
        erase(model, table_of(model).c.registration_id.in_(mine))
    met = or_(Bilateral.asker_id.in_(mine), Bilateral.asked_id.in_(mine))  # the other one keeps that they met
    fill(Bilateral, met, words="", reason="", outcome="")
    fill(Decision, Decision.registration_id.in_(mine), reason="")
    fill(DecisionLine, DecisionLine.registration_id.in_(mine), sentence="")
    fill(Statement, Statement.registration_id.in_(mine), name=ERASED)
    fill(Registration, Registration.id.in_(mine), version=Registration.version + 1, **EMPTY)


def empty_writings(person: Person) -> None:
    """Drafts and files of inputs and cards; what was sent stays, with the name taken out, and public files stay."""
    inputs = select(Input.id).where(Input.person_id == person.id, Input.public_since.is_(None))
    cards = select(Card.id).where(Card.person_id == person.id)
    fill(Input, Input.person_id == person.id, name=ERASED)
    fill(Card, Card.person_id == person.id, name=ERASED)
    erase(Draft, (Draft.kind == Input.draft_kind) & Draft.target_id.in_(inputs))
    erase(Draft, (Draft.kind == Card.draft_kind) & Draft.target_id.in_(cards))
    erase(InputAnswer, InputAnswer.input_id.in_(inputs))
    fill(InputFile, InputFile.input_id.in_(inputs), **NO_FILE)
    fill(AnswerFile, AnswerFile.input_id.in_(inputs), **NO_FILE)
    fill(CardFile, CardFile.card_id.in_(cards), **NO_FILE)


def empty_letters(emails: Sequence[str], mine: Sequence[int], no_address: str, *, at: datetime) -> None:
    theirs = or_(Letter.to.in_(emails), Letter.about.in_([f"registration:{number}" for number in mine]))
    erase(Enclosure, Enclosure.letter_id.in_(select(Letter.id).where(theirs)))
    fill(Letter, theirs & (Letter.state == WAITING), state=FAILED)
    words = dict.fromkeys(("to_name", "subject", "text", "html", "unsubscribe"), "")
    fill(Letter, theirs, to=no_address, last_error=None, emptied_at=at, **words)


def empty_imports(emails: Sequence[str], mine: Sequence[int]) -> None:
    """Rows of theirs that wait are not imported; what was done stays, without their words."""
    theirs = or_(ImportRow.email.in_(emails), ImportRow.registration_id.in_(mine))
    erase(ImportRow, theirs & ImportRow.outcome.in_(WAITING_ROWS))
    fill(ImportRow, theirs, email="", cells=[], faults=[], before={})
    some = or_(false(), *(cast(Import.example, Text).icontains(one, autoescape=True) for one in emails))
    for one in db.session.scalars(select(Import).where(some)):
        one.example = [row for row in one.example if emails_in(row).isdisjoint(emails)]
    db.session.flush()


def emails_in(row: Sequence[str]) -> set[str]:
    """The cells of a row of a file, as addresses are compared."""
    return {address_of(cell) for cell in row if "@" in cell}


def end_links(person: Person, emails: Sequence[str], mine: Sequence[int], *, at: datetime) -> None:
    """End every link of theirs, with those under it, and their badges. Whoever has an old letter opens nothing."""
    parts = select(SpeakingRole.id).where(SpeakingRole.person_id == person.id)
    asked = or_(Confirmation.role_id.in_(parts), Confirmation.registration_id.in_(mine))
    opened: dict[Purpose[Any], ColumnElement[bool]] = {  # of whatever rows they open
        OWN: Registration.id.in_(mine),
        CALENDAR: Registration.id.in_(mine),
        INVITED: Invitation.email.in_(emails),
        ROLE_LINK: SpeakingRole.person_id == person.id,
        FOCAL: DelegationFocalPoint.person_id == person.id,
        CONFIRMATION: asked,
        INPUT: Input.person_id == person.id,
        CARD: Card.person_id == person.id,
        CLEARANCE: Reader.email.in_(emails),
    }
    for purpose, which in opened.items():
        rows = select(table_of(purpose.model).c.id).where(which)
        theirs = select(Link.id).where(Link.purpose == purpose.code, Link.target.in_(rows))
        fill(Link, or_(Link.id.in_(theirs), Link.under_id.in_(theirs)) & Link.ended_at.is_(None), ended_at=at)
    fill(Confirmation, asked & Confirmation.answered_at.is_(None) & Confirmation.ended_at.is_(None), ended_at=at)
    fill(Badge, Badge.registration_id.in_(mine) & Badge.ended_at.is_(None), ended_at=at)


def erase_nominees(person: Person, names: Sequence[str]) -> None:
    """Take the person off the lists of nominees, in whatever order and with whatever title they stand there.

    Whoever has the same words in their name may be meant as well: then the line stays.
    """
    keys = {name_key(one) for one in names} - {""}
    others = select(Registration.name_key).where(Registration.person_id != person.id, Registration.name_key.in_(keys))
    keys -= set(db.session.scalars(others))
    unknown = Nominee.name_key.is_(None) & Nominee.name.in_(names)
    erase(Nominee, or_(Nominee.name_key.in_(keys), unknown))


def erase(model: type[Base], which: ColumnElement[bool]) -> None:
    db.session.execute(delete(model).where(which), execution_options={"synchronize_session": False})


def fill(model: type[Base], which: ColumnElement[bool], **values: object) -> None:
    db.session.execute(update(model).where(which).values(**values), execution_options={"synchronize_session": False})
