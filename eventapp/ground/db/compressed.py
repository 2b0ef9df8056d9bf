"""A column of JSON whose longest values are kept compressed: to write 47 MB takes too long under the lock.

A value that is compressed stands in a JSON object under one name, beside what a query asks of it by a path. One that is
not is read as it stands, so rows of both kinds live beside each other in one column.
"""

import json
import zlib
from base64 import b64decode, b64encode

from sqlalchemy import JSON, Dialect, TypeDecorator
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

from eventapp.ground.db.types import Record

COMPRESSED = "compressed"  # no value that is kept has a part of this name
LONG = 1_000_000  # characters of JSON: fewer are written in some 5 milliseconds, and can be read in the database


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
