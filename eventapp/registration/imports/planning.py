"""What each row of a file would do, found in the same way in the dry run and in the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db.types import Record
from eventapp.ground.tables.reading import cell_name, read_sheet
from eventapp.ground.text.i18n import _
from eventapp.people.addresses import address_of
from eventapp.registration.answers.queries import EVERY_STAGE, given
from eventapp.registration.application import Application, differences
from eventapp.registration.changes.versions import stages_to_correct
from eventapp.registration.imports.columns import EMAIL
from eventapp.registration.imports.forms import application_of, faults_of, form_of
from eventapp.registration.imports.models import CHANGED, FAULTY, NEW, SAME, UNREAD, Import, ImportRow
from eventapp.registration.imports.queries import content_of, first_with, registered, taken_back
from eventapp.registration.imports.typed import Reading
from eventapp.registration.models import DECLINED, LAPSED, WITHDRAWN, Registration
from eventapp.registration.queries import open_amendment

MOST_PEOPLE = 20_000
LONGEST_CELL = 5000


@dataclass(frozen=True)
class Plan:
    """What a row would do to whom; `there` is the registration that it changes or asks anew."""

    outcome: str
    application: Application
    there: Registration | None
    faults: Sequence[list[str]] = ()


def file_rows(one: Import) -> list[Record]:
    """The rows of the file as columns of the table, without empty ones; cells that calculate are said to be wrong."""
    sheet = read_sheet(content_of(one), most=MOST_PEOPLE + 1)
    columns = [str(code) for code in one.columns]
    at_email, width = columns.index(EMAIL), len(columns)
    rows = list[Record]()
    for number, cells in enumerate(sheet.rows[1:], 2):
        words = [cell[:LONGEST_CELL] for cell in cells[:width]]
        if any(cell.strip() for cell in words):
            email = address_of(words[at_email])[:254] if at_email < len(words) else ""
            rows.append(row_of(one, number, UNREAD, email, words))
    for fault in sheet.faults:
        if fault.cell:
            number = int(fault.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            for row in (row for row in rows if row["number"] == number):
                row["outcome"] = FAULTY
                row["faults"].append([fault.cell, fault.sentence, ""])
    return rows


def row_of(one: Import, number: int, outcome: str, email: str, cells: Sequence[str]) -> Record:
    facts = {"import_id": one.id, "number": number, "outcome": outcome, "email": email, "cells": list(cells)}
    return {**facts, "faults": [], "version": 0, "before": {}}


def plans(one: Import, rows: Sequence[ImportRow], read: Reading, *, at: datetime) -> list[Plan]:
    """What these rows would do by what is on record now."""
    emails = [row.email for row in rows]
    people = registered(one.meeting, emails)
    withdrawn = [each.id for each in people.values() if each.state == WITHDRAWN]
    back = taken_back(withdrawn) if withdrawn else set()
    around = Around(read, people, back, first_with(one, emails))
    return [plan(one, row, around, at=at) for row in rows]


@dataclass(frozen=True)
class Around:
    """What some rows are judged by, looked up for all of them at once."""

    read: Reading
    people: Mapping[str, Registration]  # by address
    back: set[int]  # whom an undone import left withdrawn
    firsts: Mapping[str, int]  # address → the first row that has it


def plan(one: Import, row: ImportRow, around: Around, *, at: datetime) -> Plan:
    read, there, first = around.read, around.people.get(row.email), around.firsts[row.email]
    state = there.state_now(at) if there else ""
    is_anew = there is None or state == LAPSED or there.id in around.back
    known = None if is_anew else there
    stages = stages_to_correct(known) if known else EVERY_STAGE
    form = form_of(one, read, row.cells, known, stages)
    is_sound = form.validate()
    application = application_of(form, read) if is_sound else None
    faults = [] if is_sound else faults_of(form, read, row.cells, row.number)
    place = cell_name(read.columns[EMAIL], row.number - 1)
    if row.email and first < row.number:
        cell = cell_name(read.columns[EMAIL], first - 1)
        faults.append([place, _("The same address stands in %(cell)s.", cell=cell), row.email])
    if known and state in (DECLINED, WITHDRAWN):
        named = {"name": known.record_name, "number": known.reference}
        faults.append([place, _("%(name)s is registered as %(number)s and not active.", **named), row.email])
    if application is None or faults:
        return Plan(FAULTY, application or NOBODY, there, faults)
    if known is None:
        return Plan(NEW, application, there)
    if one.terms.get("there") == "leave" or not is_changed(known, application, stages):
        return Plan(SAME, application, known)
    if open_amendment(known):
        waits = _("A change that the person asked for waits. Approve or refuse it first.")
        return Plan(FAULTY, application, known, [[place, waits, row.email]])
    return Plan(CHANGED, application, known)


NOBODY = Application(email="", category="", given_name="", family_name="", record_name="", delegation="")


def is_changed(there: Registration, application: Application, stages: tuple[str, ...]) -> bool:
    """Whether the file says something otherwise than what is on record."""
    if differences(there, application):
        return True
    sent = application.answers
    if sent is None:
        return False
    stood = given(there, stages=stages)
    return any(sorted(stood.get(code, ())) != sorted(sent.get(code, ())) for code in {*stood, *sent})
