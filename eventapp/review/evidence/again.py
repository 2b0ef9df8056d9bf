"""Repeated: a sentence that stands in another paragraph too, in nearly the same words.

Sentences are compared as notes are when they are grouped. Two that are as alike as ALIKE share one of their rarest
words, so that only those are compared that do.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from eventapp.review.compiling.likeness import Likeness
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.compiling.plan import HAND, NOTES
from eventapp.review.evidence.slips import AGAIN, Slip, records_of
from eventapp.review.language.report_words import in_its_words
from eventapp.review.reports.models import Paragraph, Report

ALIKE = 0.8  # of likeness, from 0 to 1: of ten words one or two are others
SHORTEST = 6  # words that are compared: a shorter sentence is like many
MOST = 400  # sentences: more are not compared, as a page of so many would be slow

FIGURE = re.compile(r"\d+")


@in_its_words
def repeated_in(_report: Report, paragraphs: Iterable[Paragraph]) -> dict[int, list[Slip]]:
    """Return the sentences that a paragraph before it says too, by the number of the paragraph that says them again."""
    by_notes = [one for one in paragraphs if one.origin in (NOTES, HAND)]
    sentences = [(one, str(row["text"])) for one in by_notes for row in records_of(one) if row["text"]]
    if len(sentences) > MOST:
        return {}
    likeness = Likeness({place: without_footnotes(text) for place, (_paragraph, text) in enumerate(sentences)})
    figures = [FIGURE.findall(text) for _paragraph, text in sentences]
    places: dict[str, list[int]] = defaultdict(list)  # of the sentences that have the word
    found: dict[int, list[Slip]] = defaultdict(list)
    for place, (paragraph, text) in enumerate(sentences):
        is_compared = len(likeness.words(place)) >= SHORTEST
        rare = likeness.rarest(place, ALIKE) if is_compared else ()
        near = sorted({other for word in rare for other in places[word] if figures[other] == figures[place]})
        others = (one for one in near if sentences[one][0] is not paragraph)  # in another, and with the same figures
        other = next((one for one in others if likeness.of(one, place) >= ALIKE), None)
        if other is not None:
            found[paragraph.id].append(Slip(AGAIN, text, other=sentences[other][0].id))
        for word in likeness.words(place):
            places[word].append(place)
    return found
