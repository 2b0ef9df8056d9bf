"""Values as JSON and back, exactly: a dataclass is its schema, and what is read holds each member and nothing else."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType, UnionType
from typing import Any, ClassVar, Protocol, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Dataclass(Protocol):
    """An instance of a dataclass, as fields() takes it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]  # as typeshed has it


SOMETIMES: Mapping[str, bool] = MappingProxyType(
    {"sometimes": True}
)  # of a field that is written only where it says something


class UnreadableError(ValueError):
    """What was read is not of this schema; the message says where it differs."""


def to_plain(value: object) -> object:
    """Return a value as plain lists, mappings, texts and numbers. Times are written in UTC."""
    if is_dataclass(value):
        return {
            field.name: to_plain(getattr(value, field.name))
            for field in fields(value)
            if not field.metadata.get("sometimes") or getattr(value, field.name)
        }
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def read(kind: type[T], raw: object, where: str) -> T:
    """Return the value that `plain` wrote; raise UnreadableError, with the place, if it is not one."""
    return cast("T", _value(kind, raw, where))


def sometimes(kind: type[Dataclass]) -> set[str]:
    """Return the members of this record that are left out where they say nothing."""
    return {field.name for field in fields(kind) if field.metadata.get("sometimes")}


def _value(kind: object, raw: object, where: str) -> object:
    if is_dataclass(kind):
        return _record(cast("type[Dataclass]", kind), raw, where)
    if isinstance(kind, UnionType):
        return None if raw is None else _value(get_args(kind)[0], raw, where)
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind)[0], raw, where)
    if kind in (date, datetime):
        return _day(raw, where) if kind is date else _moment(raw, where)
    if type(raw) is not (get_origin(kind) or kind):
        name = getattr(kind, "__name__", kind)
        raise UnreadableError(f"{where} must be {name}.")
    return raw


def _record(kind: type[Dataclass], raw: object, where: str) -> object:
    hints, optional = get_type_hints(kind), sometimes(kind)
    if not isinstance(raw, dict) or set(raw) | optional != set(hints) | optional:
        raise UnreadableError(f"{where} must hold exactly: {', '.join(hints)}.")
    return kind(**{name: _value(hint, raw[name], f"{where}.{name}") for name, hint in hints.items() if name in raw})


def _sequence(kind: object, raw: object, where: str) -> tuple[object, ...]:
    if not isinstance(raw, list):
        raise UnreadableError(f"{where} must be a list.")
    return tuple(_value(kind, one, f"{where}[{place}]") for place, one in enumerate(raw))


def _day(raw: object, where: str) -> date:
    if isinstance(raw, str):
        with suppress(ValueError):
            return date.fromisoformat(raw)
    raise UnreadableError(f"{where} must be a day such as 2016-10-04.")


def _moment(raw: object, where: str) -> datetime:
    if isinstance(raw, str):
        with suppress(ValueError):
            found = datetime.fromisoformat(raw)
            if found.tzinfo is not None:
                return found
    raise UnreadableError(f"{where} must be a time with its zone, such as 2016-10-04T02:00:00+00:00.")
