"""What is in the zip of an office program: opened within limits, each part checked against its sum.

Macros and declarations of entities are refused; nothing of it is ever shown as a page.
"""

import zipfile
import zlib
from io import BytesIO
from lzma import LZMAError
from xml.parsers import expat

from eventapp.ground.tables.formats import DOCX, ODP, ODS, ODT, PPTX, XLSX
from eventapp.ground.text.i18n import _
from eventapp.ground.web.uploads import Unfit

MOST_UNPACKED, MOST_PARTS = 60 * 2**20, 2000  # bytes
MOST_WORDS = 30 * 2**20  # bytes of XML in the part that holds the text
ZIP_HEAD = b"PK\x03\x04"
MAIN_PARTS = {DOCX: "word/document.xml", PPTX: "ppt/presentation.xml", XLSX: "xl/workbook.xml"}
TYPES = "[Content_Types].xml"
OPEN_DOCUMENTS = {ODT, ODP, ODS}
MACRO_PLACES = ("basic/", "scripts/", "xl/macrosheets/")
# What opening a damaged zip raises: of the zip itself, of each way to pack a part, of a way that is not known
# (NotImplementedError) or needs a password (RuntimeError), and of the XML in it.
BROKEN = (
    *(zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error, LZMAError),
    *(NotImplementedError, RuntimeError, expat.ExpatError),
)


def kind_of_zip(content: bytes) -> str | None:
    """The media type of the document in this zip, None where it is none that we know. Raises Unfit."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return _kind_in(packed)
    except BROKEN:
        raise Unfit(_("This document cannot be read. Save it again and choose the new file.")) from None


def _kind_in(packed: zipfile.ZipFile) -> str | None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unfit(_("This document unpacks to more than we can hold. Save it with smaller pictures."))
    names = {part.filename for part in parts}
    if any(_is_macro(name.lower()) for name in names):
        raise Unfit(_("This document has macros in it. Save it without them."))
    kind, part = _kind_by_parts(packed, names)
    if kind is None:
        return None
    if kind in MAIN_PARTS and b"macroenabled" in packed.read(TYPES).lower():
        raise Unfit(_("This document has macros in it. Save it without them."))
    _read_through(packed, part)
    return kind


def _is_macro(name: str) -> bool:
    return name.endswith("vbaproject.bin") or name.startswith(MACRO_PLACES)


def _kind_by_parts(packed: zipfile.ZipFile, names: set[str]) -> tuple[str | None, str]:
    """What the parts say it is, and the part that holds the text."""
    if TYPES in names:
        return next(((kind, part) for kind, part in MAIN_PARTS.items() if part in names), (None, ""))
    named = packed.read("mimetype").strip().decode("ascii", "replace") if "mimetype" in names else ""
    return (named, "content.xml") if named in OPEN_DOCUMENTS and "content.xml" in names else (None, "")


def _read_through(packed: zipfile.ZipFile, name: str) -> None:
    """Parse the part that holds the text, and let every other prove its sum; what declares entities is refused."""
    if packed.getinfo(name).file_size > MOST_WORDS:
        raise Unfit(_("This document unpacks to more than we can hold. Save it with smaller pictures."))
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.Parse(packed.read(name), True)  # noqa: FBT003 -- how expat is told that this is all
    if packed.testzip() is not None:
        raise zipfile.BadZipFile(name)


def _refuse(*_declared: object) -> None:
    raise ValueError("a document of an office program declares nothing")
