from collections.abc import Sequence
from pathlib import Path
from time import sleep

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale

from eventapp.agenda.files import FORMATS, file_of
from eventapp.agenda.imports import actions as imports
from eventapp.agenda.imports.foreign import MOST_BYTES, Unfit
from eventapp.agenda.imports.models import AgendaImport, AgendaImportRow
from eventapp.agenda.imports.queries import counts, faulty, import_of, rows_of
from eventapp.agenda.imports.reading import read
from eventapp.agenda.imports.tables import choosing
from eventapp.agenda.imports.tables.columns import FIELDS, fault_in_columns
from eventapp.agenda.imports.tables.days import ORDERS
from eventapp.agenda.imports.working import work
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.actions import publish
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.slices import take
from eventapp.ground.refusal import Refused
from eventapp.ground.tables.reading import Sheet
from eventapp.ground.text.languages import LANGUAGES
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at

LOOK = 0.5  # seconds, while a worker has the file

group = AppGroup("agenda", help="The agenda.")


@group.command("release")
@click.argument("slug")
@click.option("--remark", default="", help="What readers should know about this version.")
def release_agenda(slug: str, remark: str) -> None:
    """Publish the draft of a meeting's agenda as its next version."""
    meeting = meeting_at(slug)
    if meeting is None:
        raise click.ClickException(f"There is no meeting {slug}.")
    try:
        number = publish(meeting, by=None, clock=now, remark=remark)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Version {number} of the agenda of {slug} is public.")


