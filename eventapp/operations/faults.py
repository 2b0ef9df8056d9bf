"""What goes wrong under a command, in one line. What nobody foresaw keeps its traceback."""

import sys
from collections.abc import Sequence
from types import TracebackType

from sqlalchemy.exc import DatabaseError, IntegrityError

from eventapp.ground.db import sqlite
from eventapp.ground.refusal import Refused

OF_ANOTHER_VERSION = ("no such table", "no such column", 'relation "', 'column "')
UPGRADE = ("db", "upgrade")


def print_in_one_line(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """For `sys.excepthook`: one line on standard error where we have one; the command then ends with 1."""
    line = in_a_line(fault, sys.argv[1:])
    if line is None:
        sys.__excepthook__(kind, fault, trace)
    else:
        print(f"Error: {line}", file=sys.stderr)  # noqa: T201 -- there is no page to say it on


def in_a_line(fault: BaseException, command: Sequence[str] = ()) -> str | None:
    """What is wrong with this command, and what to do; None where we do not know."""
    if isinstance(fault, Refused):
        return str(fault)
    if isinstance(fault, OSError) and fault.filename and fault.strerror:
        return f"{fault.filename}: {fault.strerror}."
    if isinstance(fault, DatabaseError) and not isinstance(fault, IntegrityError):
        return of_database(str(fault.orig), command)
    return of_database(str(fault), command) if isinstance(fault, sqlite.driver().Error) else None


def of_database(words: str, command: Sequence[str]) -> str:
    first_line = words.strip().partition("\n")[0]
    if first_line.startswith(OF_ANOTHER_VERSION):
        if tuple(command[-2:]) == UPGRADE:
            return (
                f"This database cannot be brought up to date ({first_line}): its tables are not those its migration "
                "stands for. A version from before the first release made it, or somebody changed it. Set DATA_DIR or "
                "DATABASE_URL to an empty database, or restore a backup."
            )
        return "The database does not have the tables of this version: ./run flask db upgrade"
    return f"The database cannot be used: {first_line.removesuffix('.')}. Look at DATABASE_URL, DATA_DIR and the disk."
