"""The annexes of a report: the programme as held, the list of participants, the evidence by paragraph."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import Themes
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration
from eventapp.review.annexes.outcomes import commitments, practices, recommendations
from eventapp.review.annexes.speakers import speakers
from eventapp.review.first_page.statements import Cited
from eventapp.review.language.data import phrases, sentence
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import CATEGORY_NAMES, LABELS, day_of, in_lists
from eventapp.review.reports.content import Annex, Chapter, Evidence, Rows
from eventapp.review.reports.models import Report
from eventapp.review.reports.outlines import outline_of
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES, in_line_order
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.participants import HEAD
from eventapp.vocabulary.protocol import protocol_order

FEWEST = 5  # people of a group that may be counted in public
PLURALS: Mapping[str, str] = MappingProxyType(
    {
        "State": "States",
        "member": "members",
        "observer": "observers",
        "organization": "organizations",
        "body": "bodies",
        "entity": "entities",
        "agency": "agencies",
        "institution": "institutions",
        "company": "companies",
    }
)
TITLES, HEADS, GROUPS = phrases("annexes"), phrases("annex_heads"), phrases("groups")
KINDS = phrases("kinds")


def annexes(
    report: Report,
    *,
    sessions: Sequence[Session],
    people: Sequence[Registration],
    present: Sequence[tuple[tuple[str, ...], int]],
    chapters: Sequence[Chapter],
    notes: Sequence[Note],
    cited: Cited,
) -> tuple[Annex, ...]:
    """Return the annexes that the report's outline asks for and that have rows, numbered in its order.

    `present` is who was let in at the door, as it was counted for the public: nothing else may be told of people.
    """
    meeting = report.meeting
    rows = {
        "programme": _programme(meeting, sessions),
        "participants": _participants(people),
        "speakers": speakers(sessions, notes, report.policy),
        "documents": _documents(meeting),
        "statistics": _statistics(present, chapters),
        "recommendations": recommendations(chapters, cited, report.addressees, report.policy),
        "commitments": commitments(chapters, cited),
        "practices": practices(chapters, cited, report.policy),
        "evidence": _evidence(chapters),
    }
    filled = [code for code in outline_of(report.outline).annexes if rows[code]]
    found = (titled(number, code, rows[code]) for number, code in enumerate(filled, start=1))
    return tuple(_by_themes(one, themes_of(meeting)) if one.code == "evidence" else one for one in found)


def titled(number: int, code: str, rows: tuple[Rows, ...]) -> Annex:
    """Return an annex with its title and the heads of its columns, in the language that is written."""
    return Annex(number, code, TITLES[code], tuple(HEADS[code].split("|")), rows)


def _by_themes(annex: Annex, themes: Themes) -> Annex:
    """The annex of evidence without the columns for which the meeting has no themes; its own are not called lines."""
    heads = list(annex.columns)
    if not themes.are_shipped:
        heads[2] = HEADS["themes"]
    columns = [0, 1, *([2] if themes.lines else []), *([3] if themes.goals else [])]
    parts = (replace(part, rows=tuple(tuple(row[at] for at in columns) for row in part.rows)) for part in annex.parts)
    return replace(annex, columns=tuple(heads[at] for at in columns), parts=tuple(parts))


def _programme(meeting: Meeting, sessions: Sequence[Session]) -> tuple[Rows, ...]:
    """Give each day its own heading, unless there is one day only; times are the meeting's own."""
    local = [
        (session, session.starts_at.astimezone(meeting.tz), session.ends_at.astimezone(meeting.tz))
        for session in sessions
    ]
    days = [(day, tuple(rows)) for day, rows in groupby(local, key=lambda one: one[1].date())]
    return tuple(
        Rows(
            day_of(day) if len(days) > 1 else "",
            tuple(
                (f"{start:%H:%M}–{end:%H:%M}", session.code, session.title, session.room.name if session.room else "")
                for session, start, end in rows
            ),
        )
        for day, rows in days
    )


