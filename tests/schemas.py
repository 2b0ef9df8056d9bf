"""As much of JSON Schema as the schemas in docs/schemas use, read strictly: a word it does not know is a fault of ours."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

TYPES: Mapping[str, Any] = {
    "string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None),
}  # fmt: skip
KNOWN = {
    "$schema", "$defs", "title", "description", "type", "properties", "required", "additionalProperties", "items",
    "anyOf", "$ref", "const", "format",
}  # fmt: skip


def faults(value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any], where: str = "$") -> Iterator[str]:
    """Where a value is not what the schema says; `whole` is the schema that its references lead into."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        yield from faults(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole, where)
    elif "anyOf" in schema:
        if all(list(faults(value, one, whole)) for one in schema["anyOf"]):
            yield f"{where}: {value!r} is none of these"
    elif "const" in schema:
        if value != schema["const"]:
            yield f"{where}: {value!r} is not {schema['const']!r}"
    elif type(value) is not TYPES[schema["type"]]:
        yield f"{where}: {value!r} is not {schema['type']}"
    else:
        yield from faults_inside(value, schema, whole, where)


def faults_inside(value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any], where: str) -> Iterator[str]:
    if "format" in schema:
        yield from faults_of_time(value, schema["format"], where)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from faults(one, schema["items"], whole, f"{where}[{place}]")
    elif "properties" in schema:
        yield from (f"{where}.{name} is missing" for name in set(schema["required"]) - set(value))
        for name, one in value.items():
            if name in schema["properties"]:
                yield from faults(one, schema["properties"][name], whole, f"{where}.{name}")
            elif not schema["additionalProperties"]:
                yield f"{where}.{name} is not described"


def faults_of_time(value: str, wanted: str, where: str) -> Iterator[str]:
    try:
        found = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}[wanted](value)
    except ValueError:
        yield f"{where}: {value!r} is no {wanted}"
    else:
        if isinstance(found, datetime) and found.tzinfo is None:
            yield f"{where}: {value!r} has no zone"
