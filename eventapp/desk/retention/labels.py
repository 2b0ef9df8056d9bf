from eventapp.ground.text.i18n import ngettext
from eventapp.meetings.retention.sorts import (
    ANSWERS,
    EMAILS,
    LETTERS,
    NEEDS,
    NETWORKING,
    NOMINEES,
    PHONES,
    PHOTOS,
    REMARKS,
)


def in_words(sort: str, number: int) -> str:
    """So many of this sort of personal data: "212 telephone numbers"."""
    return {
        PHONES: lambda: ngettext("%(num)s telephone number", "%(num)s telephone numbers", number),
        NEEDS: lambda: ngettext("the needs of %(num)s person", "the needs of %(num)s people", number),
        PHOTOS: lambda: ngettext("%(num)s photograph", "%(num)s photographs", number),
        LETTERS: lambda: ngettext("%(num)s letter", "%(num)s letters", number),
        ANSWERS: lambda: ngettext("%(num)s personal answer or file", "%(num)s personal answers or files", number),
        REMARKS: lambda: ngettext("%(num)s note of an organizer", "%(num)s notes of organizers", number),
        NOMINEES: lambda: ngettext("%(num)s nominee", "%(num)s nominees", number),
        NETWORKING: lambda: ngettext("%(num)s offer, need or request", "%(num)s offers, needs and requests", number),
        EMAILS: lambda: ngettext("the text of %(num)s email", "the text of %(num)s emails", number),
    }[sort]()
