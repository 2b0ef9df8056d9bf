"""The list of registrations as a table, as an address asks for it; read some at a time."""

from collections.abc import Sequence
from dataclasses import asdict

from eventapp.ground.db.types import Record
from eventapp.ground.security.sealing import can_seal
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.tables import Table, in_slices
from eventapp.registration.answers.looks import sealed_among
from eventapp.registration.lists.answer_columns import Beside, answers_in, columns_in, personal_in
from eventapp.registration.lists.columns import ALWAYS, NEEDS
from eventapp.registration.lists.listing import Look, conditions, numbers_in_order, rows_of
from eventapp.registration.lists.participants import people_in_protocol_order
from eventapp.registration.lists.sheets import cells
from eventapp.registration.tags.queries import tags_on

REGISTRATIONS = "registrations"


def wanted_of(look: Look, *, needs: bool, in_protocol_order: bool, opens: bool) -> Record:
    """What is asked for, as `read_list` takes it; sealed answers only if it `opens`."""
    return {"look": asdict(look) | {"page": 1}, "needs": needs, "protocol": in_protocol_order, "opens": opens}


def read_list(meeting: Meeting, wanted: Record) -> Table:
    """The table, and what is written down of who takes it along: with whose sealed answers."""
    look = Look(**wanted["look"])
    usual = (*ALWAYS, *(NEEDS if wanted["needs"] else ()))
    columns = columns_in(meeting, look.columns) or columns_in(meeting, ",".join(usual))
    codes, whose = sealed_among(meeting, columns), list[str]()
    in_protocol_order = wanted["protocol"]
    numbers = (
        people_in_protocol_order(meeting, conditions(look)) if in_protocol_order else numbers_in_order(meeting, look)
    )

    def lines(some: Sequence[int]) -> list[list[str]]:
        rows, answers = rows_of(meeting, some), answers_in(meeting, columns, some, opens=wanted["opens"])
        sealed = (row for row in rows if not answers.get(row.registration.id, {}).keys().isdisjoint(codes))
        whose.extend(row.registration.reference for row in sealed)
        return cells(rows, columns, Beside(tags_on(some) if "tags" in columns else {}, answers))

    is_private = bool({*columns} & {*NEEDS}) or personal_in(meeting, columns)
    detail = {"view": look.state, "search": look.q, "needs": is_private, "lines": len(numbers)}
    taken = {"detail": detail, "codes": codes, "whose": whose}
    head, opens = list(columns.values()), bool(codes) and wanted["opens"] and can_seal()
    return Table(meeting.short_title, head, len(numbers), in_slices(numbers, lines), taken, opens_sealed=opens)
