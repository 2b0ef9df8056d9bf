"""Values as JSON and back, exactly: a dataclass is its schema, and what is read holds each member and nothing else."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
SOMETIMES: Mapping[str, bool] = MappingProxyType(
    {"sometimes": True}
)  # of a field that is written only where it says something


class UnreadableError(ValueError):
    """What was read is not of this schema; the message says where it differs."""


def plain(value: Any) -> Any:
    """Return a value as plain lists, mappings, texts and numbers. Times are written in UTC."""
    if is_dataclass(value):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if not field.metadata.get("sometimes") or getattr(value, field.name)
        }
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def read(kind: type[T], raw: Any, where: str) -> T:
    """Return the value that `plain` wrote; raise UnreadableError, with the place, if it is not one."""
    return cast("T", _value(kind, raw, where))


def sometimes(kind: type[Any]) -> set[str]:
    """Return the members of this record that are left out where they say nothing."""
    return {field.name for field in fields(kind) if field.metadata.get("sometimes")}


def _value(kind: Any, raw: Any, where: str) -> Any:
    if is_dataclass(kind):
        return _record(cast("type[Any]", kind), raw, where)
    if isinstance(kind, UnionType):
        return None if raw is None else _value(get_args(kind)[0], raw, where)
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind)[0], raw, where)
    if kind in (date, datetime):
        return _day(raw, where) if kind is date else _moment(raw, where)
    if type(raw) is not (get_origin(kind) or kind):
        raise UnreadableError(f"{where} must be {kind.__name__}.")
    return raw


def _record(kind: type[Any], raw: Any, where: str) -> Any:
    hints, optional = get_type_hints(kind), sometimes(kind)
    if not isinstance(raw, dict) or set(raw) | optional != set(hints) | optional:
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


def _moment(raw: Any, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(raw)
    except (TypeError, ValueError):
        found = None
    if found is None or found.tzinfo is None:
        raise UnreadableError(f"{where} must be a time with its zone, such as 2016-10-04T02:00:00+00:00.")
    return found
