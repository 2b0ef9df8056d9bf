"""What stands against naming the people of a file, found without writing anything."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from eventapp.delegations.by_file.people import Row
from eventapp.delegations.focal.queries import registered_at
from eventapp.ground.tables.reading import Fault
from eventapp.ground.text.i18n import _, ngettext
from eventapp.people.addresses import address_of
from eventapp.registration.decisions.obstacles import all_taken_in, heads_of, taken_in, taken_of
from eventapp.registration.models import Delegation
from eventapp.registration.nominated.actions import Nominee, refusal_of
from eventapp.vocabulary.participants import HEAD


def objections(delegation: Delegation, people: Sequence[tuple[Row, Nominee]], *, at: datetime) -> Iterator[Fault]:
    """What stands against these: an address twice or registered, a second head, more people than places, also
    of a role.
    """
    there = registered_at(delegation.meeting, [address_of(one.email) for _row, one in people])
    heads = heads_of(delegation.id)
    seen: dict[str, Row] = {}
    for row, one in people:
        email = address_of(one.email)
        if email in seen:
            cell = seen[email].cell("email")
            yield Fault(row.cell("email"), _("The same address stands in %(cell)s.", cell=cell))
        elif email in there:
            sentence = refusal_of(there[email], delegation, one.email, at)
            if sentence:
                yield Fault(row.cell("email"), sentence)
        seen.setdefault(email, row)
        if one.role == HEAD:
            if heads:
                yield Fault(row.cell("role"), _("%(name)s is head of this delegation already.", name=heads[0]))
            heads.append(f"{one.given_name} {one.family_name}".strip())
    yield from without_place_in_role(delegation, people)
    if delegation.places is None:
        return
    left = max(0, delegation.places - taken_of(delegation.id))
    sentence = ngettext("Only %(num)s place is left.", "Only %(num)s places are left.", left)
    yield from (Fault(row.cell("family_name"), sentence) for row, _one in people[left:])


def without_place_in_role(delegation: Delegation, people: Sequence[tuple[Row, Nominee]]) -> Iterator[Fault]:
    """Whoever comes in a role of which the delegation has no place left."""
    left = {role: most - taken_in(delegation.id, role) for role, most in delegation.role_places.items()}
    for row, one in people:
        if one.role not in left:
            continue
        if left[one.role] < 1:
            yield Fault(row.cell("role"), all_taken_in(delegation, one.role))
        left[one.role] -= 1
