"""A table as an answer where it is short; and of a long one the page that asks the worker for it, and its own pages."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.db import transaction
from eventapp.ground.db.types import Record
from eventapp.ground.web.downloads import download
from eventapp.ground.web.pages import Address
from eventapp.meetings.access import Rule, with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.manage import Shown, file_pages, ordered
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.meetings.prepared.queries import mark_of, newest_file
from eventapp.meetings.prepared.tables import TYPES, Read, written
from eventapp.meetings.rules import have_ordered, run_meeting
from eventapp.people.current import current_person


@dataclass(frozen=True)
class Export:
    """A table that a feature gives out."""

    act: str
    asked: Callable[..., Record]  # the meeting and the parts of the address -> what `read` is given
    read: Read
    named: Callable[[Meeting, Record], tuple[str, str]]  # its title, and the beginning of the name of its file
    back: Callable[[Meeting, Record], tuple[str, str]]  # the page that leads to it, and the words of the link
    taken: Callable[[Meeting, Record], None]  # writes down who takes it along
    tab: str
    may: Rule = run_meeting  # who may ask for it
    finds: Rule = have_ordered  # the same, of what they asked for

    def answer(self, meeting: Meeting, ending: str, **place: str) -> ResponseReturnValue:
        """The table as a file; where it is long the page that asks for it."""
        details = self.asked(meeting, **place)
        table = self.read(meeting, details)
        if table.is_long:
            words: Address = {**request.args.to_dict(flat=False), **place, "ending": ending}
            return redirect(url_for(".ask", slug=meeting.slug, **words))
        content = written(table, ending)
        if request.method == "GET":  # HEAD takes nothing along
            with transaction():
                self.taken(meeting, table.taken)
        return download(f"{self.named(meeting, details)[1]}.{ending}", TYPES[ending], content)

    def pages(self, bp: Blueprint, at: str) -> None:
        """Give a blueprint the page that asks for a long one, at `at`, and those of what was asked for: `.ask`,
        `.order_file`, and as of `file_pages`. Nobody but who asked for a file finds it: it has what was theirs to see.
        """
        orders = with_meeting(may=self.may, even_closed=True)
        bp.add_url_rule(at, "ask", with_meeting(may=self.may)(self.ask))
        bp.add_url_rule(at, "order_file", orders(self.order_file), methods=["POST"])
        file_pages(bp, self.act, self.shown, may=self.finds, at=at, fetched=self.fetched, is_own=True)

    def ask(self, meeting: Meeting, /, **place: str) -> ResponseReturnValue:
        """What the file would be, a button that asks for it, and the one that was asked for before."""
        details = self.details(meeting, **place)
        before = newest_file(meeting, self.act, mark_of(details))
        words = {"many": self.read(meeting, details).many, "place": request.view_args, "before": before}
        page = "meetings/file_to_make.html"
        return render_template(page, meeting=meeting, shown=self.shown_of(meeting, details), **words)

    def order_file(self, meeting: Meeting, /, **place: str) -> ResponseReturnValue:
        """Ask the worker for the file."""
        details = self.details(meeting, **place)
        return ordered(meeting, self.act, mark_of(details), details)

    def details(self, meeting: Meeting, **place: str) -> Record:
        """What is asked for, by whom."""
        ending, who = request.args.get("ending", "xlsx"), current_person() or abort(404)
        if ending not in TYPES:
            abort(404)
        return {**self.asked(meeting, **place), "ending": ending, "by": who.id}

    def shown(self, row: PreparedFile) -> Shown:
        return self.shown_of(row.meeting, row.details)

    def shown_of(self, meeting: Meeting, details: Record) -> Shown:
        (title, name), ending = self.named(meeting, details), details["ending"]
        back = self.back(meeting, details)
        return Shown(f"{title}: {ending.upper()}", f"{name}.{ending}", TYPES[ending], back, self.tab)

    def fetched(self, row: PreparedFile) -> None:
        self.taken(row.meeting, row.details["taken"])
