"""Doubts: findings about truth or policy. Each stops publishing until somebody gives a reason why the words stay."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from eventapp.ground.text.i18n import _
from eventapp.review.compiling.plan import COUNTED, FIXED
from eventapp.review.language.attribution import above, never_named
from eventapp.review.language.names import Names
from eventapp.review.language.pieces import cut
from eventapp.review.reports.models import Chapter, Paragraph, Reason, Report
from eventapp.review.reports.noted import one_of_each_voice
from eventapp.review.reports.queries import reasons_of
from eventapp.review.versions.publication_snapshot import present_paragraphs

NAME, FIGURE, SUPPORT, SOURCES = "name", "figure", "support", "sources"
KEY_LENGTH = 16  # characters

Reasons = Mapping[tuple[str, str, str], Reason]  # by kind, what and words


@dataclass(frozen=True)
class Doubt:
    """What is doubted, and in which words: in others it is another doubt, for which no reason was given."""

    kind: str
    what: str  # the name or the figure; '' where it is about all the words
    words: str

    @property
    def key(self) -> str:
        """What a form says of it, so that a reason is given for the words that were read, and for no others."""
        return sha256(f"{self.kind}\0{self.what}\0{self.words}".encode()).hexdigest()[:KEY_LENGTH]

    @property
    def label(self) -> str:
        """What an editor reads of it."""
        if self.kind == NAME:
            return _("The name %(name)s is above its ceiling", name=self.what)
        if self.kind == FIGURE:
            return _("%(figure)s is in no source", figure=self.what)
        return _("There is no evidence") if self.kind == SUPPORT else _("The words are not those of the sources")


@dataclass(frozen=True)
class Answered:
    """A doubt that somebody gave a reason for."""

    doubt: Doubt
    reason: Reason


def doubts_of_names(text: str, unsaid: Sequence[Names]) -> list[Doubt]:
    """Return a doubt for each name in each sentence of a text that says it."""
    found = dict.fromkeys(name for one in unsaid for name in one.found_in(text))
    if not found:
        return []
    pieces = cut(text)
    within = [(name, piece) for piece in pieces for one in unsaid for name in one.found_in(piece)]
    known = {name for name, _piece in within}
    over = [(name, text) for name in found if name not in known]  # it begins in one sentence and ends in the next
    return [Doubt(NAME, name, piece) for name, piece in dict.fromkeys([*within, *over])]


def doubts_of_figures(text: str, figures: Iterable[str]) -> list[Doubt]:
    """Return a doubt for each figure, in the first sentence that has it."""
    pieces = cut(text)
    return [
        Doubt(FIGURE, figure, next((piece for piece in pieces if figure in piece), text))
        for figure in dict.fromkeys(figures)
    ]


def sorted_by_reason(doubts: Iterable[Doubt], reasons: Reasons) -> tuple[tuple[Doubt, ...], tuple[Answered, ...]]:
    """Return the doubts that nobody gave a reason for, and those that somebody did, with it."""
    known = list(doubts)
    answered = tuple(_answered(known, reasons))
    done = {one.doubt for one in answered}
    return tuple(doubt for doubt in known if doubt not in done), answered


def _answered(doubts: Iterable[Doubt], reasons: Reasons) -> Iterator[Answered]:
    for doubt in doubts:
        reason = reasons.get((doubt.kind, doubt.what, doubt.words))
        if reason is not None:
            yield Answered(doubt, reason)


def names_in_text(report: Report, chapters: Sequence[Chapter]) -> list[str]:
    """Return the names above their ceiling that the report says as it stands: whoever gets its draft reads them."""
    voices = one_of_each_voice(report)  # which a revision finds again as long as they are held here
    unnamed, reasons = never_named([note.current for note in voices], report.policy), reasons_of(report)
    doubts = [
        doubt
        for chapter in chapters
        for paragraph in present_paragraphs(chapter)
        for doubt in doubts_of_names(paragraph.text, unsaid_in(paragraph, report.policy, unnamed))
    ]
    titles = (report.title, report.symbol, *(chapter.title for chapter in chapters))
    doubts += [doubt for title in titles for doubt in doubts_of_names(title, [unnamed])]
    return list(dict.fromkeys(one.what for one in sorted_by_reason(doubts, reasons)[0]))


def unsaid_in(paragraph: Paragraph, policy: str, unnamed: Names) -> list[Names]:
    """Return the names that it may not say: those that what it cites does not allow, and those that nothing allows."""
    cited = [one.revision for one in paragraph.evidence] + [one.note.current for one in paragraph.evidence]
    return [] if is_ours(paragraph) else [above(cited, policy, unnamed.allowed), unnamed]


def is_ours(paragraph: Paragraph) -> bool:
    """Whether its words are those that compiling gave it, and of no note."""
    is_as_made = paragraph.edited_at is None or paragraph.text == paragraph.generated  # as what came in a package
    return paragraph.origin in (FIXED, COUNTED) and is_as_made
