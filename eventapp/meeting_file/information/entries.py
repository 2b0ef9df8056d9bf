"""What a meeting file says about a page of practical information, and from a page to its entry and back."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from eventapp.ground.db.types import Record
from eventapp.information.actions import MOST_PAGES, PageContent
from eventapp.information.models import InformationPage
from eventapp.meeting_file.kinds import SLUG, Place, Words, YesNo
from eventapp.meeting_file.parts.fields import OTHERS, entries_of, one, place_of
from eventapp.meeting_file.texts.entries import Texts

LONGEST_TITLE, LONGEST_TEXT = 120, 20_000
Found = tuple[int, str]  # line, what to do


@dataclass(frozen=True, kw_only=True)
class PageTexts(Texts):
    """A page in another language."""

    title: str = field(default="", metadata={"kind": Words(LONGEST_TITLE), "says": "in this language"})
    text: str = field(default="", metadata={"kind": Words(LONGEST_TEXT, lines=True), "says": "in this language"})


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """A page of practical information."""

    slug: str = one(Words(60, pattern=SLUG, example="venue"), "its address on the web")
    title: str = one(Words(LONGEST_TITLE), "in the first language", default="")
    text: str = one(Words(LONGEST_TEXT, lines=True), "in Markdown; pictures are added in Settings", default="")
    published: bool = one(YesNo(), "everybody sees it", default=False)
    texts: tuple[PageTexts, ...] = entries_of(PageTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.slug


def entry_of(page: InformationPage, languages: Sequence[str]) -> PageEntry:
    """A page as a file has it; texts in a language that the meeting has no longer are left out."""
    first, *others = languages or ["en"]
    texts = tuple(
        PageTexts(language=code, **page.texts[code])
        for code in sorted(set(others))
        if code != first and page.texts.get(code)
    )
    return PageEntry(slug=page.slug, published=page.published_at is not None, texts=texts, **page.texts.get(first, {}))


def content_in(entry: PageEntry, languages: Sequence[str], before: Record) -> PageContent:
    """What the page is to be; of `before` stays what is in languages that the meeting has no longer."""
    first = languages[0] if languages else "en"
    texts = {code: words for code, words in before.items() if code not in languages}
    named = {first: (entry.title, entry.text)} | {each.language: (each.title, each.text) for each in entry.texts}
    texts |= {code: {"title": title, "text": text} for code, (title, text) in named.items() if title}
    return PageContent(entry.slug, texts, is_published=entry.published)


def faults_in_pages(pages: Sequence[PageEntry]) -> Iterator[Found]:
    """What makes no sense in the pages of a file, each with its line."""
    for page in pages[MOST_PAGES:]:
        yield page.place.line, f"A meeting has {MOST_PAGES} pages at most. Take this one away."
    for page in pages:
        if not page.title and not any(each.title for each in page.texts):
            yield page.place.of("title"), f"Page “{page.slug}” has no title. Write one."
        texts = [(page.title, page.text, page.place), *((each.title, each.text, each.place) for each in page.texts)]
        for title, text, place in texts:
            if text and not title:
                yield place.of("text"), f"Page “{page.slug}” has a text without a title. Write “title” above it."
