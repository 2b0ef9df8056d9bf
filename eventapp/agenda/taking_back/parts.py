"""The parts in a session as a version has them: only those of people without an address come and go by themselves.

Who has an address was asked, has answered and was written to: their parts stay as they are, and are named.
"""

from collections.abc import Sequence

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.vocabulary.sessions import SPEAKING_ROLES


def parts_back(session: Session, wanted: Sequence[Record]) -> tuple[list[Record], list[SpeakingRole], list[str]]:
    """What is to be given, what is to end, and what stays as it is, in sentences."""
    then = {(one["role"], one["name"]): one for one in wanted}
    now = {(one.role, one.name): one for one in session.roles if one.holds and one.state == CONFIRMED}
    give, end, stay = [], [], []
    for key, part in then.items():
        known = [one for one in session.roles if (one.role, one.name) == key and (one.person_id or one.holds)]
        if key not in now and known:
            stay.append(
                _(
                    "%(name)s was %(part)s in %(code)s and is not now. Assign the role again if it is wanted.",
                    name=part["name"],
                    part=part_called(part["role"]),
                    code=session.code,
                )
            )
        elif key not in now:
            give.append(part)
    for key, role in now.items():
        if key not in then and role.person_id:
            stay.append(
                _(
                    "%(name)s is %(part)s in %(code)s now and was not then. The role stays.",
                    name=role.name,
                    part=role.label.lower(),
                    code=session.code,
                )
            )
        elif key not in then:
            end.append(role)
    return give, end, stay


def part_called(code: str) -> str:
    return str(SPEAKING_ROLES[code].label).lower() if code in SPEAKING_ROLES else code
