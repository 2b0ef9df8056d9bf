"""Notes in the words of a page: states, kinds, tags and sources."""

from typing import NamedTuple

from eventapp.ground.text.dates import day, local
from eventapp.ground.text.i18n import _
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.notes.attribution import attribution, ceiling_of
from eventapp.record.notes.models import (
    APPROVED,
    CONFIRMED,
    CORRECTED,
    DELETED,
    PUBLISHED,
    RECORDED,
    RESTORED,
    REVISED,
    SUBMITTED,
    UNDONE,
    Note,
)
from eventapp.record.reading.figures import lacks_source
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS, SUPPORTS
from eventapp.vocabulary.sessions import SPEAKING_ROLES


class Mark(NamedTuple):
    """A state in a word, and its tone."""

    word: str
    tone: str


class Origin(NamedTuple):
    """What a note was made from, in words, and the page of those who work where it can be read."""

    words: str
    endpoint: str
    number: int


def origin_of(note: Note) -> Origin | None:
    """What this note was made from, None where somebody said it in the session."""
    kind, _colon, number = note.origin.partition(":")
    if kind == "card":
        return Origin(_("from the good practice card"), "practices_manage.show", int(number))
    if kind == "input":
        return Origin(_("from a written input"), "inputs_manage.show", int(number))
    return None


def mark_of(note: Note) -> Mark:
    """The state of a note as its rapporteur reads it."""
    if note.is_deleted:
        return Mark(_("Deleted"), "off")
    if note.current.off_record:
        return Mark(_("Off the record"), "off")
    if note.returned_for:
        return Mark(_("Sent back"), "stop")
    words = {
        SUBMITTED: Mark(_("Submitted"), "wait"),
        CONFIRMED: Mark(_("Confirmed"), "ok"),
        APPROVED: Mark(_("Approved"), "ok"),
        PUBLISHED: Mark(_("Published"), "ok"),
    }
    return words.get(note.state, Mark(_("Saved"), "ok"))


def kind_label(code: str) -> str:
    """The kind of a note in the reader's language."""
    return NOTE_KINDS[code].label if code in NOTE_KINDS else code


def source_line(note: Note) -> str:
    """For those who record: who may be named, and how widely it was supported."""
    return dotted(attribution(note) or CEILINGS[ceiling_of(note)].label, support(note))


def public_line(note: Note) -> str:
    """For the world: the source as far as it may be named, the support, and why it was corrected."""
    is_corrected = note.current.act == CORRECTED
    on = day(local(note.current.at, note.session.meeting.zone).date())
    corrected = _("Corrected on %(day)s: %(why)s", day=on, why=note.current.remark) if is_corrected else ""
    supported = _("Support: %(how)s", how=support(note)) if note.current.support else ""
    made_from = origin_of(note)
    return dotted(attribution(note), made_from.words if made_from else "", supported, corrected)


def support(note: Note) -> str:
    code = note.current.support
    return SUPPORTS[code].label if code in SUPPORTS else ""


def dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def line_pairs(note: Note) -> list[tuple[str, str]]:
    """The themes of a note that its meeting has, as (code, title)."""
    lines = themes_of(note.session.meeting).lines
    return [(code, lines[code].title) for code in note.current.action_lines if code in lines]


def goal_pairs(note: Note) -> list[tuple[int, str]]:
    """The goals of a note as (number, title); none where its meeting does not have them."""
    goals = themes_of(note.session.meeting).goals
    return [(number, goals[number].title) for number in note.current.goals if number in goals]


def has_promise(note: Note) -> bool:
    """Whether somebody is to do something by this note, so that what becomes of it can be told."""
    now = note.current
    return bool(now.kind == "commitment" or now.who or now.due_on or now.due_text or now.delivery)


def act_label(code: str) -> str:
    """What a revision did, in the reader's language."""
    words = {
        RECORDED: _("Recorded"),
        REVISED: _("Changed"),
        CORRECTED: _("Corrigendum"),
        RESTORED: _("Restored"),
        DELETED: _("Deleted"),
        UNDONE: _("Undone"),
    }
    return words.get(code, code)


def role_label(code: str) -> str:
    """A part in a session, in the reader's language."""
    return SPEAKING_ROLES[code].label if code in SPEAKING_ROLES else code


def has_unsourced(note: Note) -> bool:
    """Whether this note has a figure, in its field or in its words, that cannot be published for want of a source."""
    return lacks_source(note.current.text, note.current.figures, note.current.sources)
