from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.links.models import Purpose
from eventapp.meetings.models import Category, Meeting


class Invitation(Base):
    """Somebody who is asked to register, or a link for a group: that has no address, and a number of uses."""

    __tablename__ = "registration_invitation"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    given_name: Mapped[str] = mapped_column(String(100), default="")
    family_name: Mapped[str] = mapped_column(String(200))  # or what the group is called
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    organization: Mapped[str] = mapped_column(String(200), default="")  # what the form begins with
    country: Mapped[str] = mapped_column(String(3), default="")  # of the State that it begins with
    most_uses: Mapped[int | None]  # of a group
    code: Mapped[str | None] = mapped_column(String(8))  # of a group: what one types instead of its link
    skips_approval: Mapped[bool]
    is_draft: Mapped[bool] = mapped_column(default=False)  # nobody wrote to them, and nobody is about to
    posted_at: Mapped[datetime | None]  # when the letter was written; of a group never
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reminded_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    category: Mapped[Category] = relationship()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_personal(self) -> bool:
        return bool(self.email)


AROUND = (joinedload(Invitation.meeting, innerjoin=True), joinedload(Invitation.category, innerjoin=True))
LINK = Purpose("invitation", Invitation, AROUND)
