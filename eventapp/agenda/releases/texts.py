"""What a release keeps of the texts in other languages. Where there are none, it is as it always was."""

from collections.abc import Sequence

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Record
from eventapp.ground.text.worded import text_in
from eventapp.meetings.models import Meeting, SessionKind

PLACE = {"venue", "city"}


def texts_if_any(texts: Record) -> Record:
    """Where a meeting has one language, its releases are as they always were."""
    there = {tongue: words for tongue, words in texts.items() if words}
    return {"texts": there} if there else {}


def meeting_texts(meeting: Meeting) -> Record:
    found = {}
    for tongue, own in meeting.texts.items():
        place = ", ".join(text_in(meeting, name, tongue)[0] for name in ("venue", "city")) if PLACE & own.keys() else ""
        words = {name: own.get(name) for name in ("title", "organization", "illustrative")} | {"place": place}
        found[tongue] = {name: text for name, text in words.items() if text}
    return texts_if_any(found)


def own_kinds(rows: Sequence[SessionKind]) -> Record:
    """The kinds of session of a meeting that has its own."""
    names = ("code", "name", "colour", "shape")
    kinds = [{name: getattr(one, name) for name in names} | texts_if_any(one.texts) for one in rows]
    return {"session_kinds": kinds} if kinds else {}


def session_texts(session: Session) -> Record:
    bodies = session.body.texts if session.body else {}
    named = {tongue: {"body": own["name"]} for tongue, own in bodies.items()}
    return texts_if_any(
        {code: {**session.texts.get(code, {}), **named.get(code, {})} for code in session.texts | named}
    )
