"""What each row of a file of guests would do, and what it does; and how that is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.tables.reading import cell_name
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.imports.columns import EMAIL, REPRESENTS
from eventapp.registration.imports.guests.forms import GuestRowForm, guest_form
from eventapp.registration.imports.models import (
    ADDED,
    FAULTY,
    GUESTS,
    IMPORTING,
    LEFT,
    NEW,
    TAKEN_BACK,
    Import,
    ImportRow,
)
from eventapp.registration.imports.queries import first_with, registered
from eventapp.registration.imports.typed import Reading, reading_of
from eventapp.registration.invitations.actions import Terms, end_invitation, new_row, refuse_over
from eventapp.registration.invitations.queries import invited_already, registration_by


@dataclass(frozen=True)
class GuestPlan:
    """What a row would do: invite somebody, or nothing, with what is wrong."""

    outcome: str
    form: GuestRowForm
    faults: Sequence[list[str]]


def guest_plans(one: Import, rows: Sequence[ImportRow]) -> list[GuestPlan]:
    """What these rows would do by who is registered and invited now."""
    read, emails = reading_of(one, rows), [row.email for row in rows]
    people, firsts = registered(one.meeting, emails), first_with(one, emails)
    invited = invited_already(one.meeting, emails)
    plans = []
    for row in rows:
        form = guest_form(read, row.cells)
        faults = [] if form.validate() else faults_of(form, read, row)
        place = cell_name(read.columns[EMAIL], row.number - 1)
        if row.email and firsts[row.email] < row.number:
            cell = cell_name(read.columns[EMAIL], firsts[row.email] - 1)
            faults.append([place, _("The same address stands in %(cell)s.", cell=cell), row.email])
        elif row.email in people:
            there = people[row.email]
            named = {"name": there.record_name, "number": there.reference}
            faults.append([place, _("%(name)s is registered already as %(number)s.", **named), row.email])
        elif row.email in invited:
            faults.append([place, _("Is invited already."), row.email])
        plans.append(GuestPlan(FAULTY if faults else NEW, form, faults))
    return plans


def faults_of(form: GuestRowForm, read: Reading, row: ImportRow) -> list[list[str]]:
    """What is wrong with the row, each as [cell, sentence, what stands there]."""
    words, found = read.words(row.cells), list[list[str]]()
    for name, sentence in form.faults:
        code = REPRESENTS if name == "state" or (name == "organization" and name not in read.columns) else name
        place = read.columns.get(code, read.columns[EMAIL])
        found.append([cell_name(place, row.number - 1), sentence, words.get(code, "")[:60]])
    return found


def invite_rows(one: Import, rows: Sequence[ImportRow], *, at: datetime) -> None:
    """Make an invitation of each of these rows; the worker writes the letters of those that are no drafts.

    Refused once registration is over, and for the first row that cannot be invited any more.
    """
    refuse_over(one.meeting, at)
    by = one.by
    if by is None:
        raise Refused(_("Whoever chose this file is no longer known. Choose the file again."))
    plans = guest_plans(one, rows)
    for row, plan in zip(rows, plans, strict=True):
        if plan.faults:
            raise Refused(plan.faults[0][1])
        form, skips = plan.form, bool(one.terms.get("skips_approval"))
        terms = Terms(form.categories[form.category.data], skips, form.language.data)
        facts = {name: form[name].data or "" for name in ("given_name", "family_name", "organization")}
        is_draft = one.terms.get("send") != "now"
        place = {"email": row.email, "country": form.state.data or "", "is_draft": is_draft}
        row.invitation = new_row(one.meeting, terms, by=by, at=at, **facts, **place)
        row.outcome, row.cells = ADDED, []
    db.session.flush()


def send_later(meeting: Meeting) -> None:
    """Let guests who are still to be imported be drafts too."""
    query = select(Import).where(Import.meeting_id == meeting.id, Import.kind == GUESTS, Import.state == IMPORTING)
    for one in db.session.scalars(query.with_for_update()):
        one.terms = {**one.terms, "send": "later"}


def take_back_guest(row: ImportRow, *, by: Person | None, at: datetime) -> None:
    """End the invitation that the row made; whoever has registered by it, or has declined, stays."""
    invitation = row.invitation
    if invitation is None:  # else the row would be taken up again and again
        row.outcome, row.faults = LEFT, [["", _("Was deleted: the days for invitations are over."), ""]]
        return
    if by is None:
        return
    if registration_by(invitation):
        row.outcome, row.faults = LEFT, [["", _("Has registered."), invitation.email]]
        return
    end_invitation(invitation, by=by, at=at)
    row.outcome = TAKEN_BACK
