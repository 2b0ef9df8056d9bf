"""Tables for a spreadsheet, as CSV and XLSX. No cell can become a formula, whatever somebody wrote."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

# What a spreadsheet takes for the start of a formula, in every width (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
MARK = "\ufeff"  # without it a spreadsheet reads UTF-8 as something older


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
