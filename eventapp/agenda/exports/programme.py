"""What a print of the published agenda says, as values for the press."""

from collections.abc import Callable

from eventapp.agenda.models import Release
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.parts import PublishedRole
from eventapp.agenda.sessions.sub_items import InOrder
from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import clock, days, moment, weekday, zone_label
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import name_language
from eventapp.ground.text.worded import text_in

Piece = dict[str, str]  # a text and the language it is in


def values_of(agenda: Published, release: Release, language: str, first: str) -> Record:
    """The release in the language that is spoken now; what is not there in it is marked as in the `first`."""

    def text(thing: object, name: str) -> Piece:
        words, tongue = text_in(thing, name, language)
        return own(words, tongue or first)

    def own(words: str, tongue: str = language) -> Piece:
        return {"text": words, "lang": tongue.partition("-")[0]}  # zh-Hans: the press knows no more than zh

    released = release.released_at.astimezone(agenda.tz)
    version = _("Version %(number)s, published %(when)s", number=release.number, when=moment(released, agenda.zone))
    zone = zone_label(agenda.zone, agenda.sessions[0].starts_at) if agenda.sessions else agenda.zone
    return {
        "language": language.partition("-")[0],
        "title": text(agenda, "title"),
        "facts": [_there(own(days(agenda.starts_on, agenda.ends_on)), text(agenda, "place")), [own(version)]],
        "notices": _there(text(agenda, "illustrative")),
        "released": [released.year, released.month, released.day],
        "foot": _("All times are in %(zone)s.", zone=zone),
        "days": [
            {"name": weekday(day), "sessions": [_session(agenda, one, text, own, first) for one in sessions]}
            for day, sessions in agenda.days.items()
        ],
    }


def _session(
    agenda: Published,
    session: PublishedSession,
    text: Callable[[object, str], Piece],
    own: Callable[..., Piece],
    first: str,
) -> dict[str, object]:
    place = text(session.room, "name") if session.room else own("")
    item = _("Item %(number)s", number=session.agenda_item) if session.agenda_item else ""
    closed = _("Closed session") if session.rule == "closed" else ""
    return {
        "hours": f"{clock(session.starts_at, agenda.tz)}–{clock(session.ends_at, agenda.tz)}",
        "title": text(session, "title"),
        "rest": session.is_break,
        "place": place,
        "facts": _there(own(session.kind_label), own(item), place, own(closed)),
        "summary": text(session, "summary"),
        "people": [_person(role, own, first) for role in session.roles],
        "within": [_within(agenda, place, text, own, first) for place in session.running_order],
    }


def _within(
    agenda: Published, place: InOrder, text: Callable[..., Piece], own: Callable[..., Piece], first: str
) -> dict[str, object]:
    """A statement or presentation: its number and time, then as it was given."""
    time = clock(place.starts_at, agenda.tz) if place.starts_at else ""
    return {
        "number": " ".join(part for part in (time, place.number) if part),
        "words": _there(text(place.one, "title"), own(place.one.person, first)),
    }


def _person(role: PublishedRole, own: Callable[..., Piece], first: str) -> dict[str, object]:
    """The part in the reader's language; name, position and organization as they were given."""
    other = f" ({role.name_own})" if role.name_own and role.name_own != role.name else ""
    return {
        "label": role.label,
        "name": [own(role.name, name_language(role.name).lang or first), own(other, role.name_language or first)],
        "rest": _there(own(role.position_held, first), own(role.organization, first)),
    }


def _there(*pieces: Piece) -> list[Piece]:
    return [one for one in pieces if one["text"]]
