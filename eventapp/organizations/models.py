from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record

PROPOSED, DROPPED = "proposed", "dropped"  # by organizers of a meeting; by an administrator, who did not want it


class Organization(Base):
    """One organization of the register. Merged into another, it leads there; never deleted.

    One that organizers proposed counts in their meeting only, until an administrator confirms it.
    """

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))  # in English, as delegations are stored
    names: Mapped[Record]  # in the other languages of the United Nations
    abbreviation: Mapped[str] = mapped_column(String(40), default="")
    other_names: Mapped[list[str]]
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12), default="")  # of an NGO with consultative status
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="")  # "" for one that counts in every meeting
    proposed_in_id: Mapped[int | None]  # the number of the meeting: this floor knows none
    version: Mapped[int] = mapped_column(default=1)

    merged_into: Mapped["Organization | None"] = relationship(remote_side="Organization.id")

    def name_in(self, tongue: str, typed: str) -> str:
        """Its name in this language where its English name was `typed`, and one is known; else what was typed."""
        name: str = self.names.get(tongue, "") if typed == self.name else ""
        return name or typed

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for an administrator."""
        return self.state == PROPOSED

    @property
    def all_names(self) -> list[str]:
        """Everything it is called, the English name first."""
        return [one for one in (self.name, self.abbreviation, *self.names.values(), *self.other_names) if one]


class OrganizationName(Base):
    """One thing that an organization is called, as it is looked for; made of the row of the organization."""

    __tablename__ = "organization_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(400), unique=True)  # two are not called the same

    organization: Mapped[Organization] = relationship()
