from datetime import datetime

from sqlalchemy import insert, literal

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import text_in
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.official_list.models import ListLine, ListVersion, OfficialList
from eventapp.official_list.queries import (
    COLUMNS,
    Choice,
    choice_of,
    countries_in,
    difference,
    issued,
    live,
    newest_version,
    organizations_in,
    row_of,
)
from eventapp.organizations.queries import names_by_language
from eventapp.people.models import Person
from eventapp.vocabulary.countries import country, name_in


def choose(meeting: Meeting, choice: Choice, *, by: Person | None, at: datetime) -> None:
    """Say who is in the list and who reads it. Versions that are issued stay as they are."""
    lock(meeting)
    row = row_of(meeting)
    if row is None:
        row = OfficialList(meeting_id=meeting.id, rule="", audience="", left_out=[])
        db.session.add(row)
    if (row.rule, row.audience, tuple(row.left_out)) == (choice.rule, choice.audience, choice.left_out):
        return
    row.rule, row.audience, row.left_out = choice.rule, choice.audience, list(choice.left_out)
    facts = choice.rule, choice.audience, *choice.left_out
    record("changed the list of participants", row, by=by, at=at, choice=facts)


def issue(meeting: Meeting, *, is_final: bool, remark: str, seen: int, by: Person | None, at: datetime) -> ListVersion:
    """Issue the next version from the registrations as they are now.

    Returns the version. Refused where another was issued since version `seen`, where nobody would be in it, where
    nothing changed, and for a provisional one after the final.
    """
    lock(meeting)
    last, choice = newest_version(meeting), choice_of(meeting)
    if seen != (last.number if last else 0):
        raise Refused(_("Somebody issued a version meanwhile. See what has changed since, then issue again."))
    if last and last.is_final and not is_final:
        raise Refused(_("The final list is issued. What changes now is a new version of the final list."))
    version = ListVersion(
        meeting=meeting,
        number=seen + 1,
        is_final=is_final,
        rule=choice.rule,
        issued_at=at,
        issued_by_id=by.id if by else None,
        remark=remark,
    )
    db.session.add(version)
    db.session.flush()
    write_lines(version, choice)
    found = difference(issued(last), issued(version), most=0)
    version.people = found.added + (last.people - found.gone if last else 0)
    version.added, version.gone, version.changed = found.added, found.gone, found.changed
    if not version.people:
        raise Refused(_("Nobody would be in the list: nobody who agreed to be named fits what is chosen here."))
    if last and not found and last.is_final == is_final:
        raise Refused(_("Nothing has changed since version %(number)s.", number=last.number))
    version.content = content_of(version)
    record("issued the list of participants", version, by=by, at=at, number=version.number, people=version.people)
    return version


def write_lines(version: ListVersion, choice: Choice) -> None:
    """Copy what is printed of everybody, in one statement."""
    names = ("registration_id", *COLUMNS)
    found = live(version.meeting, choice).add_columns(literal(version.id))
    db.session.execute(insert(ListLine).from_select([*names, "version_id"], found))


def content_of(version: ListVersion) -> Record:
    """What the meeting, the States and the organizations in the version are called now, in the meeting's languages."""
    meeting, tongues = version.meeting, tongues_of(version.meeting)
    states = {iso3: state for iso3 in countries_in(version) if (state := country(iso3))}
    return {
        "languages": tongues,
        "title": {tongue: text_in(meeting, "title", tongue)[0] for tongue in tongues},
        "place": {tongue: text_in(meeting, "city", tongue)[0] for tongue in tongues},
        "starts_on": meeting.starts_on.isoformat(),
        "ends_on": meeting.ends_on.isoformat(),
        "symbol": meeting.symbol,
        "states": {iso3: {tongue: name_in(one, tongue) for tongue in tongues} for iso3, one in states.items()},
        "organizations": names_by_language(organizations_in(version)),
    }


def tongues_of(meeting: Meeting) -> list[str]:
    """The languages that the list is printed in: those of the meeting."""
    return list(dict.fromkeys(meeting.languages or ["en"]))
