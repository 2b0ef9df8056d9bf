"""Lists of registrations for a spreadsheet, as CSV and XLSX. No cell can become a formula, whatever somebody wrote."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.registration.application import in_words
from eventapp.registration.lists.answer_columns import Beside
from eventapp.registration.lists.columns import COLUMNS
from eventapp.registration.lists.listing import ACCEPTED, MISSING, RECEIVED, Row
from eventapp.registration.models import (
    APPROVED,
    DECLINED,
    LAPSED,
    PENDING,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    Registration,
)

# What a spreadsheet takes for the start of a formula, in every width (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
MARK = "\ufeff"  # without it a spreadsheet reads UTF-8 as something older
STATES = {
    UNCONFIRMED: _l("Not confirmed"),
    PENDING: _l("To check"),
    WAITING: _l("Waiting"),
    APPROVED: _l("Approved"),
    DECLINED: _l("Refused"),
    WITHDRAWN: _l("Withdrawn"),
    LAPSED: _l("Lapsed"),
}
LETTERS = {MISSING: _l("Missing"), RECEIVED: _l("Received"), ACCEPTED: _l("Accepted")}


def cells(rows: Iterable[Row], columns: Iterable[str], beside: Beside) -> list[list[str]]:
    """One line for each registration, as text."""
    names = list(columns)
    return [[cell(row, name, beside) for name in names] for row in rows]


def cell(row: Row, name: str, beside: Beside) -> str:
    """What this column says of a registration."""
    found = FACTS.get(name)
    if name == "tags":
        return ", ".join(tag.name for tag in beside.tags.get(row.registration.id, ()))
    if name not in COLUMNS:
        return beside.answers.get(row.registration.id, {}).get(name, "")
    return found(row) if found else answer(row.registration, name)


def state_of(row: Row) -> str:
    """The state as the list on the page has it."""
    if row.registration.is_nominated:
        return _("Nominated, not confirmed")
    return _("Changed after approval") if row.is_changed else str(STATES[row.registration.state])


def answer(one: Registration, name: str) -> str:
    value = one.delegation.name if name == "delegation" else getattr(one, name)
    return in_words(name, value, {})


def written(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


FACTS: Mapping[str, Callable[[Row], str]] = {  # the columns that are no answer of the form
    "number": lambda row: row.registration.reference,
    "state": state_of,
    "category": lambda row: worded(row.registration.category, "name"),
    "email": lambda row: row.registration.person.email if row.registration.person.has_address else "",
    "letter": lambda row: str(LETTERS.get(row.letter, "")),
    "sent": lambda row: written(row.registration.asked_at),
    "approved": lambda row: written(row.registration.approved_at),
}


def csv_of(head: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV (RFC 4180), UTF-8 with its mark."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return (MARK + out.getvalue()).encode()


def xlsx_of(title: str, head: Sequence[str], lines: Iterable[Sequence[str]], *, right_to_left: bool = False) -> bytes:
    """The table as a workbook of one sheet, every cell as text, its head kept in view."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(sheet_name(title))
        if right_to_left:
            sheet.right_to_left()
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, head, bold)
        for number, line in enumerate(lines, start=1):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, 18)
    return out.getvalue()


def harmless(cell: str) -> str:
    """The same words behind an apostrophe where a spreadsheet would calculate them."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA) else cell


def as_written(cell: str) -> str:
    """The words of a cell without the apostrophe that `harmless` set before them."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def sheet_name(title: str) -> str:
    """At most 31 characters, none of those that a workbook refuses."""
    return "".join(" " if character in "[]:*?/\\'" else character for character in title)[:31].strip() or "List"
