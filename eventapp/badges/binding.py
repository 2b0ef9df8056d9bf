"""Several PDF files from the press bound into one.

It knows what the press writes: plain objects, one classic table of their places, a tree of pages (ISO 32000-1, 7.5).
Objects get new numbers; their streams are copied as they are.
"""

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_PLACES = re.compile(rb"xref\n0 (\d+)\n")


def bind(parts: list[bytes]) -> bytes:
    """All pages of all the parts, in order, as one PDF; title and language are the first part's."""
    if len(parts) == 1:
        return parts[0]
    read = [_read(part) for part in parts]
    objects: list[bytes] = []
    trees: list[int] = []
    pages = sum(len(part.objects) for part in read) + 1
    for part in read:
        below = len(objects)
        trees.append(below + part.tree)
        objects += [_renumbered(body, below) for body in part.objects]
        objects[trees[-1] - 1] = objects[trees[-1] - 1].replace(b"<<", b"<</Parent %d 0 R" % pages, 1)
    kids = b" ".join(b"%d 0 R" % tree for tree in trees)
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (sum(part.leaves for part in read), kids))
    root = read[0].root
    objects[root - 1] = re.sub(rb"/Pages \d+ 0 R", b"/Pages %d 0 R" % pages, objects[root - 1])
    return _written(objects, root=root, about=read[0].about)


@dataclass(frozen=True)
class _Part:
    objects: list[bytes]
    root: int
    about: int
    tree: int
    leaves: int


def _read(pdf: bytes) -> _Part:
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
    leaves = _number(rb"/Count (\d+)", objects[tree - 1])
    return _Part(objects, root, _number(rb"/Info (\d+) 0 R", trailer), tree, leaves)


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


def _written(objects: list[bytes], *, root: int, about: int) -> bytes:
    out = bytearray(_HEADER)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    mark = hashlib.sha256(out).hexdigest()[:32].encode()
    out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\n" % (len(objects) + 1, root, about, mark, mark)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
