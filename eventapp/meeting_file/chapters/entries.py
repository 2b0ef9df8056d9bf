"""What a meeting file says about a chapter of a report."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import dataclass

from eventapp.meeting_file.kinds import Place, Words
from eventapp.meeting_file.parts.fields import OTHERS, a_code, entries_of, one, place_of
from eventapp.meeting_file.texts.entries import ThemeTexts
from eventapp.meetings.chapters.content import CODE, LONGEST_CODE, LONGEST_TITLE


@dataclass(frozen=True, kw_only=True)
class ChapterEntry:
    """A chapter of a report that the meeting has of its own."""

    code: str = one(Words(LONGEST_CODE, pattern=CODE, example="side-events"), "kinds of session name it")
    title: str = one(Words(LONGEST_TITLE), "as the report prints it")
    behind: str = one(a_code(), "the code of the chapter it follows; without it the last of sessions", default="")
    texts: tuple[ThemeTexts, ...] = entries_of(ThemeTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code
