"""A file of sessions, whatever it is called: what it is shows in how it begins."""

from zoneinfo import ZoneInfo

from eventapp.agenda.imports.calendar import read_ics
from eventapp.agenda.imports.foreign import MOST_BYTES, ForeignFile, Unfit
from eventapp.agenda.imports.schedule import read_json, read_xml
from eventapp.ground.text.i18n import _

MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(content: bytes, zone: ZoneInfo) -> ForeignFile:
    """The sessions of this file; times without a zone are in this one. Raises Unfit with a sentence."""
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
        return read_json(content, zone)
    return read_ics(content, zone)
