"""A file of sessions, whatever it is called: what it is shows in how it begins."""

from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import MOST_BYTES, MOST_SESSIONS, ForeignFile, Unfit
from eventapp.agenda.imports.programs.calendar import BEGINS, read_ics
from eventapp.agenda.imports.programs.documents import read_json
from eventapp.agenda.imports.programs.schedule import read_xml
from eventapp.ground.tables.reading import Sheet, read_head
from eventapp.ground.text.i18n import _

MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(content: bytes, zone: ZoneInfo) -> ForeignFile | Sheet:
    """The sessions of this file, or the rows of a table; times without a zone are in this one.

    Raises Unfit with a sentence.
    """
    if not content.strip():
        raise Unfit(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise Unfit(_("The file is too large. Choose one of %(most)s MB or less.", most=MOST_BYTES // 1_000_000))
    head = content[:200].replace(b"\0", b"")
    for mark in MARKS:
        head = head.removeprefix(mark)
    if head.lstrip().startswith(b"<"):
        return read_xml(content, zone)
    if head.lstrip().startswith((b"{", b"[")):
        found = read_json(content, zone)
        return checked_table(found) if isinstance(found, Sheet) else found
    if head.lstrip().upper().startswith(BEGINS):
        return read_ics(content, zone)
    return checked_table(read_head(content, most=MOST_SESSIONS + 2))


def checked_table(sheet: Sheet) -> Sheet:
    """The same rows. Raises Unfit where they cannot be read, say nothing, or are too many."""
    whole = [fault.sentence for fault in sheet.faults if not fault.cell]
    if whole:
        raise Unfit(whole[0])
    if len(sheet.rows) > MOST_SESSIONS + 1:
        raise Unfit(_("This file has more than %(most)s sessions. Divide it.", most=f"{MOST_SESSIONS:,}"))
    heads = sum(bool(head.strip()) for head in sheet.rows[0]) if sheet.rows else 0
    if heads < 2 or not any(cell.strip() for row in sheet.rows[1:] for cell in row):  # noqa: PLR2004 -- title and time
        sentence = _("This is no schedule in XML or JSON and no calendar. In a table, the first row names the columns.")
        raise Unfit(sentence)
    return sheet
