"""The forms of others that are filled from notes: the WSIS Forum's open consultation here, and the list of all.

The headings are those that the open consultation of the WSIS Forum 2017 asked for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.outlets.contribution import CONTRIBUTION, contribution
from eventapp.outlets.groups import material_of
from eventapp.outlets.papers import DONE, SEEN, Kind, Paper, Question, filled, of_kinds
from eventapp.outlets.session_reports import SESSION_REPORTS, session_reports
from eventapp.outlets.sheets.questions import SHEET_FORMS
from eventapp.outlets.takeaways import SESSION_TAKEAWAYS, session_takeaways
from eventapp.record.notes.models import Note
from eventapp.review.annexes.tables import large_groups
from eventapp.review.language.wording import CATEGORY_NAMES
from eventapp.review.reading.delegations import country_of
from eventapp.review.reports.content import Annex, Rows
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.lines import ACTION_LINES

CONSULTATION = Kind(
    "open-consultation", "Submission to the open consultation process of the WSIS Forum", "WSIS Forum secretariat"
)
NOT_STATED = "Not stated"
TABLE = "table"  # of action lines and goals
BY_LINES = (CONSULTATION.name, *SHEET_FORMS, TABLE)  # what is filled by the action lines of WSIS
ASKED = ("recommendation", "agreement")


def why_not(meeting: Meeting, outlet: str) -> str:
    """Why a form cannot be filled from this meeting, in a sentence for who sends it; '' where it can."""
    themes = themes_of(meeting)
    if outlet in BY_LINES and not themes.has_lines_of_wsis:
        return _("It is filled by the action lines of WSIS, which this meeting does not have among its themes.")
    if outlet == TABLE and not themes.goals:
        return _("It sets action lines against the Goals, which this meeting does not have among its themes.")
    return ""


def consultation(meeting: Meeting, *, policy: str, on: date) -> Paper:
    """Return the submission: general questions first, then topics and activities for each action line.

    What the form asks about the Forum itself no note answers; its heading stands there for whoever sends the form.
    """
    material = material_of(meeting, policy)
    notes = material.notes
    asked = of_kinds(notes, *ASKED)
    general = [
        _general("Structure and programme of the Forum"),
        _general("Alignment with the Sustainable Development Goals", [one for one in asked if one.current.goals]),
        _general("High-level segment: topics", [one for one in asked if not one.current.goals]),
        _general("High-level segment: format"),
        _general("Raising local, national and regional activities", of_kinds(notes, "good-practice", "flagship")),
        _general("Equal participation in workshops"),
        _general("Partnerships up to 2025", of_kinds(notes, "commitment", "agreement")),
        _general("Workshops: themes and speakers", of_kinds(notes, "debated-issue", "opportunity")),
        _general("Binding request: workshop, exhibition or partnership"),
    ]
    used = {note.id for question in general for note in question.notes}
    lines = [
        Question(f"Action line {line.head}, {line.short_title}: {what}", _of_line(notes, code, kinds, used))
        for code, line in ACTION_LINES.items()
        for what, kinds in (("topics", SEEN), ("activities and programmes", DONE))
    ]
    return filled(meeting, CONSULTATION, [*general, *lines], material, on=on, annexes=_statistics(notes))


OUTLETS: Mapping[str, Callable[..., Paper]] = MappingProxyType(
    {
        CONSULTATION.name: consultation,
        CONTRIBUTION.name: contribution,
        SESSION_TAKEAWAYS.name: session_takeaways,
        SESSION_REPORTS.name: session_reports,
    }
)
KINDS: Mapping[str, Kind] = MappingProxyType(
    {kind.name: kind for kind in (CONSULTATION, CONTRIBUTION, SESSION_TAKEAWAYS, SESSION_REPORTS)}
)


def _general(heading: str, notes: Iterable[Note] = ()) -> Question:
    """Return a question that the form asks of everybody."""
    return Question(heading, tuple(notes), stands=True)


def _of_line(notes: Iterable[Note], code: str, kinds: tuple[str, ...], used: set[int]) -> tuple[Note, ...]:
    """Put a note under the first line it names, unless a general question has it already."""
    return tuple(
        note for note in of_kinds(notes, *kinds) if note.current.action_lines[:1] == [code] and note.id not in used
    )


def _statistics(notes: Iterable[Note]) -> tuple[Annex, ...]:
    """Count who was heard, by stakeholder type and by region; a small group is counted with others."""
    revisions = [note.current for note in notes]
    types = Counter(CATEGORY_NAMES.get(one.stakeholder_type, NOT_STATED) for one in revisions)
    regions = Counter(_region(country_of(one)) for one in revisions)
    parts = [
        Rows(heading, tuple((name, str(number)) for name, number in large_groups(counted.most_common(), NOT_STATED)))
        for heading, counted in (("By stakeholder type", types), ("By region", regions))
    ]
    filled_parts = tuple(part for part in parts if part.rows)
    return (Annex(1, "statistics", "Statistics", ("Contributions", "Number"), filled_parts),) if filled_parts else ()


def _region(iso3: str) -> str:
    found = country(iso3)
    return (found.subregion or "Outside the region") if found else NOT_STATED
