"""The chapters of a report of a meeting's own as a package says them, and back."""

from collections.abc import Iterator

from eventapp.ground.db.types import Record
from eventapp.meetings.chapters.content import CODE, LONGEST_CODE, LONGEST_TITLE, OwnChapter, as_records
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Meeting
from eventapp.package.export import place
from eventapp.package.manifest import content
from eventapp.review.reports.tailored.queries import known_chapters, places_offered


def chapters_leaving(meeting: Meeting) -> tuple[place.ReportChapter, ...]:
    """What a package says of the chapters that this meeting has of its own."""
    return tuple(place.ReportChapter(one.code, one.title, one.behind, _texts(one)) for one in own_chapters(meeting))


def chapter_records(meeting: content.Meeting) -> list[Record]:
    """The same as a meeting keeps them."""
    return as_records(
        [
            OwnChapter(one.code, one.title, one.behind, {tongue: words["title"] for tongue, words in one.texts.items()})
            for one in meeting.chapters
        ]
    )


def loose_chapters(meeting: content.Meeting) -> Iterator[str]:
    """What chapters may not say: a code that outlines have, a title that is none, a place that is not there."""
    shipped, places = known_chapters(), places_offered()
    for one in meeting.chapters:
        is_code = CODE.fullmatch(one.code) and len(one.code) <= LONGEST_CODE and one.code not in shipped
        named = [words.get("title") for words in one.texts.values()]
        is_titled = all(title and len(title) <= LONGEST_TITLE for title in (one.title, *named))
        if not is_code or not is_titled or (one.behind and one.behind not in places):
            yield f"chapter {one.code[:40]!a}: its code, its title or its place"


def _texts(one: OwnChapter) -> Record:
    return {tongue: {"title": title} for tongue, title in one.texts.items()}
