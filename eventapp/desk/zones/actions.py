from datetime import datetime

from eventapp.checkin.gates import gates_by_zone
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.registration.zones.actions import remove_zone
from eventapp.registration.zones.models import Zone


def take_zone_away(zone: Zone, *, by: Person, at: datetime) -> None:
    """Remove a zone. Refused while an open gate asks for it: without it nobody could enter there, or everybody."""
    lock(zone.meeting)
    if gates := gates_by_zone(zone.meeting).get(zone.id):
        raise Refused(
            _(
                "Gates let people in by this zone: %(gates)s. Say there first who else may enter.",
                gates=", ".join(gate.name for gate in gates),
            )
        )
    remove_zone(zone, by=by, at=at)
