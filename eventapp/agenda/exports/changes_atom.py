"""Every version of the agenda as an Atom feed (RFC 4287), with what each changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from eventapp.agenda.models import Release
from eventapp.agenda.releases.changes import ChangeLine, describe
from eventapp.agenda.releases.content import Published
from eventapp.agenda.releases.difference import changes
from eventapp.ground.text.i18n import _, ngettext

ATOM = "http://www.w3.org/2005/Atom"
LINES = 40  # of one version; the rest is counted


@dataclass(frozen=True)
class Entry:
    """One version: its number, when it was published, what its publisher says, and its changes in lines."""

    number: int
    at: datetime
    remark: str
    lines: Sequence[str]


def entries_of(agenda: Published, releases: Sequence[Release]) -> list[Entry]:
    """These versions in words, in the language of now. Their contents are not read: only what each changed."""
    kinds = {one.code: one.label for one in agenda.kinds}
    return [Entry(one.number, one.released_at, one.remark, lines_of(agenda, one, kinds)) for one in releases]


def lines_of(agenda: Published, release: Release, kinds: Mapping[str, str]) -> list[str]:
    if release.number == 1:
        return [_("This is the first version: nothing was published before it.")]
    rooms: Mapping[str, str] = release.difference.get("rooms", {})
    found = [line for one in changes(release.difference) for line in describe(one, agenda.tz, rooms, kinds)]
    words = [in_a_line(one) for one in found[:LINES]]
    left = len(found) - len(words)
    return [*words, ngettext("%(num)s more.", "%(num)s more.", left)] if left else words


def in_a_line(line: ChangeLine) -> str:
    """One change: what became of which session, and the two states."""
    states = " → ".join(one for one in (line.before, line.after) if one)
    return f"{line.mark}: {line.code} {line.title}" + (f", {states}" if states else "")


def changes_atom(agenda: Published, entries: Sequence[Entry], base_url: str, tongue: str) -> bytes:
    """The feed as UTF-8, the newest version first. The same versions are the same bytes."""
    page = f"{base_url}/meetings/{agenda.slug}/agenda/changes"
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": tongue})
    say(feed, "id", page)
    say(feed, "title", _("%(meeting)s: versions of the agenda", meeting=agenda.title))
    say(feed, "updated", entries[0].at.isoformat())
    SubElement(feed, "link", rel="self", href=f"{page}.atom")
    SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    say(SubElement(feed, "author"), "name", agenda.organization or agenda.title)
    for one in entries:
        address = f"{page}?first={max(one.number - 1, 1)}&last={one.number}"
        part = SubElement(feed, "entry")
        say(part, "id", f"{page}#version-{one.number}")
        say(part, "title", _("Version %(number)s", number=one.number))
        say(part, "updated", one.at.isoformat())
        SubElement(part, "link", rel="alternate", type="text/html", href=address)
        say(part, "content", "\n".join(filter(None, [one.remark, *one.lines])) or _("No session is different."))
    indent(feed)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def say(part: Element, name: str, words: str) -> None:
    SubElement(part, name).text = words
