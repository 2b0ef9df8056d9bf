"""Files that lie, burst or carry something: what is taken of them, and what is not."""

import os
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from io import BytesIO
from threading import Semaphore
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import ServiceUnavailable

from config import ROOT
from eventapp.ground.web.uploads import Unfit
from eventapp.registration.models import LETTER, PHOTO, Upload
from eventapp.registration.photographs.cutting import Standard
from eventapp.registration.uploads import reading as uploads
from eventapp.registration.uploads.reading import MEGABYTE, taken

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#336699").save(out, kind, **more)
    return out.getvalue()


def take(kind: str, content: bytes, name: str = "file") -> Upload:
    return taken(kind, FileStorage(BytesIO(content), filename=name))


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes whose header promises this many pixels."""
    rows = zlib.compress(b"\0" * 1000, 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


MANY_AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from PIL import Image
from bench.badges import held_at_most  # not getrusage: there a child of a large process begins with what that held
from eventapp.registration.uploads import reading
out, most = BytesIO(), held_at_most
sheet = Image.new(sys.argv[1], (5000, 4990))
sheet.save(out, sys.argv[2], **({"compress_level": 1} if sys.argv[2] == "PNG" else {}))
picture, before = out.getvalue(), most()
del out, sheet
if sys.argv[3:]:  # as it was: the whole is converted
    reading.on_white = lambda whole, _side: whole.convert("RGBA").resize((900, 898)).convert("RGB")
with ThreadPoolExecutor(6) as threads:
    list(threads.map(lambda _n: reading.redrawn(picture, sys.argv[2], 900), range(6)))
print(round(most() - before))
"""
MOST_MEGABYTES = 100
HEAP = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "524288"}  # as ./run has it


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("RGB", "JPEG")])
def test_many_large_pictures_at_once_take_the_memory_of_one(mode: str, kind: str) -> None:
    """Six of 25 million pixels took 2.4 GB. One takes 100 MB, whatever colours it has (docs/decisions/0020)."""
    assert megabytes_for(mode, kind) < MOST_MEGABYTES


def test_a_picture_that_is_converted_whole_takes_more() -> None:
    """The control: the test before sees it."""
    assert megabytes_for("RGBA", "PNG", "whole") > MOST_MEGABYTES


def megabytes_for(*words: str) -> int:
    """What six such pictures at once add to a process of its own, which had made one of them before."""
    command = [sys.executable, "-c", MANY_AT_ONCE, *words]
    return int(subprocess.run(command, cwd=ROOT, env={**os.environ, **HEAP}, capture_output=True, check=True).stdout)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photo_is_drawn_anew_as_a_jpeg(app: Flask, kind: str) -> None:
    upload = taken(PHOTO, FileStorage(BytesIO(picture(kind, (2000, 1000))), filename="me.exe"), Standard())

    with Image.open(BytesIO(upload.content)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (700, 900))
    assert (upload.content_type, upload.given_name) == ("image/jpeg", "me.exe")


def test_nothing_rides_along_in_a_photo(app: Flask) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    upload = take(PHOTO, picture("JPEG", exif=exif, comment=b"SECRET COMMENT"))

    assert b"SECRET" not in upload.content

    text = PngInfo()
    text.add_text("note", "SECRET NOTE")
    assert b"SECRET" not in take(PHOTO, picture("PNG", pnginfo=text)).content


def test_a_photo_taken_sideways_stands_upright(app: Flask) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    upload = take(PHOTO, picture("JPEG", (40, 30), exif=exif))

    with Image.open(BytesIO(upload.content)) as seen:
        assert seen.size == (30, 40)


def test_a_second_file_behind_the_picture_is_left_behind(app: Flask) -> None:
    for tail in (b"<script>alert(1)</script>", b"PK\x03\x04 an archive", PDF):
        assert tail[:8] not in take(PHOTO, picture() + tail).content
        assert tail[:8] not in take(LETTER, picture("JPEG") + tail).content


def test_a_webp_has_half_as_many_pixels(app: Flask) -> None:
    assert take(PHOTO, picture("WEBP", (4000, 3000))).content
    with pytest.raises(Unfit, match="12 million pixels"):
        take(PHOTO, picture("WEBP", (4001, 3000)))


