"""What a package says of a session beyond the rest, since version 4: each member only where it says something."""

from dataclasses import dataclass, field
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.more import LINK
from eventapp.ground.db.types import Record
from eventapp.ground.exact import SOMETIMES


@dataclass(frozen=True)
class More:
    """What conference apps ask of a session, and who it is in the program that it came from."""

    subtitle: str = field(default="", metadata=SOMETIMES)
    description: str = field(default="", metadata=SOMETIMES)
    language: str = field(default="", metadata=SOMETIMES)
    track: str = field(default="", metadata=SOMETIMES)
    links: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    licence: str = field(default="", metadata=SOMETIMES)
    no_recording: bool = field(default=False, metadata=SOMETIMES)
    off_reason: str = field(default="", metadata=SOMETIMES)
    moved_reason: str = field(default="", metadata=SOMETIMES)
    guid: str = field(default="", metadata=SOMETIMES)
    foreign_id: str = field(default="", metadata=SOMETIMES)
    waiting: str = field(default="", metadata=SOMETIMES)  # in an archive, as the two below
    sign_up_places: int | None = field(default=None, metadata=SOMETIMES)
    sign_up_until: datetime | None = field(default=None, metadata=SOMETIMES)

    def is_sound(self, *, cancelled: bool) -> bool:
        """Whether a session can be so: what waits for a time is off, and sign-up that closes has places."""
        places = self.sign_up_places
        return (
            (cancelled or not self.waiting)
            and (places is None or places > 0)
            and bool(places or not self.sign_up_until)
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
