from collections.abc import Iterable

from flask_babel import force_locale

from eventapp.ground.text.languages import LANGUAGES
from eventapp.meetings.models import Meeting, SessionKind
from eventapp.vocabulary.sessions import BREAK, KIND_MARKS, SESSION_KINDS

UNKNOWN = ("#56616a", "square")


class Kinds(dict[str, SessionKind]):
    """Kinds of session by code, in their order. One that is not there any more is named by its code."""

    def __init__(self, kinds: Iterable[SessionKind]) -> None:
        super().__init__({one.code: one for one in kinds})

    def __missing__(self, code: str) -> SessionKind:
        return drawn(code, code, *UNKNOWN)


def kinds_of(meeting: Meeting) -> Kinds:
    """The kinds of session that this meeting has; where it wrote none, those of the vocabulary. One query at most."""
    return Kinds(meeting.kinds or shipped())


def shipped() -> list[SessionKind]:
    """The kinds of the vocabulary, named in the reader's language, as rows that are in no database."""
    return [
        drawn(code, term.label, *KIND_MARKS[code], chapter="" if code == BREAK else code, position=place)
        for place, (code, term) in enumerate(SESSION_KINDS.items(), start=1)
    ]


def rows_of(meeting: Meeting) -> list[SessionKind]:
    """The kinds that this meeting has, as its settings show them: those of the vocabulary named in its languages."""
    if meeting.kinds:
        return list(meeting.kinds)
    rows = _named_in(meeting.written_in)
    for tongue in meeting.other_languages:
        if tongue in LANGUAGES:
            for row, other in zip(rows, _named_in(tongue), strict=True):
                row.texts = {**row.texts, tongue: {"name": other.name}}
    return rows


def _named_in(tongue: str) -> list[SessionKind]:
    with force_locale(tongue if tongue in LANGUAGES else "en"):
        return shipped()


def drawn(code: str, name: str, colour: str, shape: str, *, chapter: str = "", position: int = 0) -> SessionKind:
    return SessionKind(code=code, name=name, colour=colour, shape=shape, chapter=chapter, position=position, texts={})


def chapters_by_kind(meeting: Meeting) -> dict[str, str]:
    """The chapter of a report that each kind of session belongs to, by its code; '' where it has none."""
    return {code: one.chapter for code, one in kinds_of(meeting).items()}


def kinds_in(meeting: Meeting, chapter: str) -> list[str]:
    """The codes of the kinds that belong to this chapter."""
    return [code for code, of_kind in chapters_by_kind(meeting).items() if of_kind == chapter]
