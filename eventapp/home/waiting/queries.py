"""All that waits for somebody, at all of their meetings, the most urgent first."""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain

from eventapp.home.waiting.lines import Waiting
from eventapp.home.waiting.own import OWN
from eventapp.home.waiting.work import for_editors, for_organizers
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.people.models import Person


def waiting_for(person: Person, roles: Mapping[Meeting, frozenset[str]], *, at: datetime) -> list[Waiting]:
    """What waits for this person, who has these roles at these meetings. A closed meeting waits for nothing.

    The number of queries grows neither with the meetings nor with what waits.
    """
    open_ones = {one: held for one, held in roles.items() if one.closed_at is None and one.archived_at is None}
    organized = {one.id: one for one, held in open_ones.items() if ORGANIZER in held}
    edited = {one.id: one for one, held in open_ones.items() if {ORGANIZER, RAPPORTEUR} & held}
    own = chain.from_iterable(asked(person, at) for asked in OWN)
    found = chain(own, for_organizers(person, organized), for_editors(edited))
    return sorted(found, key=lambda one: one.order)
