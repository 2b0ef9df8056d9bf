"""The pages of a prepared file, alike for every kind: how far the worker is, a button that stops it, and the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import Rule, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import order, stop
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import content_of, file_of
from eventapp.people.current import current_person

NUMBER = "/<int(max=999999999):number>"


@dataclass(frozen=True)
class Shown:
    """What the pages say of a file."""

    title: str
    name: str  # as it is saved
    media_type: str
    back: tuple[str, str]  # the page that it was asked for on: its address and the words of the link
    tab: str  # of desk.html
    again: tuple[str, Mapping[str, str]] | None = None  # what a button that asks anew sends: where, and which fields

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2]


def file_pages(
    bp: Blueprint,
    act: str,
    shown: Callable[[PreparedFile], Shown],
    *,
    may: Rule,
    at: str = "/files",
    last: str = "file",
    fetched: Callable[[PreparedFile], None] | None = None,
    is_own: bool = False,
) -> None:
    """Give a blueprint the pages of the files of this kind, below `at`: `.file`, `.stop_file` and `.fetch`.

    `shown` says what stands on them, `last` ends the address of the file; `fetched` writes down who takes it along.
    One that `is_own` is found by nobody but who asked for it. Files are stopped of a closed meeting too: that changes
    nothing of it.
    """
    pages = _Pages(act, shown, fetched, is_own)
    here, stops = with_row(pages.found, may=may), with_row(pages.found, may=may, even_closed=True)
    bp.add_url_rule(f"{at}{NUMBER}", "file", here(pages.show))
    bp.add_url_rule(f"{at}{NUMBER}/stop", "stop_file", stops(pages.stop), methods=["POST"])
    bp.add_url_rule(f"{at}{NUMBER}/{last}", "fetch", here(pages.fetch))


@dataclass(frozen=True)
class _Pages:
    act: str
    shown: Callable[[PreparedFile], Shown]
    fetched: Callable[[PreparedFile], None] | None
    is_own: bool

    def found(self, meeting: Meeting, number: int) -> PreparedFile | None:
        row, who = file_of(meeting, number, self.act), current_person()
        return None if row and self.is_own and (who is None or row.by_id != who.id) else row

    def show(self, row: PreparedFile, /, **place: str) -> ResponseReturnValue:
        """How far the worker is with a file; once it is made, where it is fetched."""
        words = {"row": row, "shown": self.shown(row), "place": request.view_args}
        return render_template("meetings/file.html", meeting=row.meeting, **words)

    def stop(self, row: PreparedFile, /, **place: str) -> ResponseReturnValue:
        """Stop what the worker has not made yet."""
        attempt(Form(), lambda: stop(row, by=current_person() or abort(404), at=now()))
        return redirect(url_for(".file", **(request.view_args or {})), 303)

    def fetch(self, row: PreparedFile, /, **place: str) -> ResponseReturnValue:
        """The file as the worker made it."""
        if row.state != DONE:
            abort(404)
        content = content_of(row)  # first: nobody takes along what no key opens
        if self.fetched and request.method == "GET":  # HEAD takes nothing along
            with transaction():
                self.fetched(row)
        one = self.shown(row)
        return download(one.name, one.media_type, content, size=row.size)


def ordered(meeting: Meeting, act: str, wanted: str, details: Record | None = None) -> ResponseReturnValue:
    """Ask the worker for a file, and lead to its page. Where the same is being made, to that one."""
    row = attempt(Form(), lambda: order(meeting, act, wanted, details=details, by=current_person(), at=now()))
    assert row is not None  # noqa: S101 -- it refuses nothing
    return redirect(url_for(".file", **(request.view_args or {}), number=row.id), 303)
