from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from eventapp.ground.db.files import StoredFile
from eventapp.ground.db.types import Base, Record
from eventapp.ground.text.i18n import language
from eventapp.ground.text.names import KEY_LENGTH, name_key
from eventapp.meetings.models import Category, Meeting
from eventapp.organizations.models import Organization
from eventapp.people.models import Person
from eventapp.vocabulary.countries import country

UNCONFIRMED, PENDING, APPROVED = "unconfirmed", "pending", "approved"
WAITING, DECLINED, WITHDRAWN, LAPSED = "waiting", "declined", "withdrawn", "lapsed"
STATES = (UNCONFIRMED, PENDING, APPROVED, WAITING, DECLINED, WITHDRAWN, LAPSED)
PHOTO, LETTER = "photo", "letter"
TIME_TO_CONFIRM = timedelta(hours=48)
COUNTED = ("delegation_id", "brought_by_id", "state", "vouched_at", "delegation_role", "category_id")  # by delegations


class Delegation(Base):
    """The State or organization a participant comes for."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("meeting_id", "folded_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(400))
    country: Mapped[str] = mapped_column(String(3), default="")  # ISO 3166-1 alpha-3, for a State
    is_state: Mapped[bool]
    places: Mapped[int | None]  # how many people it may send; None: as many as there are places
    role_places: Mapped[Record] = mapped_column(default=dict)  # how many of them in which role, where it is set
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)  # of the register
    stays_as_typed: Mapped[bool] = mapped_column(default=False)  # somebody looked, and it is none of the register
    accredited_at: Mapped[datetime | None]
    accredited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accredited_why: Mapped[str] = mapped_column(String(1000), default="")  # where something stood against it

    meeting: Mapped[Meeting] = relationship()
    merged_into: Mapped["Delegation | None"] = relationship(remote_side="Delegation.id")
    accredited_by: Mapped[Person | None] = relationship()
    organization: Mapped[Organization | None] = relationship(lazy="joined")  # the label asks for it in every list

    @property
    def in_force(self) -> "Delegation":
        """Itself, or the one that took it in: whoever gives its name comes for that one."""
        return self.merged_into or self

    @property
    def label(self) -> str:
        """The name of a State, or of an organization of the register, in the reader's language; any other as typed."""
        state = country(self.country) if self.is_state else None
        if state:
            return state.label if self.name == state.name else self.name
        return self.organization.name_in(language(), self.name) if self.organization else self.name


def key_of_names(context: DefaultExecutionContext) -> str:
    """The key of a row that is put in by its values alone."""
    values = context.current_parameters or {}
    return name_key(values["given_name"], values["family_name"])


