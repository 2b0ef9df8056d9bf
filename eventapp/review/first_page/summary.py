"""The summary on the first page: who took the floor, the widest themes, what was agreed and what is asked of whom.

It is made of whole sentences and never cut: what does not fit into 250 words stays out. An editor may write it by hand.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note, Revision
from eventapp.review.first_page.matters import AGREEMENT, RECOMMENDATION
from eventapp.review.first_page.statements import counted, delegations, statements
from eventapp.review.language.data import language_now, sentence
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import days_between, listed, number_in_words, with_article
from eventapp.review.reports.content import Chapter
from eventapp.review.reports.models import Report
from eventapp.vocabulary.lines import ACTION_LINES

MOST_WORDS, MOST_THEMES, FEWEST = 250, 3, 2  # a theme of one delegation is not a wide one
NO_HEADINGS: Mapping[str, Sequence[Revision]] = MappingProxyType({})


def summary(report: Report, chapters: Sequence[Chapter], notes: Iterable[Note]) -> tuple[str, ...]:
    """Return its paragraphs: as an editor wrote them, else from what the chapters rest on."""
    if report.summary:
        return tuple(" ".join(part.split()) for part in report.summary.split("\n\n") if part.strip())
    cited = {one.note for chapter in chapters for paragraph in chapter.paragraphs for one in paragraph.evidence}
    revisions = {note.reference: note.current for note in notes if note.reference in cited}
    if not revisions:
        return ()
    opened = opening(report.meeting, revisions.values(), _by_heading(chapters, revisions))
    asked = " ".join(_asked(report, chapters))
    agreed = within(MOST_WORDS - words_in((opened, asked)), (one.words for one in statements(chapters, (AGREEMENT,))))
    return tuple(part for part in (opened, " ".join(agreed), asked) if part)


def opening(
    meeting: Meeting, revisions: Collection[Revision], by_heading: Mapping[str, Sequence[Revision]] = NO_HEADINGS
) -> str:
    """Return who took the floor and the widest themes, in two sentences at most, from the revisions that are cited.

    Themes are the sub-headings where there are some, else the action lines.
    """
    return " ".join([_held(meeting, revisions), *_themes(by_heading or _by_line(revisions))])


def words_in(paragraphs: Iterable[str]) -> int:
    """Return how many words these paragraphs have."""
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _held(meeting: Meeting, revisions: Iterable[Revision]) -> str:
    days = days_between(meeting.starts_on, meeting.ends_on)
    return sentence("summary_held", city=meeting.city, days=days, number=_delegations(delegations(revisions)))


def _delegations(number: int) -> str:
    return sentence("one_delegation" if number == 1 else "delegations", number=counted(number))


def _themes(found: Mapping[str, Sequence[Revision]]) -> Iterator[str]:
    """Name the themes of most delegations."""
    numbers = [(name, delegations(group)) for name, group in found.items()]
    widest = sorted((one for one in numbers if one[1] >= FEWEST), key=lambda one: -one[1])[:MOST_THEMES]
    named = [f"{one_of('joints', 'quote').format(words=name)} ({_delegations(number)})" for name, number in widest]
    if named:
        yield sentence("summary_theme" if len(named) == 1 else "summary_themes", themes=listed(named))


def _by_heading(chapters: Sequence[Chapter], revisions: Mapping[str, Revision]) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = {}
    for chapter in chapters:
        for section in chapter.sections:
            cited = [one.note for paragraph in section.paragraphs for one in paragraph.evidence]
            spoken = [revisions[note] for note in cited if note in revisions]
            is_topic = section.heading and not section.is_item and section.heading != one_of("headings", "")
            if spoken and is_topic:
                found.setdefault(section.heading, []).extend(spoken)
    return found


def _by_line(revisions: Iterable[Revision]) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = {}
    for one in revisions:
        for code in one.action_lines[:1]:
            if name := _name_of(code):
                found.setdefault(name, []).append(one)
    return found


def _name_of(line: str) -> str:
    """Return what a theme is called, in the language of the report; '' for one that its meeting does not have."""
    is_numbered = line in ACTION_LINES and language_now() == "en"
    return ACTION_LINES[line].short_title if is_numbered else one_of("headings", line)


def _asked(report: Report, chapters: Sequence[Chapter]) -> Iterator[str]:
    made = list(statements(chapters, (RECOMMENDATION,)))
    places = list(dict.fromkeys(one.place for one in made))
    if places:
        whom = listed([with_article(name) for name in report.addressees])
        name = "summary_asked_one" if len(made) == 1 else "summary_asked"
        yield sentence(name, number=number_in_words(len(made)), whom=whom, places=listed(places))


def within(most: int, sentences: Iterable[str]) -> list[str]:
    """Return those that fit together into so many words, in their order."""
    taken: list[str] = []
    for one in dict.fromkeys(sentences):
        if words_in([*taken, one]) <= most:
            taken.append(one)
    return taken
