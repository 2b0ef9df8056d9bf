from datetime import datetime
from typing import Self

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.mail.mailbox import reaches_somebody

NO_LETTER = ""  # in place of the hash of a code


class User(UserMixin):
    """What Flask-Login asks of whoever signed in."""

    sign_in: "SignIn | None" = None  # by which whoever asks came
    secret = ""  # of that sign-in, kept by their browser

    def get_id(self) -> str:
        """What is kept in the session: the secret of a sign-in, which can be ended by its row, not who it is."""
        return self.secret

    @property
    def itself(self) -> Self:
        """The row, asked through Flask-Login's proxy."""
        return self


class Person(User, Base):
    """Somebody with an address. The address is kept folded, so that one person is one row on every database."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    known_since: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    second_factor_since: Mapped[datetime | None]  # with a passkey: no mailed link alone signs in

    @property
    def has_address(self) -> bool:
        """Whether this person gave an address: somebody added at the counter may have none."""
        return reaches_somebody(self.email)

    @property
    def is_active(self) -> bool:
        """Whether this person may sign in; Flask-Login asks it too."""
        return self.disabled_at is None


class Administrator(Base):
    """A person who may act everywhere, from when until when. Ended, never deleted."""

    __tablename__ = "administrator"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class SignInRequest(Base):
    """One mailed link with its six figures. Hashes only; good once, for twenty minutes."""

    __tablename__ = "sign_in_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64))  # NO_LETTER where nobody was sent a code
    next_page: Mapped[str] = mapped_column(String(500), default="/")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    wrong_codes: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person | None] = relationship()


class SignIn(Base):
    """One browser somebody is signed in with; a row, so that it can be seen and ended."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    signed_in_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(200))
    second_at: Mapped[datetime | None]  # when this browser gave the second factor
    challenge: Mapped[str | None] = mapped_column(String(64))  # what a passkey has to sign now, once
    challenge_for: Mapped[str | None] = mapped_column(String(8))
    challenge_until: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class RateHit(Base):
    """How often one thing was tried in one window of time. Counted here, because memory is per process."""

    __tablename__ = "rate_hit"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- kept where its key stands: one tree, not two

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    hits: Mapped[int]
