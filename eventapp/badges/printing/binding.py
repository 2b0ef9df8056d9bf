"""Several PDF files from the press bound into one.

It knows what the press writes: plain objects, one classic table of their places, a tree of pages (ISO 32000-1, 7.5).
Objects get new numbers; their streams are copied as they are.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

Part = tuple[Sequence[int], bytes]  # which pages of the whole, counted from nought, and the file that has them

_TREE = 1  # the number of the tree of all pages
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_PAGES = re.compile(rb"/Pages \d+ 0 R")
_PARENT = re.compile(rb"/Parent \d+ 0 R")
_PLACES = re.compile(rb"xref\n0 (\d+)\n")


def bind(parts: Iterable[Part]) -> bytes:
    """All pages of all parts, each in its place, as one PDF; title and language are those of the part that came first.

    Parts may come in any order. Each is let go of once it is written, so that many cost what the file costs.
    """
    coming = iter(parts)
    first = next(coming)
    second = next(coming, None)
    if second is None:
        return first[1]
    book = _Book()
    for pages, pdf in chain((first, second), coming):
        book.add(_read(pdf), pages)
    return book.ended()


@dataclass(frozen=True)
class _Read:
    objects: list[bytes]
    root: int
    about: int
    tree: int
    leaves: list[int]


class _Book:
    """The file as it grows: its first object is the tree of all pages, written when all have come."""

    def __init__(self) -> None:
        self._out = bytearray(_HEADER)
        self._places = [0]
        self._leaves: dict[int, int] = {}
        self._root = self._about = 0

    def add(self, part: _Read, pages: Sequence[int]) -> None:
        below = len(self._places)
        if not self._leaves:
            self._root, self._about = below + part.root, below + part.about
        leaves = set(part.leaves)
        for number, body in enumerate(part.objects, start=1):
            renumbered = b"null" if number == part.tree else _renumbered(body, below)
            if number in leaves:
                renumbered = _PARENT.sub(b"/Parent %d 0 R" % _TREE, renumbered, count=1)
            elif number == part.root:
                renumbered = _PAGES.sub(b"/Pages %d 0 R" % _TREE, renumbered, count=1)
            self._write(below + number, renumbered)
        self._leaves |= {page: below + leaf for page, leaf in zip(pages, part.leaves, strict=True)}

    def ended(self) -> bytes:
        kids = b" ".join(b"%d 0 R" % self._leaves[page] for page in sorted(self._leaves))
        self._write(_TREE, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self._leaves), kids))
        out, start, many = self._out, len(self._out), len(self._places) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % many
        out += b"".join(b"%010d 00000 n \n" % place for place in self._places)
        mark = hashlib.sha256(out).hexdigest()[:32].encode()
        known = (many, self._root, self._about, mark, mark)
        out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\n" % known
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)

    def _write(self, number: int, body: bytes) -> None:
        if number == _TREE:
            self._places[0] = len(self._out)
        else:
            self._places.append(len(self._out))
        self._out += b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _read(pdf: bytes) -> _Read:
    table = _PLACES.search(pdf, pdf.rindex(b"\nxref\n"))
    if table is None:
        raise ValueError("This PDF has no classic table of places.")
    lines = pdf[table.end() :].splitlines()[1 : int(table[1])]
    places = [int(line[:10]) for line in lines]
    ends = dict(pairwise(sorted([*places, table.start()])))
    objects = [_body(pdf[place : ends[place]]) for place in places]
    trailer = pdf[pdf.rindex(b"trailer") :]
    root = _number(rb"/Root (\d+) 0 R", trailer)
    tree = _number(rb"/Pages (\d+) 0 R", objects[root - 1])
    kids = _KIDS.search(objects[tree - 1])
    if kids is None or _number(rb"/Count (\d+)", objects[tree - 1]) != len(leaves := _REFERENCE.findall(kids[1])):
        raise ValueError("The pages of this PDF are not one flat list.")
    return _Read(objects, root, _number(rb"/Info (\d+) 0 R", trailer), tree, [int(leaf) for leaf in leaves])


def _body(whole: bytes) -> bytes:
    return whole[whole.index(b"obj") + 3 : whole.rindex(b"endobj")].strip(b"\r\n")


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"This PDF has no {pattern.decode()}.")
    return int(found[1])


def _renumbered(body: bytes, below: int) -> bytes:
    stream = _STREAM.search(body)
    end = stream.start() if stream else len(body)
    return _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + below), body[:end]) + body[end:]
