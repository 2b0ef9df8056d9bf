"""Whose days are over when something is deleted: of a meeting, its kind, everybody, a question, the installation."""

from eventapp.ground.text.i18n import _
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.sorts import COUNTED, EMAILS

MEETING, KIND, USUAL = "meeting", "kind", "usual"
QUESTION, INSTALLATION, HAND = "question", "house", "hand"


def origin_of(meeting: Meeting, kind: MeetingKind | None, sort: str) -> str:
    """Whose days these are for a sort of personal data of this meeting, which is of this kind."""
    if sort == EMAILS:
        return INSTALLATION
    sort = COUNTED[sort]
    if sort in meeting.retention:
        return MEETING
    return KIND if kind is not None and sort in kind.retention else USUAL


def origin_in_words(origin: str, kind: str = "") -> str:
    """The same as a sentence; `kind` is what the kind of meeting is called. Empty where it was not written down."""
    says = {
        MEETING: lambda: _("So this meeting says."),
        KIND: lambda: _("So the kind of meeting “%(kind)s” says.", kind=kind),
        USUAL: lambda: _("The usual days."),
        QUESTION: lambda: _("So the question says."),
        INSTALLATION: lambda: _("So the installation says."),
        HAND: lambda: _("Deleted by hand."),
    }
    return says[origin]() if origin in says else ""
