"""A table as rows of cells, however it was saved: CSV or XLSX, UTF-8 or UTF-16, commas or semicolons."""

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO

from eventapp.ground.tables.formats import XLSX
from eventapp.ground.tables.packed import ZIP_HEAD, kind_of_zip
from eventapp.ground.text.csv_file import Unreadable, rows_of, text_of
from eventapp.ground.text.i18n import _
from eventapp.ground.web.uploads import Unfit

MOST_ROWS, MOST_COLUMNS = 1000, 50  # what is looked at of a sheet: most of it may be empty
NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LETTERS = 26
YES_WORDS = ("yes", "y", "true", "1", "x", "✓", "oui", "نعم")
NO_WORDS = ("no", "n", "false", "0", "non", "لا")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, and where: E3, or "" for the whole file."""

    cell: str
    sentence: str


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, the head first, and what of it is no plain text."""

    rows: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...] = ()

    @property
    def text(self) -> str:
        """The same as CSV, every cell where it was: it travels with the page that shows what is in it."""
        out = StringIO()
        csv.writer(out).writerows(self.rows)
        return out.getvalue()


def read_sheet(content: bytes, *, most: int = MOST_ROWS) -> Sheet:
    """The rows of this file, `most` at most. Where it cannot be read, the one fault says what to do."""
    found = read_head(content, most=most + 1)
    if len(found.rows) > most:
        return Sheet((), (Fault("", _("This sheet has more than %(most)s rows.", most=most)),))
    return found


def read_head(content: bytes, *, most: int) -> Sheet:
    """The same of a file that may go on: its first rows."""
    try:
        if content.startswith(ZIP_HEAD):
            return _workbook(content, most)
        return Sheet(tuple(map(tuple, rows_of(_text(content), most=most))))
    except (Unreadable, Unfit) as fault:
        return Sheet((), (Fault("", str(fault)),))


def cell_name(column: int, row: int) -> str:
    """What a spreadsheet calls the cell, both counted from 0: E3."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _text(content: bytes) -> str:
    if content.startswith(NO_TEXT) or (b"\0" in content and not content.startswith(UTF_16)):
        raise Unreadable(_("This is neither CSV nor XLSX. In the spreadsheet, save it as XLSX or as “CSV UTF-8”."))
    if not content.startswith(UTF_16):
        return text_of(content)
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError:
        raise Unreadable(_("This file is not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.")) from None


def _workbook(content: bytes, most: int) -> Sheet:
    """The first sheet; a cell that calculates is a fault, for nobody has seen what it says."""
    from openpyxl import load_workbook

    if kind_of_zip(content) != XLSX:  # unpacked within limits, no macros, no entities
        raise Unfit(_("This is neither CSV nor XLSX. In the spreadsheet, save it as XLSX or as “CSV UTF-8”."))
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        cells = list(sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError) as broken:
        raise Unfit(_("This workbook cannot be read. Save it again, or as “CSV UTF-8”.")) from broken
    formula = _("This is a formula. Write the words themselves.")
    faults = tuple(
        Fault(cell_name(place, number), formula)
        for number, row in enumerate(cells)
        for place, cell in enumerate(row)
        if cell.data_type == "f"
    )
    rows = [tuple("" if cell.value is None else str(cell.value) for cell in row) for row in cells]
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(tuple(rows), faults)
