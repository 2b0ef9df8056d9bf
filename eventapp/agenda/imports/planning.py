"""What each session of a file would do to the draft: found in the same way in the preview and in the import."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import force_locale

from eventapp.agenda.exports.schedule import number_of
from eventapp.agenda.imports.foreign import Foreign, Speaker, foreign_from
from eventapp.agenda.imports.models import CHANGED, FAULTY, GONE, NEW, SAME, AgendaImportRow
from eventapp.agenda.imports.programs.running_order import order_changed, order_for, wanted
from eventapp.agenda.imports.queries import Names
from eventapp.agenda.imports.tongues import Texts, for_columns, texts_changed
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.queries import whole
from eventapp.agenda.releases.changes import moment
from eventapp.agenda.sessions.actions import columns, facts_of
from eventapp.agenda.sessions.facts import SessionFacts
from eventapp.agenda.sessions.sub_items import SubItem
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import folded
from eventapp.ground.text.worded import text_in
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting

NOT_OF_SESSION = ("unfit", "remarks", "cells", "formulas")  # beside what a file says
SIMPLE = ("subtitle", "language", "summary", "description", "licence")


@dataclass
class Around:
    """What sessions of a file are judged by, looked up for all of them at once. Words are folded."""

    meeting: Meeting
    names: Names
    rooms: dict[str, int]
    kinds: dict[str, str]
    bodies: dict[str, int]
    kind: str = ""  # of those whose kind the meeting has not
    tongue: str = ""  # of titles and summaries, where that is not the first language of the meeting
    sessions: dict[int, Session] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What a row would do. `facts` is None where it cannot be done."""

    outcome: str
    facts: SessionFacts | None = None
    faults: Sequence[str] = ()
    what: Sequence[list[str]] = ()
    arrive: Sequence[Speaker] = ()
    leave: Sequence[SpeakingRole] = ()
    renamed: Sequence[tuple[SpeakingRole, Speaker]] = ()
    sub_items: tuple[SubItem, ...] | None = None  # None: they stay
    texts: Texts = field(default_factory=dict)  # in the language of the file, where that is another one
    lacks: tuple[str, str] = ("", "")  # a room and a kind that the meeting has not


def around(meeting: Meeting, kind: str = "", tongue: str = "", names: Names | None = None) -> Around:
    """The draft, rooms, kinds and bodies of the meeting. Of `names` only those are looked up that were added since."""
    names = (names or Names(meeting.id)).look()
    rooms = {word: one.id for one in meeting.rooms for word in (*words_of(one), folded(one.code))}
    kinds = {folded(code): code for code in kinds_of(meeting)}
    for shipped in LANGUAGES:
        with force_locale(shipped):
            kinds |= {word: code for code, one in kinds_of(meeting).items() for word in words_of(one)}
    bodies = {word: one.id for one in meeting.bodies for word in words_of(one)}
    return Around(meeting, names, rooms, kinds, bodies, kind, tongue)


def words_of(part: object) -> Iterator[str]:
    """What a part of the meeting is called in each language, folded."""
    for tongue in LANGUAGES:
        yield folded(text_in(part, "name", tongue)[0])


def with_sessions(found: Around, numbers: Collection[int]) -> Around:
    """The same with these sessions and the parts in them."""
    query = whole(found.meeting).where(Session.id.in_(numbers))
    found.sessions = {one.id: one for one in db.session.scalars(query)}
    return found


def plans(found: Around, rows: Sequence[AgendaImportRow]) -> list[Plan]:
    """What these rows would do by what is on record now."""
    foreign = [foreign_of(row) for row in rows]
    numbers = [found.names.number(one) if one else row.session_id for one, row in zip(foreign, rows, strict=True)]
    with_sessions(found, {number for number in numbers if number})
    made = []
    for one, number, row in zip(foreign, numbers, rows, strict=True):
        there = found.sessions.get(number) if number else None
        made.append(plan(found, one, there, row.content.get("unfit", ())) if one else gone(there))
        row.session_id = there.id if there else None
    return made


def foreign_of(row: AgendaImportRow) -> Foreign | None:
    """What the file says of it; None where it says nothing."""
    wanted = {name: value for name, value in row.content.items() if name not in NOT_OF_SESSION}
    return foreign_from(wanted) if wanted else None


def gone(there: Session | None) -> Plan:
    return Plan(GONE if there and not there.cancelled_at else SAME)


