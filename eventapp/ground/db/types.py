"""What a column may hold, and the Base of every table."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Select, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

Record = dict[str, Any]  # JSON, or columns by their names: values that only a person, an output or a row reads
Query = Select[*tuple[Any, ...]]  # columns of any types


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            message = "A time without a zone cannot be kept."
            raise ValueError(message)
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_mark() -> str:
    """Return what no row had before."""
    return uuid4().hex


def mark_of_a_write() -> MappedColumn[str]:
    """Return a column in which each write to the row leaves what was not there before, by an object or a statement."""
    return mapped_column(String(32), default=new_mark, onupdate=new_mark, server_default="")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[object, object]] = {
        datetime: UtcDateTime,
        Record: JSON,
        list[Any]: JSON,  # lists of lists
        list[Record]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    }
