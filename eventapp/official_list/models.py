from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

# Who is in the list: everybody who has a place; of them whose delegation is accredited, or who was let in at a door.
HAS_PLACE, ACCREDITED, PRESENT = "approved", "accredited", "present"
PUBLIC, PARTICIPANTS, ORGANIZERS = "public", "participants", "organizers"  # who reads it


class OfficialList(Base):
    """What a meeting has chosen for its list; a meeting without a row has what `Choice` says."""

    __tablename__ = "official_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    rule: Mapped[str] = mapped_column(String(12))
    audience: Mapped[str] = mapped_column(String(12))
    left_out: Mapped[list[str]] = mapped_column(default=list)  # codes of categories


class ListVersion(Base):
    """One version as it was issued: never changed afterwards."""

    __tablename__ = "official_list_version"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    is_final: Mapped[bool]
    rule: Mapped[str] = mapped_column(String(12))
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    remark: Mapped[str] = mapped_column(String(1000), default="")
    people: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)  # these three beside the version before
    gone: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    content: Mapped[Record] = mapped_column(default=dict)  # what the meeting and the States were called then

    meeting: Mapped[Meeting] = relationship()
    issued_by: Mapped[Person | None] = relationship()


class ListLine(Base):
    """One person in one version, as printed then."""

    __tablename__ = "official_list_line"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("official_list_version.id"))
    number: Mapped[int]  # of the registration
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    part: Mapped[str] = mapped_column(String(12))  # a code of layout.py
    sender: Mapped[str] = mapped_column(String(200))  # the delegation
    country: Mapped[str] = mapped_column(String(3))  # ISO 3166-1 alpha-3, for a State
    role: Mapped[str] = mapped_column(String(8))  # in the delegation
    name: Mapped[str] = mapped_column(String(200))
    sorted_by: Mapped[str] = mapped_column(String(201))
    title: Mapped[str] = mapped_column(String(200))
    organization: Mapped[str] = mapped_column(String(200))
