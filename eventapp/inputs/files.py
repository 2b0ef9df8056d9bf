"""The document of an input: what it is says its content, never its name; looked into, and served only as a download.

A word processor's file is a zip of XML. It is opened within limits, each part checked against its sum, macros and
declarations of entities are refused; nothing of it is ever shown as a page.
"""

import zipfile
from hashlib import sha256
from io import BytesIO
from xml.parsers import expat

from flask import Response
from werkzeug.datastructures import FileStorage

from eventapp.ground.text.i18n import _
from eventapp.ground.web.downloads import download
from eventapp.ground.web.uploads import Unfit
from eventapp.inputs.models import Input, InputFile
from eventapp.registration.uploads.reading import MEGABYTE, PDF_HEAD, shown_name, sound_pdf

MOST_BYTES = 8 * MEGABYTE
MOST_UNPACKED, MOST_PARTS = 60 * MEGABYTE, 2000
MOST_WORDS = 30 * MEGABYTE  # of XML in the part that holds the text
ZIP_HEAD = b"PK\x03\x04"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
EXTENSIONS = {PDF: "pdf", DOCX: "docx", ODT: "odt"}
TEXTS = {DOCX: "word/document.xml", ODT: "content.xml"}
BROKEN = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, expat.ExpatError)


def read(sent: FileStorage) -> InputFile:
    """The document that was sent, looked into. Raises Unfit."""
    content = sent.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unfit(_("Choose a file of %(most)s MB or less.", most=MOST_BYTES // MEGABYTE))
    return InputFile(
        content_type=kind_of(content),
        content=content,
        sha256=sha256(content).hexdigest(),
        given_name=shown_name(sent.filename or ""),
    )


def kind_of(content: bytes) -> str:
    """What this document is, by what is in it. Raises Unfit."""
    if content.startswith(PDF_HEAD):
        sound_pdf(content)
        return PDF
    if not content.startswith(ZIP_HEAD):
        raise Unfit(_("Choose a PDF, a DOCX or an ODT. This file is none of them, whatever its name says."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return kind_in(packed)
    except BROKEN:
        raise Unfit(_("This document cannot be read. Save it again and choose the new file.")) from None


def kind_in(packed: zipfile.ZipFile) -> str:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unfit(_("This document unpacks to more than we can hold. Save it with smaller pictures."))
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise Unfit(_("This document has macros in it. Save it without them."))
    if "mimetype" in names and packed.read("mimetype").strip() == ODT.encode() and TEXTS[ODT] in names:
        kind = ODT
    elif {"[Content_Types].xml", TEXTS[DOCX]} <= names:
        kind = DOCX
    else:
        raise Unfit(_("Choose a PDF, a DOCX or an ODT. This file is none of them, whatever its name says."))
    read_through(packed, TEXTS[kind])
    return kind


def read_through(packed: zipfile.ZipFile, name: str) -> None:
    """Parse the part that holds the text, and let every other prove its sum; what declares entities is refused."""
    if packed.getinfo(name).file_size > MOST_WORDS:
        raise Unfit(_("This document unpacks to more than we can hold. Save it with smaller pictures."))
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.Parse(packed.read(name), True)  # noqa: FBT003 -- how expat is told that this is all
    if packed.testzip() is not None:
        raise zipfile.BadZipFile(name)


def refuse(*_declared: object) -> None:
    raise ValueError("a document of a word processor declares nothing")


def served(file: InputFile, written: Input) -> Response:
    """The document as a download that no browser runs: by its true type, in a sandbox, kept by nobody."""
    name = f"{written.meeting.slug}-{written.reference}.{EXTENSIONS[file.content_type]}"
    return download(name, file.content_type, file.content, foreign=True)
