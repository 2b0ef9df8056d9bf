"""Whether a meeting file makes sense as a whole: what is named exists, nothing is there twice."""

from collections.abc import Iterator
from datetime import timedelta

from eventapp.agenda.sessions.more import LINK, MOST_TAGS
from eventapp.agenda.sessions.sub_items import MOST
from eventapp.meeting_file.chapters.content import faults_in_chapters, faults_in_outline
from eventapp.meeting_file.entrances.validation import faults_in_delegations, faults_in_gates, faults_in_zones
from eventapp.meeting_file.information.entries import faults_in_pages
from eventapp.meeting_file.kinds import Entry
from eventapp.meeting_file.networking.content import faults_in_networking
from eventapp.meeting_file.questions.validation import faults_in_questions
from eventapp.meeting_file.retention.content import faults_in_retention
from eventapp.meeting_file.schema import MeetingFile, SessionEntry
from eventapp.meeting_file.texts.entries import Texts
from eventapp.meeting_file.themes.content import faults_in_themes
from eventapp.meetings.colours import is_readable
from eventapp.meetings.local_time import MOST_DAYS, are_days
from eventapp.vocabulary.sessions import SESSION_KINDS

LONGEST = timedelta(days=1)  # the form of a session knows one day, and the small hours after it
Found = tuple[int, str]  # line, what to do


def faults_of(file: MeetingFile) -> list[Found]:
    """Return what contradicts itself, as (line, sentence) pairs."""
    lists: dict[str, tuple[Entry, ...]] = {
        "body": file.bodies,
        "room": file.rooms,
        "kind of session": file.kinds,
        "chapter": file.chapters,
        "set of themes": file.themes,
        "category": file.categories,
        "document": file.documents,
        "page": file.information,
        "question": file.questions,
        "retention": file.retention,
        "language of the consents": file.consents,
        "person of the staff": file.staff,
        "session": file.sessions,
        "delegation": file.delegations,
        "zone": file.zones,
        "gate": file.gates,
        "block of slots": file.networking_slots,
    }
    twice = [found for what, listed in lists.items() for found in _twice(what, listed)]
    sessions = [found for one in file.sessions for found in _session(file, one)]
    twice += [found for one in file.questions for found in _twice(f"answer of “{one.code}”", one.choices)]
    questions = faults_in_questions(file.questions, [one.code for one in file.categories])
    return [
        *_dates(file),
        *_bands(file),
        *_hours(file),
        *twice,
        *sessions,
        *questions,
        *faults_in_chapters(file.chapters, file.kinds),
        *faults_in_outline(file.report_outline, file.place.of("report_outline")),
        *faults_in_themes(file.themes),
        *faults_in_retention(file.retention),
        *faults_in_pages(file.information),
        *_entrances(file),
        *_texts(file),
    ]


def _entrances(file: MeetingFile) -> Iterator[Found]:
    categories, zones = [one.code for one in file.categories], [one.code for one in file.zones]
    senders, sessions = [one.name for one in file.delegations], [one.code for one in file.sessions]
    yield from faults_in_delegations(file.delegations)
    yield from faults_in_zones(file.zones, categories)
    yield from faults_in_networking(file.networking_session, file.networking_slots, sessions, file.place)
    yield from faults_in_gates(file.gates, categories, zones, senders, sessions)


def _dates(file: MeetingFile) -> Iterator[Found]:
    if file.ends < file.starts:
        yield file.place.of("ends"), f"“ends” is before “starts”. Write {file.starts} or a later day."
    elif not are_days(file.starts, file.ends):
        yield (
            file.place.of("ends"),
            f"From “starts” to “ends” are more than {MOST_DAYS} days. Look at both years again.",
        )
    if file.registration_closes <= file.registration_opens:
        yield file.place.of("registration_closes"), "“registration_closes” is not after “registration_opens”. Move one."


def _bands(file: MeetingFile) -> Iterator[Found]:
    for one in file.categories:
        if not is_readable(one.ink, one.colour):
            says = f"Category “{one.code}”: words of this colour cannot be read on {one.colour}."
            yield one.place.of("ink"), f"{says} Write a darker or a lighter one."


