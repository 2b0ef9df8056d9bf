from eventapp.ground.text.i18n import ngettext
from eventapp.meetings.retention.sorts import (
    ANSWERS,
    AVAILABILITY,
    EMAILS,
    GENDER,
    INVITATIONS,
    LANGUAGES,
    LETTERS,
    NEEDS,
    NETWORKING,
    NOMINEES,
    PHONES,
    PHOTOS,
    REMARKS,
    TITLES,
    UNITS,
)


def in_words(sort: str, number: int) -> str:
    """So many of this sort of personal data: "212 telephone numbers"."""
    return {
        PHONES: lambda: ngettext("%(num)s telephone number", "%(num)s telephone numbers", number),
        NEEDS: lambda: ngettext("the needs of %(num)s person", "the needs of %(num)s people", number),
        AVAILABILITY: lambda: ngettext(
            "when %(num)s person can take part", "when %(num)s people can take part", number
        ),
        LANGUAGES: lambda: ngettext("the languages of %(num)s person", "the languages of %(num)s people", number),
        TITLES: lambda: ngettext("%(num)s job title", "%(num)s job titles", number),
        UNITS: lambda: ngettext("the ministry or unit of %(num)s person", "the ministries of %(num)s people", number),
        GENDER: lambda: ngettext("the gender of %(num)s person", "the gender of %(num)s people", number),
        PHOTOS: lambda: ngettext("%(num)s photograph", "%(num)s photographs", number),
        LETTERS: lambda: ngettext("%(num)s letter", "%(num)s letters", number),
        ANSWERS: lambda: ngettext("%(num)s personal answer or file", "%(num)s personal answers or files", number),
        REMARKS: lambda: ngettext("%(num)s note of an organizer", "%(num)s notes of organizers", number),
        NOMINEES: lambda: ngettext("%(num)s nominee", "%(num)s nominees", number),
        INVITATIONS: lambda: ngettext(
            "%(num)s invitation of somebody who did not register",
            "%(num)s invitations of people who did not register",
            number,
        ),
        NETWORKING: lambda: ngettext("%(num)s offer, need or request", "%(num)s offers, needs and requests", number),
        EMAILS: lambda: ngettext("the text of %(num)s email", "the text of %(num)s emails", number),
    }[sort]()
