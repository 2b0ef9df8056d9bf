"""What makes no sense in the delegations, zones and gates of a file, each with its line."""

from collections.abc import Collection, Iterator, Sequence

from eventapp.ground.text.policy import folded
from eventapp.meeting_file.entrances.entries import DelegationEntry, GateEntry, ZoneEntry
from eventapp.meeting_file.kinds import Place
from eventapp.registration.zones.actions import MOST_ZONES
from eventapp.vocabulary.countries import country

Found = tuple[int, str]  # line, what to do


def faults_in_delegations(entries: Sequence[DelegationEntry]) -> Iterator[Found]:
    """Two of one name but for capitals, a name that is another State's, and roles of what is no State."""
    first: dict[str, DelegationEntry] = {}
    for one in entries:
        there = first.setdefault(folded(one.name), one)
        if there is not one and there.name != one.name:
            yield one.place.line, f"The delegation “{one.name}” is already on line {there.place.line}. Rename one."
        state = country(one.country) if one.country else None
        if state and state.name != one.name:
            yield one.place.of("name"), f"The State {one.country} is called “{state.name}” here. Write that name."
        if one.role_places and not one.country:
            says = f"“{one.name}” is no State, and has no places by role. Take “role_places” away."
            yield one.place.of("role_places"), says
        seen: set[str] = set()
        for role in one.role_places:
            if role.role in seen:
                yield role.place.line, f"The role “{role.role}” of “{one.name}” is there twice. Take one away."
            seen.add(role.role)


def faults_in_zones(entries: Sequence[ZoneEntry], categories: Collection[str]) -> Iterator[Found]:
    """More zones than a badge has room for, and categories that are not there."""
    for one in entries[MOST_ZONES:]:
        yield one.place.line, f"A meeting has {MOST_ZONES} zones at most. Take this one away."
    for one in entries:
        yield from unknown(f"Zone “{one.code}”", "categories", one.categories, categories, one.place)


def faults_in_gates(
    entries: Sequence[GateEntry],
    categories: Collection[str],
    zones: Collection[str],
    delegations: Collection[str],
    sessions: Collection[str],
) -> Iterator[Found]:
    """What a gate names that is not there."""
    for one in entries:
        what = f"Gate “{one.name}”"
        named = (one.session,) if one.session else ()
        yield from unknown(what, "session", named, sessions, one.place)
        yield from unknown(what, "categories", one.categories, categories, one.place)
        yield from unknown(what, "zones", one.zones, zones, one.place)
        yield from unknown(what, "delegations", one.delegations, delegations, one.place)


def unknown(what: str, name: str, codes: Sequence[str], known: Collection[str], place: Place) -> Iterator[Found]:
    for code in codes:
        if code not in known:
            listed = ", ".join(known) or "none yet"
            yield place.of(name), f"{what} names “{code}”, which is not there. Add it to the file, or use: {listed}."
