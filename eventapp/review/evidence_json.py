"""A report as JSON: the whole text with its evidence, in a form that other programs can rely on.

The form is described in `docs/report-format.md`. The bytes of a version never change, so their SHA-256,
which the published page shows, proves that a copy is the report.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast, get_args, get_origin, get_type_hints

from eventapp.review.content import Report

SCHEMA = "eventapp.report"
SCHEMA_VERSION = 1
SOMETIMES = {"letter", "translations"}  # there only where they say something, so that older files stay as they are


class UnreadableError(ValueError):
    """What was read is not a report of this schema; the message says where it differs."""


def to_json(report: Report) -> bytes:
    """Return the report as UTF-8 JSON; the same report is always the same bytes."""
    text = json.dumps(to_dict(report), ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def from_json(content: bytes | str) -> Report:
    """Return the report that `to_json` wrote; raise UnreadableError if it is not one."""
    return from_dict(json.loads(content))


def digest(content: bytes) -> str:
    """Return the SHA-256 of a written report, in hexadecimal."""
    return sha256(content).hexdigest()


def to_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain lists, mappings, texts and numbers, under the schema's name."""
    return {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, "report": _plain(report)}


def from_dict(written: Mapping[str, Any]) -> Report:
    """Return the report that `to_dict` wrote; raise UnreadableError if it is not one."""
    if (written.get("schema"), written.get("schema_version")) != (SCHEMA, SCHEMA_VERSION):
        raise UnreadableError(f"This is not version {SCHEMA_VERSION} of {SCHEMA}.")
    return cast("Report", _value(Report, written.get("report"), "report"))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in SOMETIMES or getattr(value, field.name)
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _value(kind: Any, raw: Any, where: str) -> Any:
    if is_dataclass(kind):
        return _record(cast("type[Any]", kind), raw, where)
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind)[0], raw, where)
    if kind is date:
        return _day(raw, where)
    if type(raw) is not kind:
        raise UnreadableError(f"{where} must be {kind.__name__}.")
    return raw


def _record(kind: type[Any], raw: Any, where: str) -> Any:
    hints = get_type_hints(kind)
    if not isinstance(raw, dict) or set(raw) | SOMETIMES != set(hints) | SOMETIMES:
        raise UnreadableError(f"{where} must hold exactly: {', '.join(hints)}.")
    return kind(**{name: _value(hint, raw[name], f"{where}.{name}") for name, hint in hints.items() if name in raw})


def _sequence(kind: Any, raw: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise UnreadableError(f"{where} must be a list.")
    return tuple(_value(kind, one, f"{where}[{place}]") for place, one in enumerate(raw))


def _day(raw: Any, where: str) -> date:
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise UnreadableError(f"{where} must be a day such as 2016-10-04.") from None