def _participants(people: Iterable[Registration]) -> tuple[Rows, ...]:
    """Order the list as the United Nations prints it: category, delegation, head first, name."""
    ordered = sorted(
        people,
        key=lambda one: (
            *protocol_order(
                one.category.protocol_order, in_lists(one.delegation.name), one.delegation_role, one.record_name
            ),
            one.id,
        ),
    )
    return tuple(
        Rows(GROUPS.get(_plural(name), _plural(name)), tuple(_person(one) for one in group))
        for name, group in groupby(ordered, lambda one: one.category.name)
    )


def _plural(category: str) -> str:
    """Return the name of a category as it stands above those who are of it: "Member States", "Civil society"."""
    head, space, last = category.rpartition(" ")
    return head + space + PLURALS.get(last, last)


def _person(one: Registration) -> tuple[str, ...]:
    head = sentence("head_of_delegation") if one.delegation_role == HEAD else ""
    does = [part for part in (one.job_title, one.organization) if part and part != one.delegation.name]
    return in_lists(one.delegation.name), f"{one.record_name}{head}", ", ".join(does)


def _documents(meeting: Meeting) -> tuple[Rows, ...]:
    rows = tuple((one.symbol, one.title) for one in meeting.documents)
    return (Rows("", rows),) if rows else ()


def _statistics(present: Sequence[tuple[tuple[str, ...], int]], chapters: Sequence[Chapter]) -> tuple[Rows, ...]:
    """Notes by kind, and people as they were counted for the public.

    A counting of its own would tell of small groups to whoever holds it against that one, however well each is covered.
    """
    kinds = Counter(
        {one.note: one.kind for chapter in chapters for each in chapter.paragraphs for one in each.evidence}.values()
    )
    people = tuple(
        (one_of("joints", "semicolon").join(CATEGORY_NAMES[code] for code in codes) or LABELS["all"], str(number))
        for codes, number in present
    )
    notes = tuple((KINDS[kind], str(kinds[kind])) for kind in NOTE_KINDS if kinds[kind])
    parts = [Rows(sentence("counted_people"), people), Rows(sentence("counted_notes"), notes)]
    return tuple(part for part in parts if part.rows)


def large_groups(counted: Sequence[tuple[str, int]], nothing: str = "") -> list[tuple[str, int]]:
    """Return the groups of five and more; the smaller ones together, with so many others that they are five.

    The group of which nothing is known is the first to be counted with them: that it is told apart tells least.
    """
    small = sorted((one for one in counted if one[1] < FEWEST), key=lambda one: one[1])
    large = [one for one in counted if one[1] >= FEWEST]
    rest = sum(number for _name, number in small)
    while 0 < rest < FEWEST and large:
        rest += large.pop(min(range(len(large)), key=lambda at: (large[at][0] != nothing, large[at][1])))[1]
    return [*large, ("Others", rest)] if rest >= FEWEST else large


def _evidence(chapters: Iterable[Chapter]) -> tuple[Rows, ...]:
    rows = tuple(
        (
            paragraph.place,
            one_of("joints", "semicolon").join(_cited(one) for one in paragraph.evidence),
            ", ".join(
                ACTION_LINES[code].short_code if code in ACTION_LINES else code
                for code in in_line_order(code for one in paragraph.evidence for code in one.action_lines)
            ),
            ", ".join(str(goal) for goal in GOALS if any(goal in one.goals for one in paragraph.evidence)),
        )
        for chapter in chapters
        for paragraph in chapter.paragraphs
        if paragraph.evidence
    )
    return (Rows("", rows),) if rows else ()


def _cited(evidence: Evidence) -> str:
    """A note as paper leads back to it: its code tells the session; and who said it, where the report tells."""
    note = sentence("revision", note=evidence.note, number=evidence.revision)
    return f"{note} ({evidence.source})" if evidence.source else note
