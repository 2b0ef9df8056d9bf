"""The register for a spreadsheet, as CSV. No cell can become a formula, whatever somebody wrote."""

from collections.abc import Iterable
from datetime import datetime

from eventapp.commitments.register import Commitment
from eventapp.ground.text.i18n import _
from eventapp.record.notes.content import DELIVERIES
from eventapp.registration.lists.sheets import csv_of
from eventapp.vocabulary.countries import country


def csv(rows: Iterable[Commitment], *, at: datetime, themes: str = "") -> bytes:
    """One line for each commitment, with what its reader may know; days as 2018-01-31, UTF-8 with its mark.

    `themes` is what action lines and themes of the meetings' own are called together.
    """
    head = [
        _("Meeting"),
        _("Note"),
        _("Commitment"),
        _("Who"),
        _("By when"),
        _("By when, as it was said"),
        _("Status"),
        _("Overdue"),
        themes or _("Action lines"),
        _("Countries"),
    ]
    return csv_of(head, (line_of(row, at) for row in rows))


def line_of(row: Commitment, at: datetime) -> list[str]:
    now = row.note.current
    countries = (country(code) for code in row.countries)
    return [
        row.meeting.slug,
        row.note.reference,
        now.text,
        row.who,
        row.due_on.isoformat() if row.due_on else "",
        row.due_text,
        DELIVERIES[row.status].label,
        _("yes") if row.is_overdue(at) else _("no"),
        " ".join(now.action_lines),
        ", ".join(one.label for one in countries if one),
    ]
