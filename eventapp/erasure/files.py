"""Taking a person out of files of participants or guests that wait to be imported: their row, and their name elsewhere.

A file is read, and written anew where they are in it, before anything is held.
"""

from dataclasses import dataclass

from sqlalchemy import select, update

from eventapp.erasure.models import Erasure
from eventapp.erasure.names import Names
from eventapp.erasure.versions import stand_of
from eventapp.ground.db import db
from eventapp.ground.tables.reading import Sheet, read_sheet
from eventapp.people.addresses import address_of
from eventapp.registration.imports.actions import read_anew
from eventapp.registration.imports.models import Import, ImportFile
from eventapp.registration.imports.planning import MOST_PEOPLE

FILES = ImportFile.__tablename__


@dataclass(frozen=True)
class WaitingFile:
    """The next file that an erasure looks through, and its content without the person; None where it stays."""

    stand: tuple[int, str, int]
    number: int | None  # None: there is no other
    made: bytes | None = None


def next_file(erasure: Erasure) -> WaitingFile:
    """Read the next file, before anything is held."""
    after = erasure.after if erasure.place == FILES else 0
    query = select(ImportFile.import_id, ImportFile.content).where(ImportFile.import_id > after)
    row = db.session.execute(query.order_by(ImportFile.import_id).limit(1)).first()
    if row is None:
        return WaitingFile(stand_of(erasure), None)
    return WaitingFile(stand_of(erasure), row.import_id, without_person(erasure.names, row.content))


def write_file(file: WaitingFile) -> None:
    """Keep the file without the person, where it still waits. A worker that has read it as it was reads it anew."""
    if file.made is not None:
        read_anew(db.session.get_one(Import, file.number))
        row = update(ImportFile).where(ImportFile.import_id == file.number).values(content=file.made)
        db.session.execute(row.execution_options(synchronize_session=False))


def without_person(names: list[str], content: bytes) -> bytes | None:
    """This file as CSV without them, every other row where it was; None where they are not in it."""
    looked_for, emails = Names(names), frozenset(one for one in names if "@" in one)
    before = read_sheet(content, most=MOST_PEOPLE + 1).rows
    after = tuple(
        tuple("" for _cell in row) if is_theirs(row, emails) else tuple(map(str, looked_for.taken_out_of_row(row)))
        for row in before
    )
    return Sheet(after).text.encode() if after != before else None


def is_theirs(row: tuple[str, ...], emails: frozenset[str]) -> bool:
    """Whether a cell of this row is one of these addresses."""
    return any(address_of(cell) in emails for cell in row if "@" in cell)
