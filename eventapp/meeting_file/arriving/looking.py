"""A first look at a file that is to be a meeting, while its sender waits."""

import re
from dataclasses import dataclass

from eventapp.meeting_file.actions import is_small
from eventapp.meeting_file.arriving.coming import read_text
from eventapp.meeting_file.kinds import SLUG
from eventapp.meeting_file.reader import Fault, Faulty
from eventapp.meeting_file.schema import MeetingFile

QUICK = 150_000  # bytes: so much is read in 0.3 s, while its sender waits; the worker reads a longer file
NO_ADDRESS = "Write the address of the meeting on a line of its own, such as “slug: my-meeting-2026”."
ADDRESS = re.compile(rb"^slug:[ \t]*(['\"]?)([a-z0-9-]{1,80})\1[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Looked:
    """What a file is found to be: the address of its meeting, and all of it where it may be loaded at once."""

    slug: str
    small: MeetingFile | None = None


def first_look(content: bytes) -> Looked:
    """What this file is; raises Faulty with every fault in it. Of a longer one only the address is looked for."""
    if len(content) > QUICK:
        found = ADDRESS.search(content)
        if found is None or not SLUG.fullmatch(found[2].decode()):
            raise Faulty([Fault(1, NO_ADDRESS)])
        return Looked(found[2].decode())
    file = read_text(content)
    return Looked(file.slug, file if is_small(file) else None)
