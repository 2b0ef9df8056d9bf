"""JSON Schema (draft 2020-12) of dataclasses that `eventapp.exact` writes and reads."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from eventapp.exact import sometimes

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Mapping[Any, dict[str, Any]] = MappingProxyType(
    {
        str: {"type": "string"},
        int: {"type": "integer"},
        bool: {"type": "boolean"},
        date: {"type": "string", "format": "date"},
        datetime: {"type": "string", "format": "date-time"},
        dict: {"type": "object"},
    }
)


def schema_of(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a kind of value; that of each record in it is put into `known`, by its name."""
    if is_dataclass(kind):
        name = kind.__name__  # type: ignore[union-attr]  # it is the class, not one of its values
        if name not in known:
            known[name] = {}  # so that a record in itself ends
            known[name] = _record(kind, known)
        return {"$ref": f"#/$defs/{name}"}
    if isinstance(kind, UnionType):
        return {"anyOf": [schema_of(get_args(kind)[0], known), {"type": "null"}]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0], known)}
    return dict(PLAIN[get_origin(kind) or kind])


def _record(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    hints, left_out = get_type_hints(kind), sometimes(kind)
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "properties": {one.name: schema_of(hints[one.name], known) for one in fields(kind)},
        "required": [one.name for one in fields(kind) if one.name not in left_out],
        "additionalProperties": False,
    }
