"""Material that somebody hands in by the link of their part, and what an organizer does with it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update

from eventapp.agenda.models import CONFIRMED, ROLE_LINK, Session, SpeakingRole
from eventapp.documents.actions import (
    DocumentContent,
    ReceivedFile,
    add_document,
    add_version,
    change_document,
    remove_document,
)
from eventapp.documents.mails import material_wanted
from eventapp.documents.material.models import MaterialRequest
from eventapp.documents.material.queries import without_material
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.documents.queries import files_of
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import link_for_letter
from eventapp.mail.actions import post
from eventapp.meetings.facts import DocumentFacts
from eventapp.meetings.models import Document, Meeting
from eventapp.people.models import Person

MOST, MOST_VERSIONS = 20, 30  # pieces by one part, and files of one of them


@dataclass(frozen=True)
class Material:
    """What somebody says of a piece of material; `sub_item` is the key of an item of the running order."""

    title: str
    kind: str
    audience: str
    address: str = ""
    sub_item: int | None = None
    file: ReceivedFile | None = None


def hand_in(role: SpeakingRole, material: Material, *, at: datetime) -> Document:
    """Give the session one more piece by this part; the same twice is one.

    Refused without a file and an address, where there are too many, and as `refuse_closed` does.
    """
    meeting = role.session.meeting
    lock(meeting)
    refuse_closed(role)
    if material.file is None and not material.address:
        raise Refused(_("Choose a file, or write an address."))
    mine = select(Document, SessionDocument).join(SessionDocument).where(SessionDocument.role_id == role.id)
    there = [one for one, _placed in db.session.execute(mine).all()]
    if (same := next((one for one in there if is_same(one, material)), None)) is not None:
        return same
    if len(there) >= MOST:
        raise Refused(_("You have handed in %(most)s pieces. Withdraw one first.", most=MOST))
    facts = facts_in(
        material, DocumentFacts(symbol="", title="", address="", position=0, agenda_item=role.session.agenda_item)
    )
    content = DocumentContent(facts, session=role.session.code, file=material.file)
    document = add_document(meeting, content, by=role.person, at=at)
    placed = db.session.get_one(SessionDocument, document.id)
    placed.role_id, placed.came_at = role.id, at
    placed.sub_item = key_in(role.session, material.sub_item)
    record("handed in material", role, by=role.person, at=at, code=document.symbol, title=document.title)
    return document


def change_material(document: Document, material: Material, *, at: datetime) -> None:
    """Say other things of a piece, or give it a newer version; the older one stays.

    Refused where the file is the newest one already, there are too many, and as `refuse_closed` does.
    """
    lock(document.meeting)
    placed = db.session.get_one(SessionDocument, document.id)
    role = placed.role
    if role is None:
        raise Refused(_("This was not handed in by a link."))
    refuse_closed(role)
    if not material.address and material.file is None and not files_of([document])[document.id]:
        raise Refused(_("Choose a file, or write an address."))
    versions = select(func.count()).where(DocumentFile.document_id == document.id)
    if material.file is not None and (db.session.scalar(versions) or 0) >= MOST_VERSIONS:
        raise Refused(_("There are %(most)s versions of it. Withdraw it and hand it in anew.", most=MOST_VERSIONS))
    stands = DocumentFacts(symbol=document.symbol, title="", address="", position=0, agenda_item=document.agenda_item)
    content = DocumentContent(facts_in(material, stands), session=role.session.code)
    change_document(document, content, by=role.person, at=at)
    if material.file is not None:
        add_version(document, material.file, by=role.person, at=at)
    placed.sub_item = key_in(role.session, material.sub_item)
    placed.came_at, placed.seen_at = at, None


def withdraw(document: Document, *, at: datetime) -> None:
    """Take a piece back with every version of it, for good. Refused as `refuse_closed` does, but for a session off."""
    lock(document.meeting)
    placed = db.session.get_one(SessionDocument, document.id)
    if document.meeting.closed_at is not None:
        raise closed()
    if placed.role is not None:
        by, code, title = placed.role.person, document.symbol, document.title
        record("withdrew material", placed.role, by=by, at=at, code=code, title=title)
    remove_document(document, by=placed.role.person if placed.role else None, at=at)


def set_audience(document: Document, audience: str, *, by: Person | None, at: datetime) -> None:
    """Let everybody open a piece, or participants and staff alone; an organizer who says so has seen it."""
    lock(document.meeting)
    placed = db.session.get_one(SessionDocument, document.id)
    placed.seen_at = at
    names = ("symbol", "title", "address", "position", "kind", "agenda_item")
    facts = DocumentFacts(**{name: getattr(document, name) for name in names}, audience=audience)
    change_document(document, DocumentContent(facts, session=placed.session.code), by=by, at=at)


def note_seen(meeting: Meeting, *, at: datetime) -> None:
    """Note that organizers have seen everything that came in by links until now."""
    mine = select(Session.id).where(Session.meeting_id == meeting.id)
    new = (
        SessionDocument.session_id.in_(mine) & SessionDocument.came_at.is_not(None) & SessionDocument.seen_at.is_(None)
    )
    db.session.execute(update(SessionDocument).where(new).values(seen_at=at))


def refuse_closed(role: SpeakingRole) -> None:
    """Refused where the part is not confirmed or ended, the session is cancelled, or the meeting is closed."""
    if role.session.meeting.closed_at is not None:
        raise closed()
    if role.ended_at is not None or role.session.is_off:
        raise Refused(_("You are not asked for this role any more. Nothing is expected of you."))
    if role.state != CONFIRMED:
        raise Refused(_("Accept the role first, then hand in your material."))


def closed() -> Refused:
    return Refused(_("This meeting is closed, so nothing of it changes. Its organizers can open it again."))


def facts_in(material: Material, stands: DocumentFacts) -> DocumentFacts:
    named = replace(stands, title=material.title, address=material.address)
    return replace(named, kind=material.kind, audience=material.audience)


def key_in(session: Session, key: int | None) -> int | None:
    """This key, where an item of the running order has it."""
    return key if any(row.get("key") == key for row in session.sub_items) else None


def is_same(document: Document, material: Material) -> bool:
    """Whether this was handed in already, by one press of two."""
    if (document.title, document.address) != (material.title, material.address):
        return False
    digests = {one.sha256 for one in files_of([document])[document.id]}
    return material.file.sha256 in digests if material.file else not digests


def ask_for_material(meeting: Meeting, *, again: bool, most: int, by: Person | None, at: datetime) -> int:
    """Write to who has confirmed a part and handed in nothing: those who were never asked, or `again` those who were.

    Returns how many letters were written, so many at most; nobody is written to twice within a day.
    """
    lock(meeting)
    long_ago = or_(MaterialRequest.asked_at.is_(None), MaterialRequest.asked_at <= at - timedelta(days=1))
    roles = db.session.scalars(without_material(meeting, again=again).where(long_ago).limit(most)).all()
    for role in roles:
        there = db.session.get(MaterialRequest, role.id)
        if there is None:
            db.session.add(MaterialRequest(role_id=role.id, asked_at=at))
        else:
            there.asked_at, there.times = at, there.times + 1
        token = link_for_letter(ROLE_LINK, role, meeting_id=meeting.id, at=at)
        post(material_wanted(role, token=token), at=at)
    if roles:
        record("asked for material", meeting, by=by, at=at, count=len(roles))
    return len(roles)
