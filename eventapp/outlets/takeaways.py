"""Session reports in the present form of the Internet Governance Forum: key takeaways and calls to action first.

They are chosen from the groups that most delegations stand behind, two of each unless somebody wants more, fewer or
others, which are kept with the session. The rest is what the older form has of a session. What was recommended is a
call to action.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting
from eventapp.outlets.chosen.actions import Chosen, chosen_at
from eventapp.outlets.chosen.models import Takeaway
from eventapp.outlets.groups import (
    Group,
    Material,
    Piece,
    cleared,
    material_for,
    material_of,
    pieces_in_list,
    ranked,
    unnamed_at,
)
from eventapp.outlets.papers import DONE, SEEN, Kind, Paper, cited, of_kinds
from eventapp.outlets.session_reports import (
    Part,
    SessionReport,
    listed_with,
    paper_of_all,
    paper_of_one,
    reports,
)
from eventapp.record.notes.models import Note
from eventapp.review.compiling.numbering import Unnumbered, without_footnotes
from eventapp.review.reports.queries import stubs_held

SESSION_TAKEAWAYS = Kind(
    "session-takeaways",
    "Session reports: key takeaways and calls to action",
    "Internet Governance Forum, present form of session reports",
)
TAKEAWAYS, CALLS = "Key takeaways", "Calls to action"
KINDS = {TAKEAWAYS: (*SEEN, *DONE, "agreement"), CALLS: ("recommendation",)}
WHO = ("Session", "Chair or moderator", "Rapporteur", "Speakers")
REPORT = ("Key issues", "Discussion", "Agreement and divergence", "Way forward")
TWO, MOST = 2, 9  # of each


@dataclass(frozen=True)
class Wanted:
    """How many of each, and which: `notes` are the references that somebody chose, None where nobody did."""

    takeaways: int = TWO
    calls: int = TWO
    notes: frozenset[str] | None = None

    def of(self, heading: str, pieces: Sequence[Piece]) -> list[Piece]:
        """Return those of these pieces, the best first, that stand under this heading."""
        if self.notes is not None:
            return [one for one in pieces if one.reference in self.notes]
        return list(pieces[: self.takeaways if heading == TAKEAWAYS else self.calls])


@dataclass(frozen=True)
class Candidate:
    """What may stand under a heading: its words, how many delegations its group is of, and whether it stands there."""

    heading: str
    reference: str
    words: str
    support: int
    is_chosen: bool


@dataclass(frozen=True)
class OneSession:
    """The report of one session, what may stand in it instead, and what somebody chose."""

    paper: Paper
    candidates: tuple[Candidate, ...] = ()
    chosen: tuple[Takeaway, ...] = ()
    session: Session | None = None
    offered: Mapping[str, Note] = field(default_factory=dict)  # the notes that may be chosen

    @property
    def gone(self) -> list[str]:
        """Return the references of chosen notes that are not offered any more."""
        return [one.note.reference for one in self.chosen if one.note.reference not in self.offered]


class Recorded(NamedTuple):
    """What there is of one session."""

    notes: list[Note]
    groups: list[Group]


AS_IT_IS, NOTHING = Wanted(), Recorded([], [])
Ranked = Mapping[str, list[tuple[Piece, int]]]  # what may stand under each heading


def session_takeaways(meeting: Meeting, *, policy: str, on: date, wanted: Wanted = AS_IT_IS) -> Paper:
    """Return every session's report as one paper."""
    found = takeaway_reports(meeting, policy, wanted=wanted)
    return paper_of_all(meeting, SESSION_TAKEAWAYS, found, policy=policy, on=on)


def takeaways_of_session(
    meeting: Meeting, code: str, *, policy: str, on: date, wanted: Wanted = AS_IT_IS
) -> OneSession | None:
    """Return the report of one session; None where it has none."""
    here = next(iter(stubs_held(meeting, [code])), None)
    if here is None:
        return None
    unnamed = unnamed_at(meeting, policy)
    material = material_for(meeting, policy, [here.id], unnamed)
    chosen_here = chosen_at(meeting, [here.id])
    [found] = _reports(reports(meeting, policy, [code], unnamed, material.known), material, wanted, chosen_here)
    pieces_of = _ranked(_by_session(material).get(found.session.id, NOTHING))
    chosen = tuple(chosen_here.get(found.session.id, ()))
    wanted = _wanted(wanted, chosen)
    candidates = [
        Candidate(heading, one.reference, without_footnotes(" ".join(one.alone)), support, one in chosen)
        for heading, pieces in pieces_of.items()
        for chosen in [wanted.of(heading, [one for one, _support in pieces])]
        for one, support in pieces
    ]
    return OneSession(
        paper_of_one(meeting, SESSION_TAKEAWAYS, found, policy=policy, on=on),
        tuple(candidates),
        chosen,
        found.session,
        {one.reference: one.notes[0] for pieces in pieces_of.values() for one, _support in pieces},
    )


