"""What a release keeps of a session beyond time, place, title and people. Where there is nothing, it is as it was."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.agenda.sessions.sub_items import SubItem, from_rows, in_lines, shown_to_readers
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.ground.text.worded import in_language

LINK = re.compile(r"(?i:https?)://[^\s/]+\S*( .+)?")  # an address, and what it leads to
BETWEEN_TAGS, ONE_TAG = re.compile(r"[,;،؛\n]"), re.compile(r"[^,;،؛\n]+")
MOST_TAGS, LONGEST_TAG = 20, 60  # of a session; characters
REASONS = ("off_reason", "moved_reason")
NOT_SHOWN = ("guid", "foreign_id")  # who reads the agenda is not told that they changed


@dataclass(frozen=True, slots=True)
class PublishedMore:
    """What other programs ask of a session beside the rest, and who it is for them."""

    in_order: ClassVar[tuple[str, ...]] = ("links", "tags", "sub_items")
    subtitle: str = ""
    description: str = ""
    language: str = ""
    track: str = ""
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    licence: str = ""
    no_recording: bool = False
    off_reason: str = ""
    moved_reason: str = ""
    guid: str = ""
    foreign_id: str = ""
    sub_items: tuple[SubItem, ...] = ()

    def in_words(self, tongue: str) -> "PublishedMore":
        """The same with the titles of what is within it in this language where they are there."""
        titles = tuple(in_language(one, tongue, "title") for one in self.sub_items)
        return replace(self, sub_items=titles) if self.sub_items else self

    @property
    def reason(self) -> str:
        """Why it is off, or why it has its newest time or room."""
        return self.off_reason or self.moved_reason

    @property
    def leads_to(self) -> list[tuple[str, str]]:
        """The links, each as its address and what it leads to."""
        return [(address, words or address) for address, _blank, words in (one.partition(" ") for one in self.links)]


NO_MORE = PublishedMore()


def tags_in(words: str | None) -> list[str]:
    """The words between commas, semicolons and ends of lines, each once."""
    parts = (" ".join(part.split()) for part in BETWEEN_TAGS.split(words or ""))
    return list({folded(part): part for part in reversed([*parts]) if part}.values())[::-1]


def fault_in_tags(tags: Sequence[str]) -> str:
    """What is wrong with these tags, in a sentence; "" where nothing is."""
    if len(tags) > MOST_TAGS:
        return _("Write %(most)s tags at most.", most=MOST_TAGS)
    longest = next((tag for tag in tags if len(tag) > LONGEST_TAG), None)
    return "" if longest is None else _("“%(tag)s” is too long for a tag. Put commas between tags.", tag=longest[:40])


def more_content(session: Session) -> Record:
    """What is there of it, under one name."""
    there = {one.name: getattr(session, one.name) for one in fields(PublishedMore)}
    if session.sub_items:
        names = {role.name for role in session.roles if role.holds and role.state == CONFIRMED}
        there["sub_items"] = shown_to_readers(from_rows(session.sub_items), names)
    there = {name: list(value) if name in PublishedMore.in_order else value for name, value in there.items() if value}
    return {"more": there} if there else {}


def read_more(content: Record | None) -> PublishedMore:
    """The same, read back."""
    if not content:
        return NO_MORE
    known = {**content, **{name: tuple(content.get(name, ())) for name in PublishedMore.in_order}}
    return PublishedMore(**{**known, "sub_items": from_rows(known["sub_items"])})


def without_reason(content: Record) -> Record:
    """What a release keeps of a session, without why it was off or moved: that was said of another change."""
    more = {name: value for name, value in content.get("more", {}).items() if name not in REASONS}
    rest = {name: value for name, value in content.items() if name != "more"}
    return {**rest, "more": more} if more else rest


def more_changed(before: Record | None, after: Record | None) -> Record:
    """What is different, as name → [before, after]."""
    was, now = (values_of(read_more(one)) for one in (before, after))
    changed = [name for name in was if was[name] != now[name] and name not in NOT_SHOWN]
    return {name: [listed(was[name]), listed(now[name])] for name in changed}


def more_said(content: Record | None) -> Record:
    """What a release keeps of it, also where there is nothing, by the names of changes."""
    return {name: listed(value) for name, value in values_of(read_more(content)).items()}


def values_of(more: PublishedMore) -> Record:
    """Each value by its name, sub-items as lines."""
    return {**asdict(more), "sub_items": tuple(in_lines(more.sub_items))}


def listed(value: object) -> object:
    """A value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value


def identity(role: SpeakingRole) -> Record:
    """Who somebody in a part is in the program that the part came from."""
    return {name: getattr(role, name) for name in NOT_SHOWN if getattr(role, name)}