class Registration(Base):
    """One person's request to attend one meeting, and what became of it. Only `approved` holds a place."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("person_id", "meeting_id"),
        UniqueConstraint("meeting_id", "number"),
        Index("ix_registration_state", "meeting_id", "state", "category_id"),
        Index("ix_registration_delegation", "meeting_id", *COUNTED),
        Index("ix_registration_name_key", "meeting_id", "name_key"),
        Index("ix_registration_unknown", "id", sqlite_where=text("name_key IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]  # R-0165 is number 165 of its meeting
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    delegation_role: Mapped[str] = mapped_column(String(8), default="")  # a code of the vocabulary

    given_name: Mapped[str] = mapped_column(String(100))
    family_name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str | None] = mapped_column(
        String(KEY_LENGTH), default=key_of_names
    )  # by it nominees are known again
    record_name: Mapped[str] = mapped_column(String(200))  # as the list of participants prints it
    badge_name: Mapped[str] = mapped_column(String(200))
    own_name: Mapped[str] = mapped_column(String(200), default="")
    own_language: Mapped[str] = mapped_column(String(12), default="")
    organization: Mapped[str] = mapped_column(String(200), default="")  # the ministry or unit
    job_title: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(3), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    languages: Mapped[list[str]]
    access_needs: Mapped[str] = mapped_column(Text, default="")
    dietary_needs: Mapped[str] = mapped_column(Text, default="")
    gender: Mapped[str] = mapped_column(String(12), default="")
    lists_name: Mapped[bool]  # consents to the public list of participants
    shares_email: Mapped[bool]
    may_be_photographed: Mapped[bool]
    privacy_notice: Mapped[date | None]  # the version they accepted: people/notice.py
    consent_wording_id: Mapped[int | None] = mapped_column(ForeignKey("consent_wording.id"))  # None: the shipped words
    search_text: Mapped[str] = mapped_column(Text)
    illustrative: Mapped[bool] = mapped_column(default=False)

    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # when the address was confirmed
    approved_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    waiting_rank: Mapped[int] = mapped_column(default=0)  # below 0: where an organizer put them, before all others
    state_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(1000), default="")  # the last decision's, read by the person
    client_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("registration_invitation.id"), index=True)
    brought_by_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)  # whom they accompany
    vouched_at: Mapped[datetime | None]  # when the focal point of the delegation nominated this person
    position: Mapped[int] = mapped_column(default=0)  # among those of the same role, as the focal point put them

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()
    category: Mapped[Category] = relationship()
    delegation: Mapped[Delegation] = relationship()

    @validates("given_name", "family_name")
    def _know_by_it(self, column: str, name: str) -> str:
        names = {"given_name": self.given_name, "family_name": self.family_name, column: name}
        self.name_key = name_key(names["given_name"], names["family_name"])
        return name

    def know_by_name(self) -> None:
        """Give this row its key, if a machine of the release before wrote it."""
        self.name_key = name_key(self.given_name, self.family_name)

    @property
    def reference(self) -> str:
        return f"R-{self.number:04d}"

    @property
    def holds_a_place(self) -> bool:
        return self.state == APPROVED

    @property
    def is_nominated(self) -> bool:
        """Whether somebody else named this person, who has not confirmed it yet."""
        return self.state == UNCONFIRMED and self.vouched_at is not None

    def state_now(self, at: datetime) -> str:
        """The state as it counts at this moment: a request nobody confirmed in 48 hours has lapsed, swept up or not.

        A nomination waits longer.
        """
        if self.state == UNCONFIRMED and not self.is_nominated and self.asked_at + TIME_TO_CONFIRM <= at:
            return LAPSED
        return self.state


class Decision(Base):
    """One change of state: from what to what, by whom, why. The newest can be undone."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    before: Mapped[str] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()
    by: Mapped[Person | None] = relationship()


class Amendment(Base):
    """A change asked for after approval, waiting for an organizer: field → [old, new]."""

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    changes: Mapped[Record]
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(1000), default="")

    registration: Mapped[Registration] = relationship()


class Upload(StoredFile, Base):
    """A photo, a letter of nomination, or the file that answers a question: looked into, served only as a download."""

    __tablename__ = "upload"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # PHOTO, LETTER, or the code of a question
    portrait: Mapped[bytes] = mapped_column(LargeBinary, default=b"", deferred=True)  # a photo as a badge shows it
    content_type: Mapped[str] = mapped_column(String(100))
    is_sealed: Mapped[bool] = mapped_column(default=False)  # then the content is, and its name is in the answer alone

    registration: Mapped[Registration] = relationship()


class DelegationLetter(StoredFile, Base):
    """A note verbale or letter that names a whole delegation; served only as a download."""

    __tablename__ = "delegation_letter"

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    reference: Mapped[str] = mapped_column(String(80), default="")  # as the sender numbers it: 1204/2559
    dated: Mapped[date | None]  # the day on the letter

    delegation: Mapped[Delegation] = relationship()


class DelegationFocalPoint(Base):
    """Who nominates the people of a delegation, by a mailed link. Ended, never deleted."""

    __tablename__ = "delegation_focal_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    delegation: Mapped[Delegation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @property
    def meeting_id(self) -> int:
        return self.delegation.meeting_id


class DelegationRules(Base):
    """What a meeting asks of its delegations. Where it has no row, nothing."""

    __tablename__ = "delegation_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    nominations_close_at: Mapped[datetime | None]  # None: when registration closes
    confirmations_close_at: Mapped[datetime | None]  # None: while the meeting lasts
    waits_for_focal_point: Mapped[bool] = mapped_column(default=False)  # who registers without being nominated
