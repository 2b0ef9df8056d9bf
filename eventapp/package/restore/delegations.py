"""The delegations and the list of participants of a package become those of its meeting again."""

from collections.abc import Iterable, Sequence

from eventapp.ground.db import db
from eventapp.ground.text.policy import folded, search_key
from eventapp.meetings.models import Meeting
from eventapp.package.manifest import content
from eventapp.package.manifest import delegations as sent
from eventapp.package.restore.arrival import Arrival, values
from eventapp.package.restore.inputs import NO_ADDRESS
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED, Delegation, DelegationLetter, Registration


def delegations_from(delegations: Iterable[sent.Delegation], meeting: Meeting) -> None:
    """Keep each with its places, other names, accreditation and that letters came."""
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


def named(one: sent.Delegation, name: str, meeting: Meeting, **more: int) -> Delegation:
    """A row of this name for the State or organization."""
    key = folded(name)
    return Delegation(meeting=meeting, name=name, folded_name=key, country=one.country, is_state=one.is_state, **more)


def participants_from(one: Arrival, people: Sequence[tuple[int, content.Participant]]) -> None:
    """These of the list, each with their number. They have no address: nobody can sign in as them or write to them."""
    meeting = one.meeting
    categories = {each.code: each for each in meeting.categories}
    delegations = one.delegations(folded(who.delegation) for _number, who in people)
    for number, who in people:
        name = folded(who.delegation)
        if name not in delegations:
            delegations[name] = Delegation(
                meeting=meeting, name=who.delegation, folded_name=name, country=who.country, is_state=who.is_state
            )
        address = f"participant-{number}.meeting-{meeting.id}@{NO_ADDRESS}"
        db.session.add(
            Registration(
                **values(who, but=["category", "delegation", "is_state", "answers"]),
                meeting=meeting,
                person=Person(name=who.record_name, email=address, known_since=one.at),
                number=number,
                category=categories[who.category],
                delegation=delegations[name],
                given_name="",
                family_name=who.record_name[:100],
                badge_name=who.record_name,
                languages=[],
                lists_name=True,
                shares_email=False,
                may_be_photographed=False,
                search_text=search_key(who.record_name, who.delegation, who.organization),
                state=APPROVED,
                asked_at=one.at,
                confirmed_at=one.at,
                approved_at=one.at,
                state_at=one.at,
            )
        )
