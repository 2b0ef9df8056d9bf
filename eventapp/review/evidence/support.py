"""Support: whether the words of a paragraph are those of its sources, or only linked to them.

A link alone supports nothing: a paragraph on one thing may cite a note on another. The bounds and the small words that
are not compared stand in support.toml, for a secretariat to change.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.record.notes.models import Revision
from eventapp.record.reading.figures import figures_in, value_of
from eventapp.record.reading.tongue import tongue_in
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.language.pieces import cut
from eventapp.review.reports.models import Evidence

WORD = re.compile(r"[^\W\d_]{3,}")


def is_off_its_sources(text: str, sources: Sequence[Revision]) -> bool:
    """Whether a text shares so few words with its sources that it cannot rest on them.

    Nothing is said of a text that is too short to tell, that has no source, or of sources in another language.
    """
    mine = stems(without_footnotes(text))
    spoken = tongue_in(text) or "en"
    comparable = [one for one in sources if (tongue_in(one.text) or spoken) == spoken]
    if not comparable or len(mine) < bound("fewest_words"):
        return False
    known = stems(" ".join(_words_of(comparable)))
    return len(mine & known) < bound("least_share") * len(mine)


def figures_off_its_sources(text: str, sources: Sequence[Revision]) -> list[str]:
    """Return the figures of a text that stand in none of its sources, and in no footnote of its own."""
    if not sources or without_footnotes(text) != text:
        return []
    known = {one.value for words in _words_of(sources) for one in figures_in(words)}
    known |= {value_of(figure["figure"]) for one in sources for figure in one.figures}
    return [one.words for one in figures_in(text) if one.value not in known]


def unsupported_sentences(before: str, after: str, sources: Sequence[Revision]) -> list[str]:
    """Return the sentences of a wording that is proposed, not in the present one, that do not rest on the sources.

    Their words are not those of the sources, or a figure of theirs stands in none. What cannot be judged is left out.
    """
    known = set(_sentences(before))
    new = [one for one in _sentences(after) if one not in known]
    return [one for one in new if is_off_its_sources(one, sources) or figures_off_its_sources(one, sources)]


def sources_of(paragraphs: Collection[int]) -> dict[int, list[Revision]]:
    """The revisions that each of these paragraphs rests on, by the number of its row."""
    query = select(Evidence.paragraph_id, Revision).join(Evidence.revision).where(Evidence.paragraph_id.in_(paragraphs))
    found: dict[int, list[Revision]] = {number: [] for number in paragraphs}
    for number, revision in db.session.execute(query.order_by(Evidence.position)):
        found[number].append(revision)
    return found


def _sentences(text: str) -> list[str]:
    return [one for line in without_footnotes(text).splitlines() for one in cut(line)]


def _words_of(sources: Iterable[Revision]) -> list[str]:
    return [
        words for one in sources for words in (one.title, one.text, one.neutral or "", one.speaker, one.organization)
    ]


def stems(text: str) -> set[str]:
    """Return the words that carry the sense, each by its beginning, so that forms of one word are the same."""
    length = int(bound("stem"))
    return {word[:length] for word in WORD.findall(folded(text)) if word not in small_words()}


def bound(name: str) -> float:
    return float(_file()["bounds"][name])


@cache
def small_words() -> frozenset[str]:
    return frozenset(" ".join(_file()["small"].values()).split())


@cache
def _file() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__ or "").joinpath("support.toml").read_text(encoding="utf-8"))
