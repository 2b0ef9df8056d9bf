"""Naming all the people of a file, or none of them."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.delegations.by_file.people import Row
from eventapp.delegations.by_file.reading import Fault
from eventapp.delegations.focal.actions import act_for, refuse_late
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.registration.models import DelegationFocalPoint, Registration
from eventapp.registration.nominated.actions import Nominee, nominate


class Faulty(Refused):
    """People of a file who cannot be nominated any more, with where they stand."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("Nobody was nominated. Something changed meanwhile: see below."))
        self.faults = tuple(faults)


def nominate_all(
    focal: DelegationFocalPoint, people: Sequence[tuple[Row, Nominee]], *, key: str, at: datetime, language: str
) -> list[Registration]:
    """Nominate everybody, each of whom gets a letter. Sent twice, it is done once.

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
        raise Faulty(faults)
    return done
