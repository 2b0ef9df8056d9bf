"""What the fields of the schema are made by."""

from dataclasses import MISSING, field
from typing import Any

from eventapp.agenda.rights.content import MAY_EDIT
from eventapp.agenda.sessions.more import LONGEST_TAG, ONE_TAG
from eventapp.ground.exact import Dataclass
from eventapp.meeting_file.kinds import CLOCK, CODE, LANGUAGE, Kind, OneOf, Place, Words

OTHERS = "its texts in other languages"


def one(kind: Kind, says: str, *, default: object = MISSING, compare: bool = True) -> Any:  # as field()
    return field(default=default, compare=compare, metadata={"kind": kind, "says": says})


def many(kind: Kind, says: str) -> Any:  # as field()
    return field(default=(), metadata={"kind": kind, "many": True, "says": says})


def entries_of(of: type[Dataclass], says: str) -> Any:  # as field()
    return field(default=(), metadata={"of": of, "says": says})


def place_of() -> Any:  # as field()
    return field(default=Place(), compare=False, metadata={"place": True})


def a_code() -> Words:
    return Words(20, pattern=CODE, example="S1 or CR4")


def a_clock() -> Words:
    return Words(5, pattern=CLOCK, example='"09:00", in quotes')


def a_paragraph() -> Words:
    return Words(5000, lines=True)


def a_language() -> Words:
    return Words(12, pattern=LANGUAGE, example="en or zh-Hans")


def a_tag() -> Words:
    return Words(LONGEST_TAG, pattern=ONE_TAG, example="capacity building")


def a_part() -> OneOf:
    return OneOf(lambda: MAY_EDIT)
