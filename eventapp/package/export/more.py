"""What a package says of a session beyond the rest, since version 4: each member only where it says something."""

from dataclasses import dataclass, field

from eventapp.agenda.sessions.more import LINK
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
    guid: str = field(default="", metadata=SOMETIMES)
    foreign_id: str = field(default="", metadata=SOMETIMES)


def are_links(links: tuple[str, ...]) -> bool:
    """Whether each is an address of the web and what it leads to: pages show them as links."""
    return all(LINK.fullmatch(link) for link in links)