def plan(found: Around, one: Foreign, there: Session | None, unfit: Sequence[str]) -> Plan:
    """What one session of the file would do."""
    if unfit:
        return Plan(FAULTY, faults=unfit)
    if one.cancelled:
        return gone(there)
    room, kind = room_in(found, one), kind_in(found, one, there)
    faults = []
    if room == "":
        faults.append(_("The meeting has no room “%(name)s”.", name=one.room))
    if kind == "":
        lacking = _("The meeting has no kind “%(name)s”.", name=one.kind)
        faults.append(lacking if one.kind else _("It says no kind of session."))
    lacks = (one.room or "" if room == "" else "", one.kind or "-" if kind == "" else "")
    if faults:
        return Plan(FAULTY, faults=faults, lacks=lacks)
    facts = facts_for(found, one, there, room if isinstance(room, int) else None, kind)
    texts = texts_changed(there, one, found.tongue)
    if there is None:
        within = wanted(one.sub_items, found.tongue)
        return Plan(NEW, facts, arrive=one.people or (), sub_items=within, texts=texts)
    arrive, leave, renamed = people_of(one, there)
    sub_items = order_for(one, there, found.tongue)
    worded = [[name, *(words[:300] for words in both)] for name, both in texts.items()]
    what = [*changed(found, one, there, facts), *worded, *order_changed(there, sub_items)]
    if there.is_off:
        what.append(["cancelled", "", ""])
    if arrive or leave or renamed:
        gained = [*(who.name for who in arrive), *(who.name for _role, who in renamed)]
        lost = [*(role.name for role in leave), *(role.name for role, _who in renamed)]
        what.append(["people", ", ".join(lost)[:300], ", ".join(gained)[:300]])
    return Plan(CHANGED if what else SAME, facts, (), what, arrive, leave, renamed, sub_items=sub_items, texts=texts)


def changed(found: Around, one: Foreign, there: Session, facts: SessionFacts) -> list[list[str]]:
    """What would be otherwise, each as [field, before, after]."""
    before, after = columns(facts_of(there)), columns(facts)
    named = {
        "room_id": [there.room.name if there.room else "", one.room or one.place],
        "body_id": [there.body.name if there.body else "", one.track or ""],
    }
    return [
        [name, *named.get(name, [shown(found, before[name]), shown(found, after[name])])]
        for name in after
        if before[name] != after[name]
    ]


def shown(found: Around, value: object) -> str:
    """A value for the preview, cut where it is long."""
    if isinstance(value, datetime):
        return moment(value.isoformat(), found.meeting.tz)
    words = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return words[:300]


def room_in(found: Around, one: Foreign) -> int | str | None:
    """The number of its room; None for none, "" for one that the meeting has not."""
    if one.place:
        named = folded(one.place)
        fits = (number for word, number in found.rooms.items() if named == word or named.startswith(f"{word}, "))
        return next(fits, None)
    return found.rooms.get(folded(one.room), "") if one.room else None


def kind_in(found: Around, one: Foreign, there: Session | None) -> str:
    """The code of its kind; "" for one that the meeting has not."""
    if not one.kind:
        return there.kind if there else found.kind
    return found.kinds.get(folded(one.kind), found.kind)


def facts_for(found: Around, one: Foreign, there: Session | None, room: int | None, kind: str) -> SessionFacts:
    """The session as the file has it; what the file cannot say stays."""
    starts_at, ends_at = datetime.fromisoformat(one.starts_at), datetime.fromisoformat(one.ends_at)
    base = facts_of(there) if there else SessionFacts(one.title, kind, starts_at, ends_at)
    wanted: Record = {name: getattr(one, name) for name in SIMPLE if getattr(one, name) is not None}
    wanted |= {name: tuple(words) for name in ("links", "tags") if (words := getattr(one, name)) is not None}
    if one.no_recording is not None and base.rule == "open":
        wanted["no_recording"] = one.no_recording
    if one.track is not None:
        body = found.bodies.get(folded(one.track))
        wanted |= {"body_id": body} if body else {"track": one.track}
    if one.room is not None or one.place:
        wanted["room_id"] = room
    wanted |= {"starts_at": starts_at, "ends_at": ends_at, "waits": False}
    wanted["title"] = one.title
    return replace(base, kind=kind, **(for_columns(there, wanted, found.tongue) if there else wanted))


def people_of(
    one: Foreign, there: Session
) -> tuple[list[Speaker], list[SpeakingRole], list[tuple[SpeakingRole, Speaker]]]:
    """Who is new, who is not named any more, and who is called otherwise. Only parts that came from a file end."""
    if one.people is None:
        return [], [], []
    holding = [role for role in there.roles if role.holds]
    by_id = {name: role for role in holding for name in (role.guid, role.foreign_id) if name}
    by_name = {folded(role.name): role for role in holding}
    arrive, met, renamed = list[Speaker](), set[int](), list[tuple[SpeakingRole, Speaker]]()
    for who in one.people:
        role = by_name.get(folded(who.name)) or by_id.get(who.guid) or by_id.get(id_of(who))
        if role is None:
            arrive.append(who)
            continue
        if folded(role.name) != folded(who.name):
            renamed.append((role, who))
        met.add(role.id)
    came = [role for role in holding if (role.guid or role.foreign_id) and role.person_id is None]
    return arrive, [role for role in came if role.id not in met], renamed


def id_of(who: Speaker) -> str:
    """The number of somebody in a file; one made of the name where the file has none."""
    return who.foreign_id or str(number_of("", f"{who.name}\n"))


def lacking(found: Sequence[Plan], seats: Mapping[str, int]) -> Record:
    """Which rooms and kinds the meeting has not, and how many sessions say no kind."""
    rooms = dict.fromkeys(one.lacks[0] for one in found if one.lacks[0])
    kinds = dict.fromkeys(one.lacks[1] for one in found if one.lacks[1] not in ("", "-"))
    nameless = sum(one.lacks[1] == "-" for one in found)
    return {"rooms": {name: seats.get(name, 0) for name in rooms}, "kinds": list(kinds), "nameless": nameless}
