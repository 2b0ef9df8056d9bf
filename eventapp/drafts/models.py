from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, declared_attr, foreign, mapped_column, relationship

from eventapp.drafts.tabs import LONGEST_MARK
from eventapp.ground.db.types import Base, Record
from eventapp.people.models import Person

LONGEST_KEY = 64


class Draft(Base):
    """A text that somebody types and has not saved, or that came second: beside what was saved first.

    `kind` says in which tables `scope_id` and `target_id` are: a draft knows no feature.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_draft_scope", "scope_id", "kind"),
        Index("ix_draft_target", "target_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    scope_id: Mapped[int]  # what its page is of, such as the session of a note
    target_id: Mapped[int | None]  # what it changes, such as the note; None where it is to be something new
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: whoever holds the link
    key: Mapped[str | None] = mapped_column(String(LONGEST_KEY))  # the browser's name for it, where there may be many
    version: Mapped[int] = mapped_column(default=1)  # rises with each keeping
    mark: Mapped[str] = mapped_column(String(LONGEST_MARK), default="")  # of the tab that sent it last
    base: Mapped[int | None]  # the version of the target it was written from
    replaces: Mapped[str] = mapped_column(String(LONGEST_KEY), default="")  # what it was on its way as before
    content: Mapped[Record]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    is_second: Mapped[bool] = mapped_column(default=False)  # saved after another text, and beside it since
    settled_at: Mapped[datetime | None]  # when it was saved, or somebody decided between it and the first
    discarded_at: Mapped[datetime | None]  # when its writer threw it away

    by: Mapped[Person | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether nobody saved it, decided about it or threw it away."""
        return self.settled_at is None and self.discarded_at is None

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody may go on typing it."""
        return self.is_open and not self.is_second


class HasDraft:
    """What has one draft for all who hold its link: what stands in its form, sent or not."""

    draft_kind: ClassVar[str]

    @declared_attr
    def draft(cls) -> Mapped[Draft | None]:  # noqa: N805 -- the class, as SQLAlchemy asks
        target: Any = cls

        def join() -> ColumnElement[bool]:
            return and_(target.id == foreign(Draft.target_id), Draft.kind == target.draft_kind)

        return relationship(Draft, primaryjoin=join, viewonly=True, uselist=False)

    @property
    def content(self) -> Record:
        """What stands in the form."""
        return self.draft.content if self.draft else {}

    @property
    def version(self) -> int:
        """How often it was kept; 0 before anybody typed."""
        return self.draft.version if self.draft else 0

    @property
    def mark(self) -> str:
        return self.draft.mark if self.draft else ""

    @property
    def typed_at(self) -> datetime | None:
        """When something was last typed that is still kept."""
        return self.draft.updated_at if self.draft and self.draft.version and self.draft.is_open else None
