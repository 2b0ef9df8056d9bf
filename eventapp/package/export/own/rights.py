"""Which parts in a session may edit what of it, as a package says it."""

from collections.abc import Iterator

from eventapp.agenda.rights.content import as_record
from eventapp.package.manifest import content


def loose_rights(meeting: content.Meeting) -> Iterator[str]:
    """Rights that there are not, and parts that may have none, or not in their order."""
    given = meeting.session_rights
    if not all(isinstance(roles, list) for roles in given.values()) or given != as_record(given):
        yield f"meeting.session_rights: {given!a}"