def _hours(file: MeetingFile) -> Iterator[Found]:
    for room in file.rooms:
        yield from _twice(f"day of room “{room.code}”", room.hours)
        for one in room.hours:
            if not one.hours.is_sound:
                says = "Write two times of “only” and “but”, the second later, and none of “off”."
                yield one.place.of("starts"), f"Room “{room.code}” on {one.key}: {says}"


def _twice(what: str, listed: tuple[Entry, ...]) -> Iterator[Found]:
    first: dict[object, int] = {}
    for one in listed:
        if one.key in first:
            name = one.key if isinstance(one.key, str) else ", ".join(one.key)
            yield one.place.line, f"The {what} “{name}” is already on line {first[one.key]}. Rename one."
        first.setdefault(one.key, one.place.line)


def _texts(file: MeetingFile) -> Iterator[Found]:
    lists = (file.bodies, file.rooms, file.kinds, file.categories, file.documents, file.sessions, file.questions)
    more = (file.information, file.chapters, file.zones)
    inside: list[tuple[Texts, ...]] = [one.texts for listed in (*lists, *more) for one in listed]
    inside += [texts for one in file.themes for texts in (one.texts, *(each.texts for each in one.lines))]
    inside += [choice.texts for one in file.questions for choice in one.choices]
    inside += [each.texts for one in file.sessions for each in one.sub_items]
    first, others = file.languages[:1], [code for code in file.languages[1:] if code not in file.languages[:1]]
    for listed in (file.texts, *inside):
        yield from _twice("language", listed)
        for one in listed:
            if one.language in first:
                says = f"“{one.language}” is the first language of the meeting: its texts stand outside of “texts”."
                yield one.place.of("language"), f"{says} Take this entry away."
            elif one.language not in others:
                listed_there = ", ".join(others) or "none yet"
                says = f"“{one.language}” is no other language of the meeting: {listed_there}."
                yield one.place.of("language"), f"{says} Add it to “languages”, or take this entry away."


def _session(file: MeetingFile, one: SessionEntry) -> Iterator[Found]:
    if one.ends <= one.starts:
        yield one.place.of("ends"), f"Session “{one.code}” ends before it starts. Move “ends” after “starts”."
    elif one.ends - one.starts > LONGEST:
        yield one.place.of("ends"), f"Session “{one.code}” lasts more than a day. Write a session for each day."
    rooms, bodies = [room.code for room in file.rooms], [body.code for body in file.bodies]
    if one.kind not in (kinds := kinds_in(file)):
        yield one.place.of("kind"), _unknown(one, "kind", one.kind, kinds)
    if one.room and one.room not in rooms:
        yield one.place.of("room"), _unknown(one, "room", one.room, rooms)
    if one.body and one.body not in bodies:
        yield one.place.of("body"), _unknown(one, "body", one.body, bodies)
    if one.sign_up_until and not one.sign_up:
        yield one.place.of("sign_up_until"), f"Session “{one.code}” takes no sign-up. Write its places as “sign_up”."
    if len(one.tags) > MOST_TAGS:
        yield one.place.of("tags"), f"Session “{one.code}” has more than {MOST_TAGS} tags. Leave some out."
    yield from _twice(f"role in session “{one.code}”", one.roles)
    yield from _sub_items(one)


def _sub_items(one: SessionEntry) -> Iterator[Found]:
    names = {role.name for role in one.roles}
    for each in one.sub_items:
        if each.person and each.person not in names:
            says = f"“{each.person}” has no role in session “{one.code}”."
            yield each.place.of("person"), f"{says} Add one, or leave the name out."
        if each.link and not LINK.fullmatch(each.link):
            yield each.place.of("link"), "A link begins with an address, such as https://example.org. Write one."
    if len(one.sub_items) > MOST:
        yield one.place.line, f"Session “{one.code}” has more than {MOST} statements. Leave some out."
    yield from _twice(f"statement in session “{one.code}”", one.sub_items)


def kinds_in(file: MeetingFile) -> list[str]:
    """The codes of the kinds that its sessions may name: its own, or the usual ones where it has none."""
    return [kind.code for kind in file.kinds] or list(SESSION_KINDS)


def _unknown(one: SessionEntry, what: str, code: str, known: list[str]) -> str:
    listed = ", ".join(known) or "none yet"
    return f"Session “{one.code}” names the {what} “{code}”. Add it to the file, or use: {listed}."
