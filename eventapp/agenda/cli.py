from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from eventapp.agenda.imports import actions as imports
from eventapp.agenda.imports.foreign import MOST_BYTES, Unfit
from eventapp.agenda.imports.models import IMPORTING, AgendaImport
from eventapp.agenda.imports.queries import counts, faulty, import_of
from eventapp.agenda.imports.reading import read
from eventapp.agenda.imports.working import compare, work
from eventapp.agenda.releases.actions import release
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at

group = AppGroup("agenda", help="The agenda.")


@group.command("release")
@click.argument("slug")
@click.option("--remark", default="", help="What readers should know about this version.")
def release_agenda(slug: str, remark: str) -> None:
    """Publish the draft of a meeting's agenda as its next version."""
    try:
        with transaction():
            meeting = meeting_at(slug)
            if meeting is None:
                raise click.ClickException(f"There is no meeting {slug}.")
            number = release(meeting, by=None, at=now(), remark=remark).number
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"Version {number} of the agenda of {slug} is public.")


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
    "--cancel", "cancels", is_flag=True, help="Cancel sessions of an earlier file that this one no longer has."
)
def import_sessions(
    slug: str, file: Path, *, does: bool, rooms: int | None, kinds: bool, kind: str, cancels: bool
) -> None:
    """Bring sessions of a schedule (XML, JSON) or a calendar into the draft of a meeting's agenda."""
    meeting = meeting_at(slug)
    if meeting is None:
        raise click.ClickException(f"There is no meeting {slug}.")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Unfit(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")  # noqa: TRY301 -- said in one place
        foreign = read(file.read_bytes(), meeting.tz)
        with transaction():
            number = imports.receive(meeting, file.name, foreign, by=None, at=now()).id
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
        if does:
            with transaction():
                imports.start(one, cancels=cancels, at=now())
            while one.state == IMPORTING:
                finish = work(number)
                if finish:
                    with transaction():
                        finish()
                db.session.expire_all()
    except (Unfit, Refused) as fault:
        raise click.ClickException(str(fault)) from None
    for line in lines_of(one):
        click.echo(line)


def compared(meeting: Meeting, number: int) -> AgendaImport:
    """The import of this number, compared with the draft as it is now."""
    compare(number)
    db.session.rollback()
    one = import_of(meeting, number)
    assert one is not None  # noqa: S101 -- it was made a moment ago
    return one


def lines_of(one: AgendaImport) -> Sequence[str]:
    """What became of the sessions, and every fault with its line."""
    tally = [f"{outcome}: {count}" for outcome, count in sorted(counts(one).items())]
    wrong = [f"{row.number}: {row.title}: {' '.join(row.faults)}" for row in db.session.scalars(faulty(one))]
    return [f"{one.given_name} is {one.state}.", *tally, *wrong]
