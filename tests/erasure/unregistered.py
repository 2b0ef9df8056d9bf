"""Somebody without a registration, in each place that may know such a person: every place has a secret of its own."""

from collections.abc import Callable

from sqlalchemy import select

from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Nomination
from eventapp.clearance.models import Reader
from eventapp.commitments.models import FocalPoint
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.ground.tables.writing import csv_of, xlsx_of
from eventapp.history.actions import record
from eventapp.mail.failing.models import FailingAddress
from eventapp.meetings.models import ORGANIZER, Meeting, Staff
from eventapp.people.models import Person, SignIn, SignInRequest
from eventapp.people.queries import person_at
from eventapp.people.second_factor.models import Passkey
from eventapp.registration.imports.models import CHECKED, CHOOSING, GUESTS, NEW, Import, ImportFile, ImportRow
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import DelegationFocalPoint
from eventapp.review.reports.models import Comment, Paragraph
from tests import make, make_practices, make_record, make_review
from tests.erasure.planting import EMAIL, NAME, secret
from tests.make_mail import letter

TIMES = {"asked_at": make.TODAY, "expires_at": make.TODAY}


def invitation(meeting: Meeting) -> None:
    guest = {"given_name": "Zenobia", "family_name": "Quartermain", "email": EMAIL, "organization": secret()}
    number = make.registration(meeting).category_id
    facts = {"meeting_id": meeting.id, "category_id": number, "skips_approval": False, "invited_at": make.TODAY}
    one = make.kept(Invitation(**facts, **guest))
    letter(EMAIL, to_name=NAME, about=f"registration_invitation:{one.id}", meeting_id=meeting.id, text=secret())


def file_of_guests(meeting: Meeting) -> None:
    """A file that was chosen, as CSV and as a workbook: its rows were not read yet."""
    heads, rows = ["Family name", "Email", "Words"], [["Quartermain", EMAIL.upper(), secret()], ["Byron", "", NAME]]
    for content in (csv_of(heads, rows), xlsx_of("Guests", heads, rows)):
        one = waiting(meeting, CHOOSING, example=rows)
        make.kept(ImportFile(import_id=one.id, content=content))


def row_of_guests(meeting: Meeting) -> None:
    """A file that was checked, and waits to be imported."""
    one = waiting(meeting, CHECKED, many=1)
    row = {"number": 2, "outcome": NEW, "email": EMAIL, "cells": ["Quartermain", EMAIL, secret()]}
    make.kept(ImportRow(import_id=one.id, **row))


def waiting(meeting: Meeting, state: str, **facts: object) -> Import:
    file = {"language": "en", "given_name": "guests.csv", "heads": ["Family name", "Email", "Words"], "kind": GUESTS}
    row = {"meeting_id": meeting.id, "at": make.TODAY, "example": [], "columns": [], "state": state, **file, **facts}
    return make.kept(Import(**row))


def reader(meeting: Meeting) -> None:
    report = make_review.report(meeting)
    make.kept(Reader(report_id=report.id, name=NAME, email=EMAIL, **TIMES))


def contact_of_a_card(meeting: Meeting) -> None:
    make_practices.sent(make.session(meeting), contact_name=NAME, contact_email=EMAIL)


def presenter(meeting: Meeting) -> None:
    make_practices.invited(make.session(meeting), name=NAME, email=EMAIL)


def part_without_address(meeting: Meeting) -> None:
    """A speaker whom the programme names with a title, in another order and script."""
    words = {"name_own": "Zénobie Quartermain", "position_held": secret(), "guid": secret()}
    make.role(make.session(meeting), name="Dr. QUARTERMAIN, Zenobia", **words)


def nominee(meeting: Meeting) -> None:
    one = Nomination("Ms. Zenobia QUARTERMAIN", "Bhutan", "government")
    make.kept(Nominee(meeting_id=meeting.id, key=one.key, added_at=make.TODAY, **vars(one)))


def focal_point(meeting: Meeting) -> None:
    """One who was ended: before that it is an office."""
    times = {"invited_at": make.TODAY, "ended_at": make.TODAY}
    delegation, person = make.delegation(meeting), known()
    make.kept(DelegationFocalPoint(delegation_id=delegation.id, person_id=person.id, name=NAME, **times))
    with transaction():
        record("invited a focal point", delegation, by=None, at=make.TODAY, name=NAME, email=EMAIL)


def commitment(meeting: Meeting) -> None:
    note = make_record.note(make.session(meeting), f"{NAME} sees to it.")
    make.kept(FocalPoint(note_id=note.id, person_id=known().id, named_at=make.TODAY))


def letters(meeting: Meeting) -> None:
    letter(EMAIL, to_name=NAME, meeting_id=meeting.id, subject=secret(), text=secret())
    make.kept(FailingAddress(address=EMAIL, failed_at=make.TODAY, reason=secret()))
    make.kept(SignInRequest(email=EMAIL, link_hash="2" * 64, code_hash="3" * 64, **TIMES))


def account(meeting: Meeting) -> None:
    """Somebody who organized, and comments on a draft; the role has ended."""
    person = known()
    make.kept(
        Staff(meeting_id=meeting.id, person_id=person.id, role=ORGANIZER, granted_at=make.TODAY, ended_at=make.TODAY)
    )
    times = {"signed_in_at": make.TODAY, "last_seen_at": make.TODAY}
    make.kept(SignIn(person_id=person.id, secret_hash="1" * 64, browser=secret(), **times))
    key = {"credential": "c" * 43, "public_key": b"k", "sign_count": 0, "added_at": make.TODAY}
    make.kept(Passkey(person_id=person.id, name=secret(), **key))
    dates = {"created_at": make.TODAY, "updated_at": make.TODAY}
    make.kept(Draft(person_id=person.id, kind="note", scope_id=1, content={"text": secret()}, **dates))
    report = make_review.report(meeting, name="comments")
    make_review.fill(report, chapters=1, paragraphs=1)
    number = db.session.scalars(select(Paragraph.id).where(Paragraph.text.startswith("Words 0"))).one()
    make.kept(Comment(paragraph_id=number, by_id=person.id, text=f"Signed, {NAME}", at=make.TODAY))
    with transaction():
        record("commented", meeting, by=person, at=make.TODAY, words=NAME)


def known() -> Person:
    return person_at(EMAIL) or make.person(NAME, EMAIL)


PLACES: dict[str, Callable[[Meeting], None]] = {
    "invitations": invitation,
    "files": file_of_guests,
    "rows": row_of_guests,
    "readers": reader,
    "contacts": contact_of_a_card,
    "cards": presenter,
    "focal points": focal_point,
    "commitments": commitment,
    "letters": letters,
    "acts": account,
}
BY_NAME: dict[str, Callable[[Meeting], None]] = {"parts": part_without_address, "nominees": nominee}
