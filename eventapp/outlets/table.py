"""The table of action lines and goals, session by session, with the reason for each link, as the WSIS Forum has it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from eventapp.agenda.models import Session
from eventapp.ground.tables.writing import csv_of, xlsx_of
from eventapp.ground.web.paging import Page, page_of
from eventapp.meetings.models import Meeting
from eventapp.outlets.groups import cleared, unnamed_at
from eventapp.record.notes.models import Note
from eventapp.record.sessions.queries import sessions_with
from eventapp.review.coverage.queries import cleared_by_session
from eventapp.review.language.names import Names
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.matrix import MATRIX

FILES = ("csv", "xlsx", "json")
HEADS = ("Session", "Title", "Action line", "Goal", "In the Matrix", "Targets of the Matrix", "Notes", "Reason")
LINKS_A_PAGE = 50
NOBODY = "nobody"  # what a public table may say of a source


@dataclass(frozen=True)
class Link:
    """One session, one action line, one goal: the notes that name both, and whether the Matrix links them."""

    session: str
    title: str
    line: str
    goal: int
    targets: tuple[str, ...]
    is_expected: bool
    notes: tuple[str, ...]
    reason: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        return (
            self.session,
            self.title,
            ACTION_LINES[self.line].short_code,
            str(self.goal),
            "yes" if self.is_expected else "no",
            ", ".join(self.targets),
            ", ".join(self.notes),
            self.reason,
        )


def page_of_links(meeting: Meeting, wanted: str | None) -> Page[Link]:
    """Return the page of the links that an address asks for. Only the notes of its sessions are read whole."""
    named: dict[str, dict[str, set[int]]] = {}  # by session and line, the goals: a set of pairs takes twice as long
    for code, lines, goals in cleared_by_session(meeting):
        here = named.setdefault(code, {})
        for line in lines:
            here.setdefault(line, set()).update(goals)
    sessions = [code for code, lines in named.items() for _link in range(links_in(lines))]
    page = page_of(sessions, wanted, most=LINKS_A_PAGE)
    if not page.rows:
        return Page((), page.number, page.pages, page.count)
    first = (page.number - 1) * LINKS_A_PAGE - sessions.index(page.rows[0])
    found = links(meeting, list(dict.fromkeys(page.rows)))[first : first + len(page.rows)]
    return Page(found, page.number, page.pages, page.count)


def links_in(named: Mapping[str, AbstractSet[int]]) -> int:
    """Return how many links the table has of these lines, each with the goals that are named beside it."""
    return sum(len(goals & GOALS.keys()) for line, goals in named.items() if line in ACTION_LINES)


def links(meeting: Meeting, codes: Sequence[str] | None = None) -> list[Link]:
    """Return the links of the cleared notes, in the order of sessions, lines and goals; `codes`: of these sessions.

    Reasons name nobody.
    """
    unnamed = unnamed_at(meeting, NOBODY)
    notes = cleared(meeting, None if codes is None else [one.id for one in sessions_with(meeting, codes)])
    found: dict[tuple[int, str, int], list[Note]] = defaultdict(list)
    sessions: dict[int, Session] = {}
    for note in notes:
        sessions.setdefault(note.session_id, note.session)
        for line in note.current.action_lines:
            for goal in note.current.goals:
                found[note.session_id, line, goal].append(note)
    order = {line: place for place, line in enumerate(ACTION_LINES)}
    place_of = {number: place for place, number in enumerate(sessions)}
    keys = sorted(
        (key for key in found if key[1] in order and key[2] in GOALS),
        key=lambda key: (place_of[key[0]], order[key[1]], key[2]),
    )
    return [_link(sessions[key[0]], key[1], key[2], found[key], unnamed) for key in keys]


def table_file(slug: str, found: Sequence[Link], ending: str) -> bytes:
    """Return these links of the meeting of this slug as a file: csv, xlsx or json. It asks the database nothing."""
    if ending == "json":
        return _json(slug, found)
    cells = [one.cells for one in found]
    return csv_of(HEADS, cells) if ending == "csv" else xlsx_of("Action lines and goals", HEADS, cells)


def _json(slug: str, found: Sequence[Link]) -> bytes:
    """Return the links as JSON in UTF-8; the same notes are the same bytes."""
    rows = [
        {
            "session": one.session,
            "title": one.title,
            "action_line": one.line,
            "goal": one.goal,
            "expected": one.is_expected,
            "targets": list(one.targets),
            "notes": list(one.notes),
            "reason": one.reason,
        }
        for one in found
    ]
    return (json.dumps({"meeting": slug, "links": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _link(session: Session, line: str, goal: int, notes: list[Note], unnamed: Names) -> Link:
    cell = MATRIX[line].get(goal)
    titles = [note.current.title for note in notes if not unnamed.found_in(note.current.title)]
    return Link(
        session=session.code,
        title=session.title,
        line=line,
        goal=goal,
        targets=cell.targets if cell else (),
        is_expected=cell is not None,
        notes=tuple(note.reference for note in notes),
        reason="; ".join(dict.fromkeys(titles)),
    )