@pytest.mark.parametrize("size", [(3, 2), (1801, 1700), (4000, 1), (1, 4000)])
def test_what_can_be_seen_through_lies_on_white(app: Flask, size: tuple[int, int]) -> None:
    """Strip by strip, and no seam, whatever its size."""
    out = BytesIO()
    Image.new("RGBA", size, (0, 0, 0, 51)).save(out, "PNG")
    with Image.open(BytesIO(take(PHOTO, out.getvalue()).content)) as seen:
        darkest, lightest = seen.convert("L").getextrema()
    assert seen.mode == "RGB" and {darkest, lightest} <= set(range(202, 207))


@pytest.mark.parametrize(("width", "height"), [(5001, 5000), (20_000, 20_000), (65_000, 65_000)])
def test_a_bomb_is_refused_by_its_header(app: Flask, width: int, height: int) -> None:
    with pytest.raises(Unfit, match="25 million pixels"):
        take(PHOTO, bomb(width, height))


@pytest.mark.parametrize(
    "content",
    [b"GIF89a....", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", PDF, b"BM" + b"\0" * 60, b"\0" * 100],
)
def test_a_photo_is_a_png_a_jpeg_or_a_webp(app: Flask, content: bytes) -> None:
    with pytest.raises(Unfit, match="none of them"):
        take(PHOTO, content, "photo.png")


@pytest.mark.parametrize(
    "content",
    [
        picture()[:60],
        b"\x89PNG\r\n\x1a\n" + b"junk" * 20,
        b"\xff\xd8\xff" + b"junk" * 20,
        b"RIFF\x10\0\0\0WEBPjunk",
        b"RIFF\x10\0\0\0WAVEjunk",
        bomb(100, 100)[:-20],
    ],
)
def test_a_broken_picture_is_told_so(app: Flask, content: bytes) -> None:
    with pytest.raises(Unfit, match="cannot be read"):
        take(PHOTO, content)


@pytest.mark.parametrize("kind", [PHOTO, LETTER])
def test_a_file_without_a_byte_is_told_to_be_empty(app: Flask, kind: str) -> None:
    with pytest.raises(Unfit, match="This file is empty"):
        take(kind, b"")


def test_a_letter_is_a_pdf_or_a_picture_of_five_megabytes(app: Flask) -> None:
    assert take(LETTER, PDF).content_type == "application/pdf"
    assert take(LETTER, picture("JPEG")).content_type == "image/jpeg"
    with pytest.raises(Unfit, match=r"The file is 7\.2 MB\. Choose a file of 5 MB or less\."):
        take(LETTER, PDF + b" " * int(7.2 * MEGABYTE))
    with pytest.raises(Unfit, match="cut off"):
        take(LETTER, PDF[:30])
    for content in (b"MZ\x90", b"<html>" + PDF, b" " + PDF, picture("WEBP")):
        with pytest.raises(Unfit, match="none of them"):
            take(LETTER, content, "letter.pdf")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\me\note.pdf", "note.pdf"),
        ("\u202egnp.exe", "unnamed file"),
        ("", "unnamed file"),
        ("บันทึก.pdf", "บันทึก.pdf"),
    ],
)
def test_a_name_is_only_for_showing(app: Flask, name: str, shown: str) -> None:
    assert take(LETTER, PDF, name).given_name == shown


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_of_keeping_colours_is_read(app: Flask, mode: str) -> None:
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (20, 20)).save(out, kind)

    assert take(PHOTO, out.getvalue()).content_type == "image/jpeg"


def test_who_finds_too_many_waiting_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LINE", Semaphore(0))

    with pytest.raises(ServiceUnavailable):
        take(PHOTO, picture())


def test_whoever_has_been_served_makes_room_in_the_line(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LINE", Semaphore(1))

    for content in (bomb(9000, 9000), picture()[:200], picture("JPEG")):
        with suppress(Unfit):
            take(PHOTO, content)

    assert take(PHOTO, picture()).content_type == "image/jpeg"
