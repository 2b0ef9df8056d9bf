"""From the chapters of a meeting's own to the entries of a file, and back; and what such entries may not say."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from eventapp.meeting_file.chapters.entries import ChapterEntry
from eventapp.meeting_file.parts.place import KindEntry
from eventapp.meeting_file.texts.entries import ThemeTexts
from eventapp.meetings.chapters.actions import keep_chapters
from eventapp.meetings.chapters.content import MOST_CHAPTERS, OwnChapter, as_records
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.review.reports.outlines import all_outlines
from eventapp.review.reports.tailored.queries import known_chapters, places_offered

Found = tuple[int, str]  # line, what to do


def entries_of_chapters(meeting: Meeting) -> tuple[ChapterEntry, ...]:
    """What a file says of the chapters that this meeting has of its own."""
    return tuple(
        ChapterEntry(
            code=one.code,
            title=one.title,
            behind=one.behind,
            texts=tuple(ThemeTexts(language=tongue, title=title) for tongue, title in sorted(one.texts.items())),
        )
        for one in own_chapters(meeting)
    )


def set_chapters(meeting: Meeting, entries: Sequence[ChapterEntry], *, by: Person | None, at: datetime) -> None:
    """Let the meeting have the chapters that a file says."""
    before = list(own_chapters(meeting))
    known = {one.code: one for one in before}
    wanted = [_chapter(one) for one in entries]
    after = [known.get(one.code, one).changed(one.title, one.behind, one.texts) for one in wanted]
    if before != after:
        changes = {"chapters": [as_records(before), as_records(after)]}
        keep_chapters(meeting, after, "changed chapters", {"changes": changes}, by=by, at=at)


def faults_in_chapters(entries: Sequence[ChapterEntry], kinds: Sequence[KindEntry]) -> Iterator[Found]:
    """What contradicts itself in the chapters of a file, and what its kinds of session name that is not there."""
    shipped, own = known_chapters(), [one.code for one in entries]
    for number, one in enumerate(entries, 1):
        if number > MOST_CHAPTERS:
            yield one.place.line, f"A meeting has {MOST_CHAPTERS} chapters of its own at most. Take this one away."
        if one.code in shipped:
            yield one.place.of("code"), f"“{one.code}” is a chapter of the outlines. Write another code."
        if one.behind and one.behind not in (places := places_offered()):
            yield one.place.of("behind"), f"“{one.behind}” is no chapter to stand behind. Use: {', '.join(places)}."
    for kind in kinds:
        if kind.chapter and kind.chapter not in shipped and kind.chapter not in own:
            known = ", ".join([*sorted(shipped), *own])
            yield kind.place.of("chapter"), f"No outline has the chapter “{kind.chapter}”. Use: {known}."


def faults_in_outline(name: str, line: int) -> Iterator[Found]:
    """An outline that this installation does not have."""
    if name and name not in all_outlines():
        yield line, f"There is no outline “{name}” here. Use: {', '.join(all_outlines())}."


def _chapter(one: ChapterEntry) -> OwnChapter:
    texts = {text.language: text.title for text in one.texts if text.title}
    return OwnChapter(one.code, one.title, one.behind, texts)
