"""A note in one line: !challenge @samira #c7agr #sdg2 ~org and then the words.

The marks stand before the words. A kind and a ceiling are told by their code, or by their word in the reader's
language. One that is not understood stays in the text, so that nothing typed is lost, and the marks after it are
understood all the same. The page understands the same marks while they are typed (static/record/shorthand.js).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eventapp.ground.text.policy import search_key as bare
from eventapp.meetings.themes.content import SHIPPED, Themes
from eventapp.record.sessions.speakers import Speaker
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS
from eventapp.vocabulary.term import Term

MARK = re.compile(r"\s*([!@#~])(\S+)(?:\s+|$)")
ALSO = {"none": "nobody", "noone": "nobody"}  # what people write for a ceiling, beside its code
GOAL = re.compile(r"(?:sdg|goal|g)?(\d{1,2})")


@dataclass
class Understood:
    """What the marks said, and the words that are left."""

    text: str
    kind: str = ""
    speaker: str = ""
    ceiling: str = ""
    action_lines: list[str] = field(default_factory=list)
    goals: list[int] = field(default_factory=list)


def understand(text: str, speakers: Iterable[Speaker], themes: Themes = SHIPPED) -> Understood:
    """Read the marks before the words, as far as they are understood."""
    understood = Understood(text)
    names = [speaker.label for speaker in speakers]
    at = 0
    while mark := MARK.match(understood.text, at):
        if take(understood, mark[1], plain(mark[2]), names, themes):
            understood.text = (understood.text[:at] + understood.text[mark.end() :]).rstrip()
        else:
            at = mark.end()
    return understood


def take(understood: Understood, sign: str, word: str, names: list[str], themes: Themes) -> bool:
    """Whether this mark is understood; then it is noted."""
    if sign == "!":
        understood.kind = kind_of(word) or understood.kind
        return kind_of(word) != ""
    if sign == "~":
        understood.ceiling = ceiling_of(word) or understood.ceiling
        return ceiling_of(word) != ""
    if sign == "@":
        found = next((name for name in names if any(part.startswith(word) for part in parts(name))), "")
        understood.speaker = found or understood.speaker
        return found != ""
    return take_tag(understood, word, themes)


def take_tag(understood: Understood, word: str, themes: Themes) -> bool:
    line = next((code for code in themes.lines if word in ways(code)), "")
    goal = GOAL.fullmatch(word)
    if line:
        understood.action_lines.append(line)
    elif goal and int(goal[1]) in themes.goals:
        understood.goals.append(int(goal[1]))
    else:
        return False
    return True


def ways(code: str) -> tuple[str, ...]:
    """How a line may be typed: c2; c7agr, c7eagr, agr or eagr."""
    head, _dash, part = code.lower().partition("-")
    return (head + part, head + part[1:], part, part[1:]) if part else (head,)


def kind_of(word: str) -> str:
    """The kind that begins like this, as it is coded or as the reader's language has it."""
    return first(NOTE_KINDS, word) or called(NOTE_KINDS, word)


def first(terms: Iterable[str], word: str) -> str:
    """The first code that begins like this; codes are English words, hyphens aside."""
    return next((code for code in terms if word and plain(code).startswith(word)), "")


def called(terms: Mapping[str, Term], word: str) -> str:
    """The code of the first one whose word on the page begins like this, blanks aside."""
    return next((code for code, term in terms.items() if word and plain(term.label).startswith(word)), "")


def ceiling_of(word: str) -> str:
    """The ceiling that begins like this: org, nob; none and no-one are nobody."""
    also = first(ALSO, word)
    return first(CEILINGS, word) or (ALSO[also] if also else called(CEILINGS, word))


def parts(name: str) -> list[str]:
    return [plain(part) for part in re.split(r"[\s,]+", name)]


def plain(word: str) -> str:
    return re.sub(r"[-_.,:;\s]", "", bare(word))