@group.command("export")
@click.argument("slug")
@click.option("--format", "ending", type=click.Choice(FORMATS), help="Else what the file's name ends in, or xml.")
@click.option("--language", "tongue", type=click.Choice(list(LANGUAGES)), help="Else the meeting's first.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
def export_agenda(slug: str, *, ending: str | None, tongue: str | None, output: Path) -> None:
    """Write the published agenda of a meeting to a file, as its pages give it out."""
    meeting = meeting_at(slug)
    if meeting is None:
        raise click.ClickException(f"There is no meeting {slug}.")
    release = newest_release(meeting)
    if release is None:
        raise click.ClickException(f"The agenda of {slug} is not published yet: flask agenda release {slug}")
    if ending is None:
        ending = suffix if (suffix := output.suffix.lower().removeprefix(".")) in FORMATS else FORMATS[0]
    first = meeting.written_in if meeting.written_in in LANGUAGES else "en"
    with force_locale(tongue or first):
        output.write_bytes(file_of(meeting, release, ending, current_app.config["BASE_URL"]))
    click.echo(f"Version {release.number} of the agenda of {slug} is in {output}.")


@group.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--do", "does", is_flag=True, help="Import what nothing is wrong with; without it, only say what would be."
)
@click.option("--rooms", type=click.IntRange(1), help="Make the rooms that are missing, each for so many people.")
@click.option("--kinds", is_flag=True, help="Make the kinds of session that are missing.")
@click.option("--kind", default="", help="What sessions become whose kind the meeting has not: the code of a kind.")
@click.option(
    "--column", "columns", multiple=True, help="What a column of a table is, as HEADING=title; the rest is guessed."
)
@click.option("--days", "order", type=click.Choice(list(ORDERS)), help="The order of the figures of its days.")
@click.option(
    "--cancel", "cancels", is_flag=True, help="Cancel sessions of an earlier file that this one no longer has."
)
@click.option("--language", "texts_in", default="", help="Of its titles and summaries; else the meeting's first.")
def import_sessions(
    slug: str,
    file: Path,
    *,
    texts_in: str,
    does: bool,
    rooms: int | None,
    kinds: bool,
    kind: str,
    columns: Sequence[str],
    order: str | None,
    cancels: bool,
) -> None:
    """Bring sessions of a schedule (XML, JSON), a calendar or a table into the draft of a meeting's agenda."""
    meeting = meeting_at(slug)
    if meeting is None:
        raise click.ClickException(f"There is no meeting {slug}.")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Unfit(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")  # noqa: TRY301 -- said in one place
        foreign = read(file.read_bytes(), meeting.tz)
        if isinstance(foreign, Sheet):
            number = table_received(meeting, file.name, foreign, columns, order or "", texts_in=texts_in)
        else:
            with transaction():
                number = imports.receive(meeting, file.name, foreign, by=None, at=now(), texts_in=texts_in).id
        one = completed(meeting, number, kind, rooms=rooms, kinds=kinds)
        if does:
            imported(one, cancels=cancels)
    except (Unfit, Refused) as fault:
        raise click.ClickException(str(fault)) from None
    for line in lines_of(one):
        click.echo(line)


def table_received(
    meeting: Meeting, name: str, sheet: Sheet, columns: Sequence[str], order: str, *, texts_in: str
) -> int:
    """The number of the import that this table has become, its columns as they were said to be."""
    with transaction():
        one = choosing.receive_table(meeting, name, sheet, by=None, at=now(), texts_in=texts_in)
        named_columns = dict(each.rpartition("=")[::2] for each in columns)
        if strange := [each for each in columns if not is_column(each, one.heads)]:
            codes = ", ".join(FIELDS)
            raise Refused(f"{strange[0]} is no HEADING=CODE of this file. Headings: {one.heads}. Codes: {codes}.")
        named = [named_columns.get(head, code) for head, code in zip(one.heads, one.columns, strict=True)]
        if fault := fault_in_columns(named):
            raise Refused(fault)
        choosing.choose_columns(one, named, choosing.order_of_days(one, named, order))
        return one.id


def is_column(words: str, heads: Sequence[str]) -> bool:
    head, _equals, code = words.rpartition("=")
    return head in heads and (not code or code in FIELDS)


def completed(meeting: Meeting, number: int, kind: str, *, rooms: int | None, kinds: bool) -> AgendaImport:
    """The import of this number with what it lacks made as far as was asked for, compared with the draft."""
    one = compared(meeting, number)
    with transaction():
        imports.choose_kind(one, kind)
    one = compared(meeting, number)
    if rooms:
        with transaction():
            imports.make_rooms(one, rooms, by=None, at=now())
        one = compared(meeting, number)
    if kinds:
        with transaction():
            imports.make_kinds(one, by=None, at=now())
        one = compared(meeting, number)
    return one


def imported(one: AgendaImport, *, cancels: bool) -> None:
    """Do what the worker would."""
    with transaction():
        imports.start(one, cancels=cancels, at=now())
    finished(one)


def compared(meeting: Meeting, number: int) -> AgendaImport:
    """The import of this number, compared with the draft as it is now."""
    one = import_of(meeting, number)
    assert one is not None  # noqa: S101 -- it was made a moment ago
    finished(one)
    return one


def finished(one: AgendaImport) -> None:
    """Do what it waits for, or wait for a worker that was faster."""
    number = one.id
    while one.is_at_work:
        with transaction():
            lease = take(AgendaImport, now(), number)
        finish = work(lease) if lease else None
        db.session.rollback()
        if finish:
            with transaction():
                finish()
        if lease is None:
            sleep(LOOK)
        db.session.expire_all()


def lines_of(one: AgendaImport) -> Sequence[str]:
    """What became of the sessions, and with its line every fault, and what is left out."""
    tally = [f"{outcome}: {count}" for outcome, count in sorted(counts(one).items())]
    wrong = [f"{row.number}: {row.title}: {' '.join(row.faults)}" for row in db.session.scalars(faulty(one))]
    partly = rows_of(one).where(AgendaImportRow.number.in_(one.lacks.get("remarked", ())))
    left_out = [f"{row.number}: {row.title}: {' '.join(row.content['remarks'])}" for row in db.session.scalars(partly)]
    return [f"{one.given_name} is {one.state}.", *tally, *wrong, *left_out]
