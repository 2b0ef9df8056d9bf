"""What a package says of a session beyond the rest, since version 4: each member only where it says something."""

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.agenda.sessions import sub_items as known
from eventapp.agenda.sessions.more import LINK, fault_in_tags
from eventapp.agenda.sessions.sub_items import rows_of
from eventapp.ground.db.types import Record
from eventapp.ground.exact import SOMETIMES


@dataclass(frozen=True)
class SubItem:
    """A statement or presentation within a session; `link` is an address, a blank and what it leads to."""

    title: str
    minutes: int | None = field(default=None, metadata=SOMETIMES)
    after: int | None = field(default=None, metadata=SOMETIMES)  # minutes after the session begins
    person: str = field(default="", metadata=SOMETIMES)  # the name of somebody with a confirmed part
    link: str = field(default="", metadata=SOMETIMES)
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # its title in other languages
    key: int | None = field(default=None, metadata=SOMETIMES)  # by which documents name it

    @property
    def is_sound(self) -> bool:
        """Whether a session can have it: it has a title, lasts, and leads to an address of the web."""
        times = (self.minutes is None or self.minutes > 0) and (self.after is None or self.after >= 0)
        titles = all(set(words) == {"title"} and words["title"] for words in self.texts.values())
        return bool(self.title) and times and titles and (not self.link or are_links((self.link,)))


@dataclass(frozen=True)
class More:
    """What conference apps ask of a session, and who it is in the program that it came from."""

    subtitle: str = field(default="", metadata=SOMETIMES)
    description: str = field(default="", metadata=SOMETIMES)
    language: str = field(default="", metadata=SOMETIMES)
    track: str = field(default="", metadata=SOMETIMES)
    links: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    tags: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    licence: str = field(default="", metadata=SOMETIMES)
    no_recording: bool = field(default=False, metadata=SOMETIMES)
    off_reason: str = field(default="", metadata=SOMETIMES)
    moved_reason: str = field(default="", metadata=SOMETIMES)
    guid: str = field(default="", metadata=SOMETIMES)
    foreign_id: str = field(default="", metadata=SOMETIMES)
    waiting: str = field(default="", metadata=SOMETIMES)  # in an archive, as the two below
    sign_up_places: int | None = field(default=None, metadata=SOMETIMES)
    sign_up_until: datetime | None = field(default=None, metadata=SOMETIMES)
    sub_items: tuple[SubItem, ...] = field(default=(), metadata=SOMETIMES)

    def is_sound(self, *, cancelled: bool) -> bool:
        """Whether a session can be so: what waits for a time is off, and sign-up that closes has places."""
        places = self.sign_up_places
        return (
            (cancelled or not self.waiting)
            and (places is None or places > 0)
            and bool(places or not self.sign_up_until)
            and not fault_in_tags(self.tags)
            and all(one.is_sound for one in self.sub_items)
        )


def with_plans(content: Record, session: Session) -> Record:
    """What an archive says of a session: also that it waits for a time, and for how many who sign up it is."""
    until = session.sign_up_until.isoformat() if session.sign_up_until else None
    plans = {"waiting": session.waiting, "sign_up_places": session.sign_up_places, "sign_up_until": until}
    more = {**content.get("more", {}), **{name: value for name, value in plans.items() if value}}
    return {**content, "more": more} if more else content


def are_links(links: tuple[str, ...]) -> bool:
    """Whether each is an address of the web and what it leads to: pages show them as links."""
    return all(LINK.fullmatch(link) for link in links)


def columns_of(more: More) -> Record:
    """What a package says of it as columns of a session."""
    found = {one.name: getattr(more, one.name) for one in fields(More)}
    found["sub_items"] = rows_of(known.SubItem(**asdict(one)) for one in more.sub_items)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def own_texts(texts: Record) -> Record:
    """The texts of a session without the name of its body, which the body has itself."""
    own = {tongue: {name: text for name, text in words.items() if name != "body"} for tongue, words in texts.items()}
    return {tongue: words for tongue, words in own.items() if words}
