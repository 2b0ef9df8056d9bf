"""JSON Schema (draft 2020-12) of dataclasses that `eventapp.ground.exact` writes and reads."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import MappingProxyType, UnionType
from typing import cast, get_args, get_origin, get_type_hints

from eventapp.ground.exact import Dataclass, sometimes

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Mapping[object, dict[str, object]] = MappingProxyType(
    {
        str: {"type": "string"},
        int: {"type": "integer"},
        bool: {"type": "boolean"},
        date: {"type": "string", "format": "date"},
        datetime: {"type": "string", "format": "date-time"},
        dict: {"type": "object"},
    }
)


def schema_of(kind: object, known: dict[str, object]) -> dict[str, object]:
    """Return the schema of a kind of value; that of each record in it is put into `known`, by its name."""
    if is_dataclass(kind):
        record = cast("type[Dataclass]", kind)  # the class, not one of its values
        name = record.__name__
        if name not in known:
            known[name] = {}  # so that a record in itself ends
            known[name] = _record(record, known)
        return {"$ref": f"#/$defs/{name}"}
    if isinstance(kind, UnionType):
        return {"anyOf": [schema_of(get_args(kind)[0], known), {"type": "null"}]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0], known)}
    return dict(PLAIN[get_origin(kind) or kind])


def _record(kind: type[Dataclass], known: dict[str, object]) -> dict[str, object]:
    hints, left_out = get_type_hints(kind), sometimes(kind)
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "properties": {one.name: schema_of(hints[one.name], known) for one in fields(kind)},
        "required": [one.name for one in fields(kind) if one.name not in left_out],
        "additionalProperties": False,
    }
