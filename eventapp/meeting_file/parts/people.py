"""What a meeting file says about somebody in a session, and about who works at the meeting."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import dataclass

from eventapp.meeting_file.kinds import CountryCode, Email, OneOf, Place, Whole, Words, YesNo
from eventapp.meeting_file.parts.fields import a_language, entries_of, one, place_of
from eventapp.meeting_file.texts.entries import SubItemTexts
from eventapp.meetings.models import STAFF_ROLES
from eventapp.vocabulary.sessions import SPEAKING_ROLES

ROLE_STATES = ("invited", "confirmed", "declined")


@dataclass(frozen=True, kw_only=True)
class RoleEntry:
    """A person's part in a session. Loading a file sends nobody an email."""

    role: str = one(OneOf(lambda: SPEAKING_ROLES), "the part")
    name: str = one(Words(), "in Latin letters")
    own_name: str = one(Words(), "in the person's own script", default="")
    own_language: str = one(a_language(), "the language of that name, like th", default="")
    position: str = one(Words(), "the post the person holds", default="")
    organization: str = one(Words(), "whom the person speaks for", default="")
    country: str = one(CountryCode(), "ISO code of three letters, like THA", default="")
    email: str = one(Email(), "so that the person can be asked and can sign in", default="")
    state: str = one(OneOf(lambda: ROLE_STATES), "what the person said", default="confirmed")
    illustrative: bool = one(YesNo(), "made up, and marked so", default=False)
    place: Place = place_of()

    @property
    def key(self) -> tuple[str, str]:
        return (self.role, self.name)


@dataclass(frozen=True, kw_only=True)
class SubItemEntry:
    """A statement or presentation within a session."""

    title: str = one(Words(300), "as printed")
    minutes: int | None = one(Whole(1, 1440), "how long it is to be", default=None)
    after: int | None = one(
        Whole(0, 1440), "minutes after the session begins; without it when the one before it ends", default=None
    )
    person: str = one(Words(), "the name of somebody with a role in the session", default="")
    link: str = one(Words(600), "an address, a blank and what it leads to", default="")
    texts: tuple[SubItemTexts, ...] = entries_of(SubItemTexts, "its title in other languages")
    place: Place = place_of()

    @property
    def key(self) -> tuple[str, str]:
        return (self.title, self.person)


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """A person who works at the meeting."""

    email: str = one(Email(), "the address they sign in with")
    name: str = one(Words(), "as others read it; a person who is known already keeps the known name", compare=False)
    role: str = one(OneOf(lambda: STAFF_ROLES), "what they may do")
    place: Place = place_of()

    @property
    def key(self) -> tuple[str, str]:
        return (self.email, self.role)
