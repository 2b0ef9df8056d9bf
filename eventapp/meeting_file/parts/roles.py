"""Somebody with a part in a session, as the file of a meeting has them."""

from eventapp.agenda.models import SpeakingRole
from eventapp.meeting_file.parts.people import RoleEntry


def entry_of_role(role: SpeakingRole) -> RoleEntry:
    """Return the part as the file has it."""
    return RoleEntry(
        role=role.role,
        name=role.name,
        own_name=role.name_own,
        own_language=role.name_language,
        position=role.position_held,
        organization=role.organization,
        country=role.country,
        email=role.person.email if role.person else "",
        state=role.state,
        illustrative=role.illustrative,
    )
