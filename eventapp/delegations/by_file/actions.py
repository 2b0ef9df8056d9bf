"""Naming all the people of a file, or none of them."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.delegations.by_file.people import Row
from eventapp.delegations.focal.actions import act_for, refuse_late
from eventapp.ground.refusal import Refused
from eventapp.ground.tables.reading import Fault
from eventapp.ground.text.i18n import _, ngettext
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration
from eventapp.registration.nominated.actions import Nominee, key_of_nominee, nominate
from eventapp.registration.queries import registration_by_key


class Faulty(Refused):
    """People of a file who cannot be nominated any more, with where they stand."""

    def __init__(self, faults: Sequence[Fault], *, before: int = 0) -> None:
        nobody = _("Nobody was nominated. Something changed meanwhile: see below.")
        some = ngettext(
            "%(num)s person was nominated. Then something changed: see below.",
            "%(num)s people were nominated. Then something changed: see below.",
            before,
        )
        super().__init__(some if before else nobody)
        self.faults = tuple(faults)


def not_sent(delegation: Delegation, people: Sequence[tuple[Row, Nominee]], *, key: str) -> list[tuple[Row, Nominee]]:
    """Those of these people whom the same sending has not nominated before."""
    keys = {key_of_nominee(key, delegation, one): (row, one) for row, one in people}
    return [pair for made, pair in keys.items() if registration_by_key(made) is None]


def nominate_all(
    focal: DelegationFocalPoint,
    people: Sequence[tuple[Row, Nominee]],
    *,
    key: str,
    at: datetime,
    language: str,
    before: int = 0,
) -> list[Registration]:
    """Nominate everybody, each of whom gets a letter. Sent twice, it is done once. `before` them others were.

    Raises Faulty, with nothing written, where somebody cannot be nominated; refused where it is too late.
    """
    delegation = act_for(focal, at=at)
    refuse_late(delegation.meeting, at)
    done, faults = [], []
    for row, one in people:
        try:
            done.append(nominate(delegation, one, key=key, by=focal.person, at=at, language=language))
        except Refused as refusal:
            faults.append(Fault(row.cell("email"), str(refusal)))
    if faults:
        raise Faulty(faults, before=before)
    return done
