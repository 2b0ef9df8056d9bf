"""Files that people send us: the only room that reads them, and what it makes of them.

A file is what its first bytes say, never what it is called. Pictures are decoded only when their header says that they
are of a size we can hold, and drawn anew, so that nothing rides along: no place where it was taken, no second file.
"""

import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from threading import Semaphore
from typing import TYPE_CHECKING

from flask import Response, abort
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import ServiceUnavailable

from eventapp.drafts.held.fields import HoldsFiles, held_for
from eventapp.drafts.held.queries import Held
from eventapp.ground.tables.formats import DOCX, PDF
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import clean, fault_in
from eventapp.ground.web.downloads import download
from eventapp.ground.web.uploads import Unfit, uploaded
from eventapp.registration.answers.sealed import content_of
from eventapp.registration.models import LETTER, PHOTO, Registration, Upload
from eventapp.registration.photographs.cutting import FACE_AT, LONGEST_SIDE, Standard, cut

if TYPE_CHECKING:
    from PIL import Image

MEGABYTE = 1024 * 1024
MOST_BYTES = {PHOTO: 6 * MEGABYTE, LETTER: 5 * MEGABYTE}
MOST_MEGAPIXELS = {"PNG": 25, "JPEG": 25, "WEBP": 12}  # to decode one pixel of a WebP takes 16 bytes, of a PNG 4
STRIP = 64  # rows of the smaller picture that are made at once
PORTRAIT = (210, 270)  # of the small picture on a badge: 27 mm at 200 dots an inch
PORTRAIT_BYTES = 10_000  # at most, so that a file of 3,000 badges stays under 40 MB
LARGEST_SIDE = {PHOTO: 2 * LONGEST_SIDE, LETTER: 2500}  # a photograph is cut and made smaller after that
PICTURES = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
FORMATS = {PHOTO: ("PNG", "JPEG", "WEBP"), LETTER: ("PNG", "JPEG")}
PDF_HEAD, PDF_END = b"%PDF-", b"%%EOF"
PDF_END_WITHIN = 2048
EXTENSIONS = {"image/jpeg": "jpg", PDF: "pdf", DOCX: "docx"}
LONGEST_NAME = 200
# What Pillow raises on a broken picture, by its decoder.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, struct.error)
SEE_THROUGH = ("RGBA", "LA", "P", "PA")
AT_A_TIME = Semaphore(1)  # pictures that one process decodes: a hundred kilobytes may become a hundred megabytes
LINE = Semaphore(8)  # threads that decode or wait for their turn: the others go on answering
SECONDS_IN_LINE = 5


def received(form: HoldsFiles, standard: Standard, *, at: datetime) -> list[Upload]:
    """The files of this form, decoded and checked, or held from its last sending. What is wrong is put on the field.

    A photograph is cut to the standard of the meeting.
    """
    uploads, held = [], held_for(form, MOST_BYTES, at=at)
    for kind in (kind for kind in (LETTER, PHOTO) if kind in form):
        sent = uploaded(kind)
        if sent is None and kind in held:
            uploads.append(copied(kind, held[kind]))
        if sent is None:
            continue
        try:
            uploads.append(taken(kind, sent, standard))
        except Unfit as unfit:
            form[kind].errors = [str(unfit)]
    return uploads


def copied(kind: str, held: Held) -> Upload:
    """A file that was held, as one that came with this sending."""
    facts = {"content_type": held.content_type, "content": held.content, "sha256": held.sha256}
    return Upload(kind=kind, given_name=held.given_name, portrait=portrait_in(kind, held.content), **facts)


def taken(kind: str, sent: FileStorage, standard: Standard | None = None) -> Upload:
    """One file, as we keep it; a photograph cut to the standard, where there is one.

    Unfit where it is too large, of another kind than it may be, or broken.
    """
    most = MOST_BYTES[kind]
    content = sent.stream.read(MOST_BYTES[PHOTO] * 2)
    refuse_large(content, most)
    if kind == LETTER and content.startswith(PDF_HEAD):
        return upload_of(kind, sound_pdf(content), "application/pdf", sent)
    made = drawn_anew(kind, content)
    return upload_of(kind, cut(made, standard) if standard and kind == PHOTO else made, "image/jpeg", sent)


