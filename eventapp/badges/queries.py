from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask_babel import force_locale
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased, joinedload, load_only

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.badges.answers import answers_on, codes_printed
from eventapp.badges.models import Badge
from eventapp.badges.printing.faces import BadgeFace
from eventapp.ground.db import db
from eventapp.ground.text.dates import days
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.application import LANGUAGES
from eventapp.registration.entry import entry_code, has_entry_code
from eventapp.registration.lists.by_answers import has_answers
from eventapp.registration.models import APPROVED, PHOTO, Delegation, Registration, Upload
from eventapp.registration.photographs.queries import may_be_shown
from eventapp.registration.uploads.reading import portrait_of
from eventapp.registration.zones.queries import zones_by_person
from eventapp.vocabulary.participants import DELEGATION_ROLES
from eventapp.vocabulary.sessions import SPEAKING_ROLES

PHOTOS_AT_ONCE = 200
# All that a badge says of its bearer: three thousand whole registrations hold five megabytes more.
_PRINTED = (
    *(Registration.number, Registration.person_id, Registration.badge_name, Registration.own_name),
    *(Registration.own_language, Registration.organization, Registration.delegation_role),
    *(Registration.may_be_photographed, Registration.languages),
)


Selected = TypeVar("Selected", bound=Select[*tuple[Any, ...]])  # of whatever columns


@dataclass(frozen=True)
class Bearer:
    """Somebody who has a place, and the badge in force; None until it is first issued."""

    registration: Registration
    badge: Badge | None

    @property
    def code(self) -> str:
        """What the badge's QR code says: the first badge's is known before it is issued."""
        return self.badge.code if self.badge else entry_code(self.registration)


@dataclass(frozen=True)
class Choice:
    """Which badges: of one category or these answers, only those not yet printed, or only these registrations."""

    category: str = ""
    answer: str = ""  # registration/lists/by_answers.py
    unprinted: bool = True
    references: tuple[str, ...] = ()


def bearers(meeting: Meeting, choice: Choice, *, most: int | None = None) -> list[Bearer]:
    """Everybody approved whom the choice takes in, in order of protocol, then by delegation and family name.

    With `most` only the first so many of them.
    """
    living = _living()
    query = (
        _chosen(select(Registration, living), living, meeting, choice)
        .options(load_only(*_PRINTED), joinedload(Registration.category), joinedload(Registration.delegation))
        .order_by(Category.protocol_order, Delegation.folded_name, Registration.family_name, Registration.number)
    )
    return [Bearer(registration, badge) for registration, badge in db.session.execute(query.limit(most))]


def chosen_by_category(meeting: Meeting, choice: Choice) -> dict[str, int]:
    """How many people of each category the choice takes in, by its code; those without any are left out."""
    query = _chosen(select(Category.code, func.count()).select_from(Registration), _living(), meeting, choice)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Category.code))}


def names_on_badges(meeting: Meeting, choice: Choice) -> list[tuple[str, ...]]:
    """Reference, names, organization and delegation of everybody whom the choice takes in, in no order."""
    living = _living()
    words = (Registration.badge_name, Registration.own_name, Registration.organization, Delegation.name, Category.name)
    query = _chosen(select(Registration.number, *words), living, meeting, choice)
    return [(f"R-{number:04d}", *words) for number, *words in db.session.execute(query)]


def counts(meeting: Meeting) -> tuple[int, int]:
    """How many have a place, and how many of them have no printed badge."""
    living = _living()
    query = (
        select(func.count(), func.count(living.printed_at))
        .select_from(Registration)
        .outerjoin(living, (living.registration_id == Registration.id) & living.ended_at.is_(None))
        .where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    )
    approved, printed = db.session.execute(query).one()
    return approved, approved - printed


def badge_of(registration: Registration) -> Badge | None:
    """The badge in force, None where none was issued."""
    query = select(Badge).where(Badge.registration_id == registration.id, Badge.ended_at.is_(None))
    return db.session.scalar(query.order_by(Badge.id.desc()).limit(1))


def dead_badges_of(registration: Registration) -> int:
    """How many badges were replaced."""
    return sum(badge.ended_at is not None for badge in badges_of(registration))


def badges_of(registration: Registration) -> list[Badge]:
    """Every badge there was, the newest first."""
    query = select(Badge).where(Badge.registration_id == registration.id).order_by(Badge.id.desc())
    return list(db.session.scalars(query))


def bearer_by_entry_code(meeting_id: int, code: str) -> Registration | None:
    """Whose first code this is: of somebody of this meeting, or else of somebody approved at another.

    The code is derived, so each has to be tried; whether a badge was issued yet makes no difference.
    """
    here = Registration.meeting_id == meeting_id
    for place in (here, ~here & (Registration.state == APPROVED)):
        number = has_entry_code(db.session.scalars(select(Registration.id).where(place)), code)
        if number is not None:
            return db.session.get(Registration, number)
    return None


def code_of(registration: Registration) -> str:
    """What this person's QR code says now."""
    return Bearer(registration, badge_of(registration)).code


