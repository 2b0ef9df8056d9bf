"""What a note says, as one value: typed in a form, kept in a browser, held by a revision."""

from collections.abc import Container, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import NamedTuple, TypeVar

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import words_in
from eventapp.meetings.themes.content import SHIPPED, Themes
from eventapp.record.notes.models import Revision
from eventapp.record.reading.dates import due_in
from eventapp.record.reading.neutral import fault_in_neutral
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES, in_line_order
from eventapp.vocabulary.notes import (
    ASIDE_LIMIT,
    CEILINGS,
    NOTE_KINDS,
    OUTLETS,
    SUPPORTS,
    TEXT_LIMIT,
    TITLE_LIMIT,
    lowest_ceiling,
)
from eventapp.vocabulary.targets import TARGETS, in_target_order
from eventapp.vocabulary.term import terms

T = TypeVar("T")
ALLOWED = {  # the most a note of such a session may say of its source; a note may say less
    "open": tuple(CEILINGS),
    "chatham": ("category", "nobody"),  # what was said may be told, neither who said it nor for whom
    "closed": ("nobody",),
}
USUAL_CEILING = "organization"
DELIVERIES = terms(
    ("open", _l("Open")),
    ("progress", _l("In progress")),
    ("done", _l("Done")),
    ("extended", _l("Extended")),
    ("dropped", _l("Dropped")),
)


DUE_TEXT = 120  # characters
LONGEST_TEXT = 3000  # characters, where words are not counted by blanks
ASIDES = ("replicability", "sustainability", "gender_relevance")
LISTS = ("action_lines", "goals", "countries", "sources", "targets", "partners", "outlets")


class Figure(NamedTuple):
    """A number that was said, and where it comes from; without a source it stays out of every report."""

    figure: str
    source: str = ""


@dataclass(frozen=True)
class NoteContent:
    """One idea, as somebody wants the record to have it."""

    kind: str
    text: str
    title: str = ""
    language: str = "en"
    role_id: int | None = None
    speaker: str = ""
    organization: str = ""
    stakeholder_type: str = ""
    country: str = ""
    action_lines: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    ceiling: str = USUAL_CEILING
    support: str = ""
    off_record: bool = False
    figures: tuple[Figure, ...] = ()
    sources: tuple[str, ...] = ()
    who: str = ""
    due_on: date | None = None
    due_text: str = ""
    delivery: str = ""
    targets: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    replicability: str = ""
    sustainability: str = ""
    gender_relevance: str = ""
    outlets: tuple[str, ...] = ()
    neutral: str = ""

    @property
    def has_unsourced_figures(self) -> bool:
        return any(not figure.source for figure in self.figures)

    def tidy(self, session: Session) -> "NoteContent":
        """The same in the one form we store: a title, codes in order, and no ceiling above the session's.

        A commitment that says its day in its words ("by 31 December 2027") and not in its field has it there too;
        "within two years" counts from the day of the session.
        """
        is_open = self.kind == "commitment" and self.due_on is None and not self.due_text
        due = due_in(self.text, session.starts_at.date()) if is_open else None
        return replace(
            self,
            due_on=due.due if due else self.due_on,
            due_text=due.words[:DUE_TEXT] if due else self.due_text,
            title=self.title or title_from(self.text),
            action_lines=tuple(in_line_order(self.action_lines)),
            goals=tuple(sorted({*self.goals, *(TARGETS[one] for one in self.targets if one in TARGETS)})),
            targets=tuple(in_target_order(self.targets)),
            outlets=tuple(one for one in OUTLETS if one in self.outlets),
            countries=tuple(dict.fromkeys(self.countries)),
            ceiling=lowest_ceiling(self.ceiling, allowed_ceilings(session.rule)[0]),
        )

    def as_json(self) -> Record:
        """The same as JSON has it."""
        day = self.due_on.isoformat() if self.due_on else None
        return {**asdict(self), "figures": [figure._asdict() for figure in self.figures], "due_on": day}

    def columns(self) -> Record:
        """The same as the columns of a revision."""
        lists = {name: list(getattr(self, name)) for name in LISTS}
        return {**self.as_json(), **lists, "due_on": self.due_on}


NAMES = tuple(field.name for field in fields(NoteContent))


def content_of(revision: Revision) -> NoteContent:
    """What this revision says."""
    return content_from({name: getattr(revision, name) for name in NAMES})


def content_from(content: Record) -> NoteContent:
    """The content that was stored as JSON. What it does not know is left out, what is missing has its default."""
    known = {name: value for name, value in content.items() if name in NAMES}
    if known.get("ceiling") not in CEILINGS:
        known.pop("ceiling", None)
    for name in LISTS:
        known[name] = tuple(known.get(name) or ())
    known["figures"] = tuple(Figure(row["figure"], row.get("source", "")) for row in known.get("figures") or ())
    if isinstance(known.get("due_on"), str):
        known["due_on"] = date.fromisoformat(known["due_on"])
    return NoteContent(**known)


def allowed_ceilings(rule: str) -> tuple[str, ...]:
    """What a note of a session under this rule may say of its source, the most first."""
    return ALLOWED.get(rule, ("nobody",))


def usual_ceiling(rule: str) -> str:
    """What a new note starts with: the organization where the session allows it."""
    return lowest_ceiling(USUAL_CEILING, allowed_ceilings(rule)[0])


def title_from(text: str) -> str:
    """A title where none was written: the first sentence, cut at a word where it is long."""
    first = " ".join(text.split())
    for stop in (". ", "? ", "! ", "。", "। ", "؟ "):
        head, found, _rest = first.partition(stop)
        first = head + found.strip() if found else first
    first = first.removesuffix(".")
    if len(first) <= TITLE_LIMIT:
        return first
    cut = first[: TITLE_LIMIT - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def is_known(content: NoteContent, themes: Themes) -> bool:
    """Whether every code is one of the vocabulary, or a theme of the meeting."""
    return (
        content.kind in NOTE_KINDS
        and content.ceiling in CEILINGS
        and (not content.support or content.support in SUPPORTS)
        and (not content.delivery or content.delivery in DELIVERIES)
        and all_in(content.action_lines, {*themes.lines, *ACTION_LINES})
        and all_in(content.goals, GOALS)
        and all_in(content.targets, TARGETS)
        and all_in(content.outlets, OUTLETS)
        and all(country(code) for code in content.countries)
    )


def is_too_long(content: NoteContent) -> bool:
    """Whether text or title go beyond the limits of the form."""
    asides = any(words_in(getattr(content, name)) > ASIDE_LIMIT for name in ASIDES)
    return (
        words_in(content.text) > TEXT_LIMIT
        or len(content.title) > TITLE_LIMIT
        or words_in(content.neutral) > TEXT_LIMIT
        or asides
    )


def check(content: NoteContent, themes: Themes = SHIPPED) -> None:
    """Refuse what no note may say: nothing, a code nobody knows, more than fits in one idea."""
    if not content.text:
        raise Refused(_("A note needs words. Write what was said."))
    if not is_known(content, themes):
        raise Refused(
            _("This note uses a code that is not in our lists. Choose kind, lines, goals and countries again.")
        )
    if is_too_long(content):
        raise Refused(
            _(
                "A note is one idea in 150 words or less, under a title of 120 characters, with 50 words for what it "
                "adds. Make two notes of it."
            )
        )
    if content.neutral and (fault := fault_in_neutral(content.neutral, content)):
        raise Refused(fault)


class Unexplained(Refused):
    """A published note that is to be changed without a word of why."""


def all_in(codes: Iterable[T], known: Container[T]) -> bool:
    return all(code in known for code in codes)
