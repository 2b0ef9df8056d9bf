from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.latin import code_for
from eventapp.meetings.chapters.actions import keep_chapters
from eventapp.meetings.chapters.content import LONGEST_CODE, MOST_CHAPTERS, OwnChapter
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.review.reports.tailored.queries import chapter_titles


@dataclass(frozen=True)
class ChapterContent:
    """What is said of a chapter; `texts` has its title in the other languages of the meeting.

    `still_right` names the languages in which it is right though the title changed.
    """

    title: str
    behind: str
    texts: Mapping[str, str]
    still_right: Collection[str] = ()


def add_chapter(meeting: Meeting, content: ChapterContent, *, by: Person, at: datetime) -> None:
    """Give the meeting one more chapter, at the end. Refused where one has this title, or there are many."""
    before = _own_now(meeting)
    _refuse_same(before, content.title)
    if len(before) >= MOST_CHAPTERS:
        raise Refused(_("A meeting has %(most)s chapters of its own at most.", most=MOST_CHAPTERS))
    code = code_for(content.title, chapter_titles(meeting), most=LONGEST_CODE, otherwise="chapter")
    one = OwnChapter(code, content.title, content.behind, content.texts)
    keep_chapters(meeting, [*before, one], "added chapter", {"code": one.code, "title": one.title}, by=by, at=at)


def change_chapter(meeting: Meeting, code: str, content: ChapterContent, *, by: Person, at: datetime) -> None:
    """Say other things of a chapter. Refused where another has this title."""
    rows = _own_now(meeting)
    before = chapter_in(rows, code)
    _refuse_same([one for one in rows if one is not before], content.title)
    after = before.changed(content.title, content.behind, content.texts, content.still_right)
    changes = {
        name: [getattr(before, name), getattr(after, name)]
        for name in ("title", "behind")
        if getattr(before, name) != getattr(after, name)
    }
    if after != before:
        listed = [after if one is before else one for one in rows]
        keep_chapters(meeting, listed, "changed chapter", {"code": code, "changes": changes}, by=by, at=at)


def place_chapter(meeting: Meeting, code: str, place: int, *, by: Person, at: datetime) -> None:
    """Put a chapter at this place of the list, the first is 1: so those behind the same chapter stand in a report."""
    rows = _own_now(meeting)
    one = chapter_in(rows, code)
    after = [each for each in rows if each is not one]
    after.insert(max(place - 1, 0), one)
    if after != rows:
        keep_chapters(meeting, after, "moved chapter", {"code": code}, by=by, at=at)


def remove_chapter(meeting: Meeting, code: str, *, by: Person, at: datetime) -> None:
    """Remove a chapter that no kind of session names; reports that are begun keep it. Refused for others."""
    rows = _own_now(meeting)
    one = chapter_in(rows, code)
    count = len(kinds_naming(meeting, code))
    if count:
        raise Refused(
            ngettext(
                "%(num)d kind of session names this chapter, so it stays. Give that kind another chapter first.",
                "%(num)d kinds of session name this chapter, so it stays. Give those kinds another chapter first.",
                count,
            )
        )
    keep_chapters(meeting, [each for each in rows if each is not one], "removed chapter", {"code": code}, by=by, at=at)


def kinds_naming(meeting: Meeting, code: str) -> list[str]:
    """The codes of the kinds of session that belong to this chapter."""
    return [one.code for one in meeting.kinds if one.chapter == code]


def chapter_in(rows: Collection[OwnChapter], code: str) -> OwnChapter:
    """The chapter with this code. Refused where it is gone."""
    found = next((one for one in rows if one.code == code), None)
    if found is None:
        raise Refused(_("This chapter is there no longer."))
    return found


def _own_now(meeting: Meeting) -> list[OwnChapter]:
    """The chapters as they are now, with the meeting locked: what is changed next rests on them."""
    lock(meeting)
    return list(own_chapters(meeting))


def _refuse_same(others: Collection[OwnChapter], title: str) -> None:
    if any(one.title.casefold() == title.casefold() for one in others):
        raise Refused(_("There is a chapter “%(title)s” already. Write another title.", title=title), beside="title")
