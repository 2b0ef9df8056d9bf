"""What of a session may be given to the parts in it, and to which of them."""

from collections.abc import Collection, Mapping

from eventapp.ground.text.i18n import _l
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.sessions import SPEAKING_ROLES
from eventapp.vocabulary.term import terms

TEXT, PEOPLE, MATERIAL = "text", "people", "material"
RIGHTS = terms(
    (TEXT, _l("Title and texts")),
    (PEOPLE, _l("Speakers")),
    (MATERIAL, _l("Material")),
)
LED = frozenset({"chair", "moderator", "coordinator", "rapporteur", "interpreter"})  # an organizer alone assigns these
MAY_EDIT = tuple(code for code in SPEAKING_ROLES if code != "interpreter")

Rights = Mapping[str, Collection[str]]


def rights_of(meeting: Meeting) -> dict[str, list[str]]:
    """The parts that may edit each of these; [] where none may."""
    return {right: list(meeting.session_rights.get(right, ())) for right in RIGHTS}


def as_record(rights: Rights) -> dict[str, list[str]]:
    """The same as a meeting keeps it: nothing of what nobody may."""
    listed = {right: [role for role in dict.fromkeys(rights.get(right, ())) if role in MAY_EDIT] for right in RIGHTS}
    return {right: roles for right, roles in listed.items() if roles}


def rights_for(meeting: Meeting, roles: Collection[str]) -> frozenset[str]:
    """What somebody with these parts in a session may edit of it."""
    return frozenset(right for right, listed in meeting.session_rights.items() if set(listed) & set(roles))


def assignable(meeting: Meeting) -> list[str]:
    """The parts that may be given by who edits the people: none that leads, records, or may itself edit something."""
    editing = {role for roles in meeting.session_rights.values() for role in roles}
    return [code for code in SPEAKING_ROLES if code not in LED | editing]
