"""What changed between two texts or two drafts, word by word, for somebody who reads both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from eventapp.ground.text.dates import day
from eventapp.ground.text.i18n import _
from eventapp.meetings.themes.content import SHIPPED, Themes
from eventapp.record.notes.content import DELIVERIES, NoteContent, title_from
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS, OUTLETS, SUPPORTS
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES
from eventapp.vocabulary.term import Term

# Words where a script has blanks; letters, with the marks they carry, in Thai, Lao, Chinese and Japanese.
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
PIECE = re.compile(rf"\s+|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff][{MARKS}]*|\S+?(?=\b|\s|$)")
SAME, OLD, NEW = "same", "old", "new"


class Run(NamedTuple):
    """Words that stand in both texts, only in the old one, or only in the new one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One thing a revision changed: what, and the runs of words that show it."""

    what: str
    runs: tuple[Run, ...]


def words_changed(before: str, after: str) -> tuple[Run, ...]:
    """Both texts as one, cut into runs: same and old give the old text back, same and new the new one."""
    old, new = pieces(before), pieces(after)
    runs: list[Run] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(SAME, "".join(old[i:j])))
            continue
        runs += [Run(kind, words) for kind, words in ((OLD, "".join(old[i:j])), (NEW, "".join(new[k:m]))) if words]
    return tuple(runs)


def pieces(text: str) -> list[str]:
    """The text cut into words and blanks; put together again it is the same text."""
    return PIECE.findall(text)


def changes(before: NoteContent, after: NoteContent, themes: Themes = SHIPPED) -> list[Change]:
    """Everything that differs between two drafts, in the order of the form."""
    old, new = describe(before, themes), describe(after, themes)
    return [Change(what, runs_of(old[what], new[what])) for what in new if old[what] != new[what]]


def runs_of(before: str | list[str], after: str | list[str]) -> tuple[Run, ...]:
    if isinstance(before, str) and isinstance(after, str):
        return words_changed(before, after)
    return members_changed(list(before), list(after))


def members_changed(before: list[str], after: list[str]) -> tuple[Run, ...]:
    """Two lists as one: what stayed, what went, what came; commas between them."""
    kinds = {SAME: [one for one in before if one in after], OLD: before, NEW: after}
    runs: list[Run] = []
    for kind, members in kinds.items():
        runs += [Run(kind, one) for one in members if kind == SAME or one not in kinds[SAME]]
    return tuple(run for one in runs for run in (one, Run(SAME, ", ")))[:-1]


def describe(content: NoteContent, themes: Themes = SHIPPED) -> dict[str, str | list[str]]:
    """The draft in words a person reads, field by field. A title made from the text is not told again."""
    unsourced = _("no source")
    return {
        _("Kind"): label(NOTE_KINDS, content.kind),
        _("Title"): "" if content.title == title_from(content.text) else content.title,
        _("What was said"): content.text,
        _("Speaker"): ", ".join(part for part in (content.speaker, content.organization) if part),
        _("Type of stakeholder"): label(STAKEHOLDER_TYPES, content.stakeholder_type),
        _("Country of the speaker"): place(content.country),
        _("May be attributed to"): label(CEILINGS, content.ceiling),
        themes.heading: [themes.lines[code].label for code in content.action_lines],
        _("Goals"): [str(number) for number in content.goals],
        _("Support"): label(SUPPORTS, content.support),
        _("Countries"): [place(code) for code in content.countries],
        _("Figures"): [f"{one.figure} ({one.source or unsourced})" for one in content.figures],
        _("Sources"): list(content.sources),
        _("Who will do it"): content.who,
        _("By when"): " ".join(filter(None, (day(content.due_on) if content.due_on else "", content.due_text))),
        _("Delivery"): label(DELIVERIES, content.delivery),
        _("Targets"): list(content.targets),
        _("Partners"): list(content.partners),
        _("Replicability"): content.replicability,
        _("Sustainability"): content.sustainability,
        _("Relevance for gender equality"): content.gender_relevance,
        _("Neutral wording"): content.neutral,
        _("Suggested for"): [label(OUTLETS, code) for code in content.outlets],
        _("Language"): content.language,
        _("Off the record"): _("Yes") if content.off_record else _("No"),
    }


def label(terms: Mapping[str, Term], code: str) -> str:
    return terms[code].label if code in terms else code


def place(code: str) -> str:
    found = country(code)
    return found.label if found else code
