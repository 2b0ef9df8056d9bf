"""The delegations of a package become those of its meeting again."""

from collections.abc import Iterable

from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.package.manifest import delegations as sent
from eventapp.registration.models import Delegation, DelegationLetter


def delegations_from(delegations: Iterable[sent.Delegation], meeting: Meeting) -> dict[str, Delegation]:
    """Keep each with its places, other names, accreditation and that letters came; by the folded name."""
    rows: dict[str, Delegation] = {}
    for one in delegations:
        row = named(one, one.name, meeting)
        row.places, row.accredited_at, row.accredited_why = one.places, one.accredited_at, one.accredited_why
        row.role_places = one.role_places
        db.session.add(row)
        db.session.flush()
        for name in one.other_names:
            db.session.add(named(one, name, meeting, merged_into_id=row.id))
        for letter in one.letters:  # in a row each, for a later one is newer
            db.session.add(
                DelegationLetter(
                    delegation=row,
                    reference=letter.reference,
                    dated=letter.dated,
                    uploaded_at=letter.uploaded_at,
                    replaced_at=letter.replaced_at,
                    content_type="",
                    content=b"",
                    sha256="",
                    given_name="",
                )
            )
            db.session.flush()
        rows[row.folded_name] = row
    return rows


def named(one: sent.Delegation, name: str, meeting: Meeting, **more: int) -> Delegation:
    """A row of this name for the State or organization."""
    key = folded(name)
    return Delegation(meeting=meeting, name=name, folded_name=key, country=one.country, is_state=one.is_state, **more)
