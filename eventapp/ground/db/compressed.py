"""A column of JSON whose longest values are kept compressed: to write 47 MB takes too long under the lock.

A value that is compressed stands in a JSON object under one name, beside what a query asks of it by a path. One that is
not is read as it stands, so rows of both kinds live beside each other in one column.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from threading import Lock

from sqlalchemy import JSON, ColumnElement, Dialect, Engine, TypeDecorator, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

from eventapp.ground.db.types import Record

COMPRESSED = "compressed"  # no value that is kept has a part of this name
LONG = 1_000_000  # characters of JSON: fewer are written in some 5 milliseconds, and can be read in the database
PIECE = (
    1_000_000  # characters that are compressed, read at once: 7 for the longest; a multiple of four, as base64 is cut
)
UNPACKED = 128_000  # bytes of words handed on at once
READING = Lock()  # SQLite holds the whole value three times to cut a piece of it: for one reader at a time, not for ten


class CompressedRecord(TypeDecorator[Record]):
    """JSON that may be what `compressed` wrote: it is read as it was before."""

    impl = JSON
    cache_ok = True

    def coerce_compared_value(self, op: OperatorType | None, value: object) -> TypeEngine[object]:
        """What stands beside the compressed words is asked for by a path, as of any JSON."""
        return self.impl_instance.coerce_compared_value(op, value)

    def process_result_value(self, value: Record | None, dialect: Dialect) -> Record | None:
        if value is None or COMPRESSED not in value:
            return value
        found: Record = json.loads(words_of(value[COMPRESSED]))
        return found


def compressed(written: str, beside: Record) -> str:
    """Return `written`, an object in JSON, as JSON that has it compressed, with what a query asks of it `beside`.

    A short one comes back as it is. Both are for `json_of`, into a column of this type.
    """
    if len(written) < LONG:
        return written
    return json.dumps({**beside, COMPRESSED: b64encode(zlib.compress(written.encode())).decode()})


def words_of(packed: str) -> str:
    """The JSON that `compressed` was given, from what stands under COMPRESSED."""
    return zlib.decompress(b64decode(packed)).decode()


def unpacked(engine: Engine, column: InstrumentedAttribute[Record], row: ColumnElement[bool]) -> Iterator[bytes]:
    """The JSON that `compressed` was given, in UTF-8, a piece at a time; each is asked for when the one before is sent.

    So no reading lasts as long as a download, and nobody holds the whole. The value must not change meanwhile. Nothing
    comes of one that is not compressed; it raises EOFError where the value ends too soon.
    """
    packed, start, words = column[COMPRESSED].as_string(), 1, zlib.decompressobj()
    while not words.eof:
        with READING, engine.connect() as connection:
            part = connection.scalar(select(func.substr(packed, start, PIECE)).where(row))
        if not part:
            if start == 1:
                return
            raise EOFError
        data, start = b64decode(part), start + PIECE
        while data and not words.eof:
            yield words.decompress(data, UNPACKED)
            data = words.unconsumed_tail
