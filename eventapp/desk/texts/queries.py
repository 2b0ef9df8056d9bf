from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from flask_babel import force_locale
from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all

from eventapp.agenda.models import Session
from eventapp.announcements.models import OVER, Announcement
from eventapp.desk.questions.listing import missing_texts as missing_in_questions
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.i18n import ngettext
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.worded import text_in
from eventapp.information.models import InformationPage
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Body, Category, Document, Meeting, Room, SessionKind
from eventapp.meetings.themes.queries import themes_of
from eventapp.meetings.worded import InTexts, Worded
from eventapp.messages.models import DRAFT, Message
from eventapp.questions.queries import every_question_of
from eventapp.registration.zones.models import Zone

COUNTED: Mapping[str, type[Worded]] = MappingProxyType(
    {
        "bodies": Body,
        "rooms": Room,
        "documents": Document,
        "sessions": Session,
        "information": InformationPage,
        "messages": Message,
        "announcements": Announcement,
        "zones": Zone,
    }
)
PARTS: Mapping[str, type[Worded]] = MappingProxyType(
    {"meeting": Meeting, "categories": Category, "kinds": SessionKind, **COUNTED}
)
ORDERS: Mapping[type[Worded], tuple[str, ...]] = MappingProxyType(
    {
        Body: ("position",),
        Room: ("position",),
        SessionKind: ("position",),
        Category: ("protocol_order",),
        Document: ("position",),
        Session: ("starts_at", "code"),
        InformationPage: ("position",),
        Message: ("id",),
        Announcement: ("starts_at",),
        Zone: ("code",),
    }
)
Column = ColumnElement[object]
Numbers = dict[str, dict[str, int]]  # language → kind → how many
Condition = Callable[[type[Worded], str, str, str], ColumnElement[bool]]  # of a text, for a language and the first


def rows_of(meeting: Meeting, part: str) -> Select[Worded]:
    """What the meeting has of this kind and shows, in its order."""
    model = PARTS[part]
    if model is Meeting:
        return select(Meeting).where(Meeting.id == meeting.id)
    query = select(model).where(*shown(model, meeting))
    return query.order_by(*(column_of(model, name) for name in ORDERS[model]), model.id)


def shown(model: type[Worded], meeting: Meeting) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [column_of(model, "meeting_id") == meeting.id, *open_to_change(model)]
    if model is Session:
        found.append(Session.cancelled_at.is_(None))
    if model is Room:
        found.append(Room.closed_at.is_(None))
    return found


def open_to_change(model: type[Worded]) -> list[ColumnElement[bool]]:
    """What a message or announcement must be for its texts to change: what was sent or is over stays as it was read."""
    if model is Message:
        return [Message.state == DRAFT]
    return [Announcement.state != OVER] if model is Announcement else []


def column_of(model: type[Worded], name: str) -> Column:
    found: Column = getattr(model, name)
    return found


def lacks(model: type[Worded], name: str, tongue: str, first: str) -> ColumnElement[bool]:
    """Whether there is a text of this name in the first language and none of it in this one."""
    own = model.texts[(tongue, name)].as_string()
    written = model.texts[(first, name)].as_string() if issubclass(model, InTexts) else column_of(model, name)
    return and_(written.is_not(None), written != "", or_(own.is_(None), own == ""))


def is_older(model: type[Worded], name: str, tongue: str, _first: str) -> ColumnElement[bool]:
    """Whether the first language's text was changed after the one in this language was written."""
    former = model.changed_since[(tongue, name)].as_string()
    return and_(former.is_not(None))


def missing_texts(meeting: Meeting) -> Numbers:
    """How many texts there are not, by language and kind, for each other language of the meeting. Two queries."""
    found = numbers(meeting, lacks, number_lacking)
    in_questions = missing_in_questions(meeting, every_question_of(meeting)) if found else {}
    return {tongue: {**kinds, "questions": in_questions.get(tongue, 0)} for tongue, kinds in found.items()}


def older_texts(meeting: Meeting) -> Numbers:
    """How many texts are older than the first language's, likewise."""
    return numbers(meeting, is_older, lambda row, tongue: len(row.changed_since.get(tongue, {})))


def numbers(meeting: Meeting, condition: Condition, in_row: Callable[[Worded, str], int]) -> Numbers:
    tongues = meeting.other_languages
    if not tongues:
        return {}
    found = {tongue: in_memory(meeting, tongue, in_row) for tongue in tongues}
    for row in db.session.execute(union_all(*(counts(kind, meeting, tongues, condition) for kind in COUNTED))):
        for tongue, number in zip(tongues, row[1:], strict=True):
            found[tongue][str(row[0])] = number or 0
    return found


def counts(kind: str, meeting: Meeting, tongues: Sequence[str], condition: Condition) -> Query:
    model = COUNTED[kind]
    first = meeting.written_in
    sums = [
        func.sum(
            sum((case((condition(model, name, tongue, first), 1), else_=0) for name in model.in_languages), literal(0))
        )
        for tongue in tongues
    ]
    return select(literal(kind), *sums).where(*shown(model, meeting))


def in_memory(meeting: Meeting, tongue: str, in_row: Callable[[Worded, str], int]) -> dict[str, int]:
    """The same of the meeting itself, its categories and kinds: the vocabulary has the names of many of them."""
    with force_locale(tongue):
        return {
            "meeting": in_row(meeting, tongue),
            "categories": sum(in_row(one, tongue) for one in meeting.categories),
            "kinds": sum(in_row(one, tongue) for one in meeting.kinds),
            "themes": without_name(meeting, tongue) if in_row is number_lacking else 0,
            "chapters": without_title(meeting, tongue) if in_row is number_lacking else older_titles(meeting, tongue),
            "questions": 0,  # counted with all their texts at once
        }


def without_name(meeting: Meeting, tongue: str) -> int:
    """How many names of sets and titles of themes of the meeting's own there are not in this language."""
    return sum(not texts.get(tongue) for texts in themes_of(meeting).own_texts)


def without_title(meeting: Meeting, tongue: str) -> int:
    """How many titles of chapters of the meeting's own there are not in this language."""
    return sum(not one.texts.get(tongue) for one in own_chapters(meeting))


def older_titles(meeting: Meeting, tongue: str) -> int:
    """How many titles of chapters of the meeting's own are older in this language than in the first."""
    return sum(tongue in one.former for one in own_chapters(meeting))


def number_lacking(row: Worded, tongue: str) -> int:
    return sum(bool(getattr(row, name)) and not text_in(row, name, tongue)[1] for name in row.in_languages)


def how_many(tongue: str, number: int) -> str:
    """How many texts there are not in this language, as a sentence without its stop."""
    return ngettext(
        "%(num)s text has no %(language)s",
        "%(num)s texts have no %(language)s",
        number,
        language=language_named(tongue),
    )


def how_many_older(tongue: str, number: int) -> str:
    """How many texts in this language are older than what they say in the first, likewise."""
    return ngettext(
        "%(num)s text in %(language)s is older than what it translates",
        "%(num)s texts in %(language)s are older than what they translate",
        number,
        language=language_named(tongue),
    )


def lacking(meeting: Meeting) -> list[str]:
    """Those sentences for every language of the meeting in which texts are not there, or are older."""
    return [
        words(tongue, number)
        for found, words in ((missing_texts(meeting), how_many), (older_texts(meeting), how_many_older))
        for tongue, kinds in found.items()
        if (number := sum(kinds.values()))
    ]