def faces(meeting: Meeting, shown: Sequence[Bearer], asked: Collection[str] | None = None) -> list[BadgeFace]:
    """What may be printed on these badges, in the same order, in the first working language of the meeting; the answers
    to the questions with the codes `asked`, or to those that its layouts print.

    Not in the language of each registration: a badge is read by others, at the door first of all.
    """
    with force_locale((meeting.languages or ["en"])[0]):  # whoever prints may read in another one
        parts = _parts_of(meeting, [bearer.registration.person_id for bearer in shown])
        event = (meeting.short_title, f"{meeting.city}, {days(meeting.starts_on, meeting.ends_on)}")
        tongues = {code: str(label) for code, label in LANGUAGES}
        codes = codes_printed(meeting) if asked is None else asked
        answers = answers_on(meeting, [bearer.registration.id for bearer in shown], codes)
        zones = zones_by_person(meeting, [bearer.registration for bearer in shown])
        return [
            replace(
                _face(event, one, parts[one.registration.person_id]),
                answers=answers.get(one.registration.id, ()),
                zones=zones.get(one.registration.id, ()),
                languages=tuple(tongues.get(code, code) for code in one.registration.languages),
            )
            for one in shown
        ]


def pictured(meeting: Meeting, shown: Sequence[BadgeFace]) -> list[BadgeFace]:
    """The same with the photographs of those who sent one, read some hundreds at a time."""
    found: dict[str, bytes] = {}
    references = [face.reference for face in shown]
    for start in range(0, len(references), PHOTOS_AT_ONCE):
        found |= portraits(meeting, references[start : start + PHOTOS_AT_ONCE])
    return [replace(face, photo=found.get(face.reference, b"")) for face in shown]


def portrait_at(meeting: Meeting, reference: str) -> bytes:
    """The photograph of R-0165 as a badge shows it; b"" for none."""
    return portraits(meeting, [reference]).get(reference, b"")


def portraits(meeting: Meeting, references: Collection[str]) -> dict[str, bytes]:
    """The photographs of these, as a badge shows them; one without any that may be shown is left out."""
    numbers = {figure(reference.removeprefix("R-")): reference for reference in references}
    query = (
        select(Registration.number, Upload.portrait, case((Upload.portrait == b"", Upload.content), else_=b""))
        .join(Upload, Upload.registration_id == Registration.id)
        .where(Registration.meeting_id == meeting.id, Registration.number.in_(numbers))
        .where(Upload.kind == PHOTO, Upload.replaced_at.is_(None), Upload.sha256 != "")
        .where(may_be_shown(Upload.id, Registration.meeting_id))
    )
    return {numbers[number]: small or portrait_of(whole) for number, small, whole in db.session.execute(query)}


def _living() -> type[Badge]:
    return aliased(Badge)


def _chosen(query: Selected, living: type[Badge], meeting: Meeting, choice: Choice) -> Selected:
    query = (
        query.join(Category, Registration.category_id == Category.id)
        .join(Delegation, Registration.delegation_id == Delegation.id)
        .outerjoin(living, (living.registration_id == Registration.id) & living.ended_at.is_(None))
        .where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    )
    if choice.category:
        query = query.where(Category.code == choice.category)
    query = query.where(*has_answers(choice.answer))
    if choice.unprinted:
        query = query.where(living.printed_at.is_(None))
    if choice.references:
        numbers = [figure(reference.removeprefix("R-")) for reference in choice.references]
        query = query.where(Registration.number.in_(numbers))
    return query


def _parts_of(meeting: Meeting, people: Iterable[int]) -> dict[int, list[str]]:
    """Every part that these people play: Speaker, S5."""
    query = (
        select(SpeakingRole.person_id, SpeakingRole.role, Session.code)
        .join(Session, SpeakingRole.session_id == Session.id)
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            SpeakingRole.person_id.is_not(None),
            SpeakingRole.state != DECLINED,
            SpeakingRole.ended_at.is_(None),
        )
        .order_by(Session.starts_at, SpeakingRole.id)
    )
    wanted, found = set(people), defaultdict(list)
    for person, role, code in db.session.execute(query):
        if person in wanted:
            found[person].append(f"{SPEAKING_ROLES[role].label}, {code}" if role in SPEAKING_ROLES else code)
    return found


def _face(event: tuple[str, str], bearer: Bearer, parts: Sequence[str]) -> BadgeFace:
    registration, (title, place_and_days) = bearer.registration, event
    category, role = registration.category, DELEGATION_ROLES.get(registration.delegation_role)
    sender = registration.organization if registration.organization != registration.delegation.name else ""
    return BadgeFace(
        reference=registration.reference,
        name=registration.badge_name,
        name_own=registration.own_name,
        language_own=registration.own_language,
        organization=sender,
        delegation=registration.delegation.name or worded(category, "name"),
        class_label=worded(category, "name"),
        letter=category.letter,
        shape=category.shape,
        colour=category.colour,
        ink=category.ink,
        roles=(role.label,) if role else (),
        sessions=tuple(parts),
        remark="" if registration.may_be_photographed else _("No photographs"),
        event=(title, f"{place_and_days} · {registration.reference}"),
        code=bearer.code,
    )