def takeaway_reports(meeting: Meeting, policy: str, *, wanted: Wanted = AS_IT_IS) -> list[SessionReport]:
    """Return the report of each session that took place and is not closed, in the order of the day."""
    return _reports(reports(meeting, policy), material_of(meeting, policy), wanted, chosen_at(meeting))


def takeaways_in_list(meeting: Meeting, policy: str, codes: Collection[str]) -> list[SessionReport]:
    """Return what a list says of these reports: what each lacks, and what names too much to be in it.

    Under each heading stands the first that may: the others are not told for it, nor is it said which is the best.
    """
    unnamed, here = unnamed_at(meeting, policy), [one.id for one in stubs_held(meeting, codes)]
    notes, chosen = cleared(meeting, here), chosen_at(meeting, here)
    lacking = {
        (number, heading): {note.id for note in of_kinds(notes, *kinds) if note.session_id == number}
        for number in here
        for heading, kinds in KINDS.items()
    }
    stands: dict[tuple[int, str], Part] = {}

    def is_wanted(some: Collection[int]) -> bool:
        return any(one.issuperset(some) for one in lacking.values())

    for piece in pieces_in_list(meeting, policy, notes, unnamed, is_wanted):
        for place in [one for one, some in lacking.items() if piece.rests_on(some) and not piece.is_opening]:
            number, heading = place
            if _wanted(AS_IT_IS, chosen.get(number, ())).of(heading, [piece]):
                stands[place] = Part(heading, (Unnumbered(" ".join(piece.alone)),))
                del lacking[place]
    return [
        _in_this_form(one, [stands.get((one.session.id, heading), Part(heading, ())) for heading in KINDS])
        for one in listed_with(meeting, policy, codes, notes, unnamed)
    ]


def _reports(found: Sequence[SessionReport], material: Material, wanted: Wanted, chosen: Chosen) -> list[SessionReport]:
    of_sessions = _by_session(material)
    return [
        _report(
            one,
            _ranked(of_sessions.get(one.session.id, NOTHING)),
            material,
            _wanted(wanted, chosen.get(one.session.id, ())),
        )
        for one in found
    ]


def _wanted(wanted: Wanted, chosen: Sequence[Takeaway]) -> Wanted:
    """Return what is asked for now; what was chosen for the session where that is nothing else."""
    if wanted != AS_IT_IS or not chosen:
        return wanted
    return Wanted(notes=frozenset(one.note.reference for one in chosen))


def _report(full: SessionReport, found: Ranked, material: Material, wanted: Wanted) -> SessionReport:
    chosen = [
        Part(
            heading,
            tuple(
                Unnumbered(" ".join(one.alone), cited(one.notes, material))
                for one in wanted.of(heading, [one for one, _support in pieces])
            ),
        )
        for heading, pieces in found.items()
    ]
    return _in_this_form(full, chosen)


def _in_this_form(full: SessionReport, chosen: Iterable[Part]) -> SessionReport:
    parts = {part.heading: part for part in full.parts}
    rows = tuple(row for heading in REPORT for row in parts[heading].rows)
    return replace(full, parts=(*(parts[heading] for heading in WHO), *chosen, Part("Session report", rows)))


def _by_session(material: Material) -> dict[int, Recorded]:
    """Return the notes of each session and the groups that tell of one of them, by the number of its row."""
    found: dict[int, Recorded] = {}
    for note in material.notes:
        found.setdefault(note.session_id, Recorded([], [])).notes.append(note)
    for group in material.groups:
        for number in dict.fromkeys(note.session_id for note in group.notes):
            found[number].groups.append(group)
    return found


def _ranked(recorded: Recorded) -> Ranked:
    """Return what may stand under each heading, with the support of its group."""
    return {
        heading: ranked(recorded.groups, {note.id for note in of_kinds(recorded.notes, *kinds)})
        for heading, kinds in KINDS.items()
    }
