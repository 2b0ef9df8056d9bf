"""Who asks for the floor, as one value: somebody of the session, somebody registered, or what was typed."""

from dataclasses import dataclass

from eventapp.agenda.models import SpeakingRole
from eventapp.ground.text.policy import folded
from eventapp.registration.models import Registration


@dataclass(frozen=True)
class Asking:
    """One request for the floor."""

    name: str
    organization: str = ""
    country: str = ""  # ISO alpha-3, of the State it is made for
    category_id: int | None = None
    role_id: int | None = None
    registration_id: int | None = None


def for_registration(registration: Registration) -> Asking:
    """A registered participant asks, for the delegation they came with."""
    sender = registration.delegation
    return Asking(
        name=registration.record_name,
        organization=sender.name,
        country=sender.country if sender.is_state else "",
        category_id=registration.category_id,
        registration_id=registration.id,
    )


def for_role(role: SpeakingRole, registration: Registration | None) -> Asking:
    """Somebody of the session asks, by the name of the agenda; the registration says in which category."""
    known = for_registration(registration) if registration else Asking(role.name)
    return Asking(
        name=role.name,
        organization=role.organization or known.organization,
        country=role.country or known.country,
        category_id=known.category_id,
        role_id=role.id,
        registration_id=known.registration_id,
    )


def party(name: str, organization: str) -> str:
    """For whom somebody speaks, to compare: the delegation, or the person where there is none."""
    return folded(organization or name)
