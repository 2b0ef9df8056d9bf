"""What waits for somebody as organizer or rapporteur of meetings: counts, asked of all the meetings at once."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from eventapp.ground.text.i18n import _, ngettext
from eventapp.home.waiting.counts import (
    Counts,
    cards_at,
    changes_at,
    inputs_at,
    letters_at,
    material_at,
    messages_at,
    notes_at,
    replies_at,
    requests_at,
)
from eventapp.home.waiting.lines import Waiting
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import PENDING


class Work(NamedTuple):
    """One kind of work: how much there is at which meeting, and what a line of it says."""

    counts: Callable[[Collection[int]], Counts]
    what: Callable[[int], str]
    endpoint: str
    values: Mapping[str, str] = {}
    tone: str = "wait"


OF_ORGANIZERS = (
    Work(
        requests_at,
        lambda count: ngettext(
            "%(num)d request to register waits for a decision",
            "%(num)d requests to register wait for a decision",
            count,
        ),
        "registration_manage.index",
        {"state": PENDING},
    ),
    Work(
        changes_at,
        lambda count: ngettext(
            "%(num)d person changed an approved registration",
            "%(num)d people changed an approved registration",
            count,
        ),
        "registration_manage.index",
        {"changed": "1"},
    ),
    Work(
        notes_at,
        lambda count: ngettext("%(num)d note waits to be cleared", "%(num)d notes wait to be cleared", count),
        "record_manage.index",
    ),
    Work(
        material_at,
        lambda count: ngettext(
            "%(num)d piece of material came in by a speaker's link",
            "%(num)d pieces of material came in by speakers' links",
            count,
        ),
        "material_manage.index",
        {"new": "1"},
    ),
    Work(
        letters_at,
        lambda count: ngettext("%(num)d email did not leave", "%(num)d emails did not leave", count),
        "desk.letters",
        {"state": "failed"},
        tone="off",
    ),
)
OF_EDITORS = (
    Work(
        replies_at,
        lambda count: ngettext(
            "%(num)d objection or correction waits for a decision",
            "%(num)d objections or corrections wait for a decision",
            count,
        ),
        "record.index",
    ),
    Work(
        cards_at,
        lambda count: ngettext(
            "%(num)d good practice card came in and is no note yet",
            "%(num)d good practice cards came in and are no notes yet",
            count,
        ),
        "practices_manage.index",
    ),
    Work(
        inputs_at,
        lambda count: ngettext(
            "%(num)d written input waits to be dealt with", "%(num)d written inputs wait to be dealt with", count
        ),
        "inputs_manage.index",
    ),
)


def for_organizers(person: Person, meetings: Mapping[int, Meeting]) -> Iterator[Waiting]:
    """What waits for a decision at these meetings, which this person organizes."""
    return lines(meetings, (*OF_ORGANIZERS, to_read(person)))


def for_editors(meetings: Mapping[int, Meeting]) -> Iterator[Waiting]:
    """What came in from outside at these meetings, which this person organizes or records."""
    return lines(meetings, OF_EDITORS)


def to_read(person: Person) -> Work:
    """The messages of others that wait for a second reader."""
    return Work(
        lambda meetings: messages_at(meetings, person),
        lambda count: ngettext("%(num)d message waits to be read", "%(num)d messages wait to be read", count),
        "messages.index",
    )


def lines(meetings: Mapping[int, Meeting], kinds: tuple[Work, ...]) -> Iterator[Waiting]:
    for one in kinds if meetings else ():
        for number, count in one.counts(meetings.keys()).items():
            yield Waiting(meetings[number], one.what(count), _("Open"), one.endpoint, one.values, one.tone)