def refuse_large(content: bytes, most: int) -> None:
    """Unfit where this is more than so many bytes."""
    if len(content) > most:
        size = f"{len(content) / MEGABYTE:.1f}"
        raise Unfit(
            _("The file is %(size)s MB. Choose a file of %(most)s MB or less.", size=size, most=most // MEGABYTE)
        )


def upload_of(kind: str, content: bytes, content_type: str, sent: FileStorage) -> Upload:
    return Upload(
        kind=kind,
        content_type=content_type,
        content=content,
        sha256=sha256(content).hexdigest(),
        given_name=shown_name(sent.filename or ""),
        portrait=portrait_in(kind, content),
    )


def portrait_in(kind: str, content: bytes) -> bytes:
    """The small picture for the badge of what is a photograph; b"" of another file."""
    return portrait_of(content) if kind == PHOTO else b""


def portrait_of(content: bytes) -> bytes:
    """The face in a JPEG that we made, as large as a badge shows it, cut to its shape."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content), formats=("JPEG",)) as picture:
        picture.draft("RGB", (2 * PORTRAIT[0], 2 * PORTRAIT[1]))
        face = ImageOps.fit(picture.convert("RGB"), PORTRAIT, centering=FACE_AT)
    for quality in (80, 65, 50, 30, 20):
        out = BytesIO()
        face.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= PORTRAIT_BYTES:
            break
    return out.getvalue()


def shown_name(name: str) -> str:
    """The sender's name for the file, to show and nothing else: never a path."""
    name = clean(name.replace("\\", "/").rsplit("/", 1)[-1])[:LONGEST_NAME]
    return name if name and not fault_in(name) else _("unnamed file")


def sound_pdf(content: bytes) -> bytes:
    if PDF_END not in content[-PDF_END_WITHIN:]:
        raise Unfit(_("This PDF is cut off. Save it again and choose the new file."))
    return content


def drawn_anew(kind: str, content: bytes) -> bytes:
    """The picture as a JPEG of our own making, upright, of a size that we use."""
    if kind == LETTER and content and not is_picture(content, FORMATS[LETTER]):
        raise Unfit(_("Choose a PDF, a PNG or a JPEG. This file is none of them, whatever its name says."))
    return as_jpeg(content, FORMATS[kind], LARGEST_SIDE[kind])


def is_picture(content: bytes, formats: Iterable[str]) -> bool:
    """Whether this begins as a picture in one of these formats does."""
    return any(content.startswith(PICTURES[name]) for name in formats)


def as_jpeg(content: bytes, formats: Iterable[str], side: int) -> bytes:
    """The picture as a JPEG of our own making, upright, its sides no longer than this. Raises Unfit."""
    from PIL import Image

    named = next((name for name in formats if content.startswith(PICTURES[name])), None)
    if not content:
        raise Unfit(_("This file is empty. Choose another one."))
    if named is None:
        raise Unfit(_("Choose a PNG, a JPEG or a WebP picture. This file is none of them, whatever its name says."))
    try:
        return redrawn(content, named, side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(too_many_pixels(named)) from None
    except UNREADABLE:
        raise Unfit(_("This picture cannot be read. Save it again and choose the new file.")) from None


def redrawn(content: bytes, named: str, side: int) -> bytes:
    from PIL import Image, ImageOps

    with in_line(), AT_A_TIME, Image.open(BytesIO(content), formats=(named,)) as picture:
        if picture.width * picture.height > MOST_MEGAPIXELS[named] * 1_000_000:  # from the header, not yet decoded
            raise Unfit(too_many_pixels(named))
        picture.draft("RGB", (side, side))  # a JPEG can be decoded small at once
        plain = on_white(picture, side) if picture.mode in SEE_THROUGH else picture
        plain = plain if plain.mode == "RGB" else plain.convert("RGB")
        plain.thumbnail((side, side))  # before anything makes a second picture of that size
        out = BytesIO()
        on_new_sheet(ImageOps.exif_transpose(plain)).save(out, "JPEG", quality=85, optimize=True)
        return out.getvalue()


@contextmanager
def in_line() -> Iterator[None]:
    """A place among those whose picture is decoded; 503 where too many wait, so that pictures never stop the site."""
    if not LINE.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=SECONDS_IN_LINE)
    try:
        yield
    finally:
        LINE.release()


def on_white(picture: "Image.Image", side: int) -> "Image.Image":
    """What can be seen through, on white, and smaller where twice this side is enough.

    Strip by strip: to convert or shrink the whole takes as much memory again, or twice.
    """
    from PIL import ExifTags, Image

    by, way_up = max(1, max(picture.size) // (2 * side)), ExifTags.Base.Orientation
    sheet = Image.new("RGB", (-(-picture.width // by), -(-picture.height // by)), "white")
    for top in range(0, picture.height, STRIP * by):
        strip = picture.crop((0, top, picture.width, min(top + STRIP * by, picture.height))).convert("RGBA").reduce(by)
        sheet.paste(strip, (0, top // by), strip)
    sheet.getexif()[way_up] = picture.getexif().get(way_up, 1)
    return sheet


def on_new_sheet(picture: "Image.Image") -> "Image.Image":
    """The picture's colours and nothing else: its remarks, profile and place stay behind with the old sheet."""
    from PIL import Image

    sheet = Image.new("RGB", picture.size)
    sheet.paste(picture)
    return sheet


def too_many_pixels(named: str) -> str:
    most = MOST_MEGAPIXELS[named]
    return _("The picture has more than %(most)s million pixels. Choose a smaller one.", most=most)


def served(upload: Upload, registration: Registration) -> Response:
    """The file as a download that no browser runs: by its true type, in a sandbox, kept by nobody.

    404 for one that was deleted after the meeting; refused for one that no key opens.
    """
    if not upload.has_content:
        abort(404)
    name = f"{registration.reference}-{upload.kind}.{EXTENSIONS[upload.content_type]}"
    return download(name, upload.content_type, content_of(upload), foreign=True)
