"""What a new meeting begins as: the content of a meeting file, made from a few words or from an earlier meeting."""

import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.ground.text.i18n import _l
from eventapp.ground.text.latin import latin_words
from eventapp.meeting_file.parts.people import StaffEntry
from eventapp.meeting_file.parts.place import BodyEntry, HoursEntry, RoomEntry
from eventapp.meeting_file.schema import CategoryEntry, MeetingFile, SessionEntry
from eventapp.meeting_file.texts.entries import MeetingTexts
from eventapp.meeting_file.texts.words import frozen, words_in
from eventapp.meetings.models import ORGANIZER

USUAL = Path(__file__).with_name("categories.toml")
LONGEST_SLUG, LONGEST_SHORT = 80, 120  # as a meeting file has them
PLACES = 200  # to begin with; registration opens at once, for whoever sees the meeting
TEXTS = ("mandate", "purpose", "objectives", "content_blocks", "outcomes_go_to")
# What of an earlier meeting may come along, by the fields of its file.
PARTS = {
    "texts": (_l("Texts: mandate, purpose, objectives"), TEXTS),
    "categories": (_l("Categories of participants"), ("categories",)),
    "questions": (_l("Questions"), ("questions",)),
    "consents": (_l("Words of the consents"), ("consents",)),
    "letters": (_l("Letters in words of its own"), ()),  # no field of a file
    "kinds": (_l("Kinds of session"), ("kinds", "chapters")),
    "outline": (_l("Outline of reports, and whom they name"), ("report_outline", "report_policy")),
    "themes": (_l("Themes"), ("themes",)),
    "rooms": (_l("Rooms"), ("rooms",)),
    "bodies": (_l("Bodies and the head of the papers"), ("bodies", "organs", "distribution", "original_language")),
    "sessions": (_l("Sessions, moved to the new days, without their people"), ("sessions", "kinds", "chapters")),
    "undated": (
        _l("Sessions without dates: they wait beside the plan, without their people"),
        ("sessions", "kinds", "chapters"),
    ),
    "documents": (_l("Documents"), ("documents",)),
    "information": (_l("Practical information, as drafts"), ()),  # no field of a file
    "rights": (_l("Who edits a session"), ("edit_text", "edit_people", "edit_material")),
    "day": (_l("When letters about changes of the day leave"), ("live_letters",)),
    "retention": (_l("How long personal data is kept"), ("retention",)),
    "photographs": (_l("What is asked of photographs"), ()),  # no field of a file
    "badges": (_l("Layouts of badges"), ()),  # no field of a file
    "entrances": (_l("Zones and gates, with who may enter"), ()),  # no field of a file
    "networking": (_l("Rules of networking and slots for meetings, without anybody’s lines"), ()),  # no field of a file
    "staff": (_l("Staff"), ("staff",)),
}
# What comes from the rows, as far as the categories and sessions come too (entrances.py), or is of one meeting alone.
NOT_COPIED = frozenset({"photo_shape", "photo_width", "photos_checked", "delegations", "zones", "gates"}) | {
    "networking",
    "networking_requests",
    "networking_hours",
    "networking_session",
    "networking_slots",
}
NOT_AT_FIRST = ("undated", "documents", "staff")
AT_FIRST = [name for name in PARTS if name not in NOT_AT_FIRST]  # what is ticked in the form


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is said of a meeting when it is made. Days are days where it takes place."""

    slug: str
    title: str
    starts: date
    ends: date
    venue: str
    city: str
    country: str
    zone: str
    organization: str
    organizer: str
    email: str
    kind: str = ""  # the code of a kind of meeting


def slug_for(title: str, starts: date, is_taken: Callable[[str], bool]) -> str:
    """Return an address made of the Latin words of this title and its year, one that no meeting has yet."""
    words = [word for word in latin_words(title) if word != str(starts.year)]
    room = LONGEST_SLUG - len(f"-{starts.year}-99")
    while words and len("-".join(words)) > room:
        words.pop()
    slug = f"{'-'.join(words) or 'meeting'}-{starts.year}"
    return next(one for one in (slug, *(f"{slug}-{number}" for number in range(2, 1000))) if not is_taken(one))


def fresh(wanted: Beginning, at: datetime, *, with_categories: bool) -> MeetingFile:
    """Return a meeting of which no more is known than this; `with_categories` gives it the usual ones."""
    return MeetingFile(
        slug=wanted.slug,
        title=wanted.title,
        short_title=wanted.title[:LONGEST_SHORT],
        starts=wanted.starts,
        ends=wanted.ends,
        zone=wanted.zone,
        city=wanted.city,
        country=wanted.country,
        venue=wanted.venue,
        organization=wanted.organization,
        contact=wanted.email,
        languages=("en",),
        capacity=PLACES,
        meeting_kind=wanted.kind,
        registration_opens=opens(wanted, at),
        registration_closes=closes(wanted),
        categories=usual_categories() if with_categories else (),
        staff=(organizer(wanted),),
    )


def copied(source: MeetingFile, wanted: Beginning, at: datetime, parts: Collection[str]) -> MeetingFile:
    """Return an earlier meeting as the next one, with the parts that are named; its sessions are moved by whole days.

    Nobody of the earlier programme comes along: people are asked anew.
    """
    taken = {name for part in parts for name in PARTS[part][1]}
    left_out = {name for _words, names in PARTS.values() for name in names} - taken | NOT_COPIED
    none: dict[str, Any] = {  # as replace() takes them
        one.name: one.default for one in fields(MeetingFile) if one.name in left_out
    }
    bare = replace(source, **none)
    staff = (*bare.staff, organizer(wanted))
    return replace(
        bare,
        slug=wanted.slug,
        title=wanted.title,
        short_title=wanted.title[:LONGEST_SHORT],
        symbol="",
        meeting_kind=wanted.kind,
        starts=wanted.starts,
        ends=wanted.ends,
        zone=wanted.zone,
        city=wanted.city,
        country=wanted.country,
        venue=wanted.venue,
        address=source.address if source.venue == wanted.venue else "",
        organization=wanted.organization,
        contact=wanted.email,
        session_name="",
        agenda_item="",
        illustrative="",
        information=(),  # they come with their pictures, as drafts, or not at all
        texts=same_texts(source, wanted, taken),
        registration_opens=opens(wanted, at),
        registration_closes=closes(wanted),
        rooms=tuple(replace(one, hours=hours_moved(one, source, wanted)) for one in bare.rooms),
        sessions=tuple(_moved(one, source, bare, wanted) for one in bare.sessions),
        staff=tuple({one.key: one for one in staff}.values()),
    )


def same_texts(source: MeetingFile, wanted: Beginning, taken: Collection[str]) -> tuple[MeetingTexts, ...]:
    """Return what the meeting says in other languages, without the texts that are others in the first one now."""
    is_there, is_city = source.venue == wanted.venue, source.city == wanted.city
    same = {"venue": is_there, "address": is_there, "city": is_city, "title": source.title == wanted.title}
    same |= {"short_title": False, "illustrative": False, "organization": source.organization == wanted.organization}
    same |= {name: name in taken for name in TEXTS}
    entries = [
        (one.language, {name: text for name, text in words_in(one).items() if same[name]}) for one in source.texts
    ]
    return tuple(MeetingTexts(language=tongue, **frozen(words)) for tongue, words in entries if words)


def of_body(file: MeetingFile, code: str, name: str) -> MeetingFile:
    """Return the meeting with this body, as its last one where it has not got it yet."""
    if any(one.code == code for one in file.bodies):
        return file
    return replace(file, bodies=(*file.bodies, BodyEntry(code=code, name=name)))


def _moved(one: SessionEntry, source: MeetingFile, bare: MeetingFile, wanted: Beginning) -> SessionEntry:
    """Return a session on its new day, without its people, and without the room and the body that stay behind."""
    days = wanted.starts - source.starts
    until = one.sign_up_until
    return replace(
        one,
        sign_up_until=moved(until, days, source.zone, wanted.zone) if until else None,
        starts=moved(one.starts, days, source.zone, wanted.zone),
        ends=moved(one.ends, days, source.zone, wanted.zone),
        room=one.room if one.room in [room.code for room in bare.rooms] else "",
        body=one.body if one.body in [body.code for body in bare.bodies] else "",
        roles=(),
        sub_items=tuple(replace(each, person="") for each in one.sub_items),
    )


def hours_moved(room: RoomEntry, source: MeetingFile, wanted: Beginning) -> tuple[HoursEntry, ...]:
    """Return the hours of a room, each as many days later as the meeting is; they are those of the same hall only."""
    days = wanted.starts - source.starts
    same = source.venue == wanted.venue
    return tuple(replace(one, day=one.day + days) for one in room.hours if same)


def opens(wanted: Beginning, at: datetime) -> datetime:
    """Return when registration opens: this minute, which is with the publication, and before it closes."""
    return min(at.replace(second=0, microsecond=0), closes(wanted) - timedelta(days=1))


def closes(wanted: Beginning) -> datetime:
    """Return the last minute of the last day, in UTC."""
    return datetime.combine(wanted.ends, time(23, 59), ZoneInfo(wanted.zone)).astimezone(UTC)


def moved(moment: datetime, days: timedelta, zone: str, to: str) -> datetime:
    """Return the same hour by the clock on another day, where the clocks may be others."""
    return (moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + days).replace(tzinfo=ZoneInfo(to)).astimezone(UTC)


def organizer(wanted: Beginning) -> StaffEntry:
    return StaffEntry(email=wanted.email, name=wanted.organizer, role=ORGANIZER)


def usual_categories() -> tuple[CategoryEntry, ...]:
    """Return the categories of the sessions of a regional commission."""
    return tuple(CategoryEntry(**one) for one in tomllib.loads(USUAL.read_text(encoding="utf-8"))["categories"])
