"""The extensions: which language is asked for, and that nothing is done then."""

from http import HTTPStatus

from flask import Flask, Response, g, has_request_context, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Delete, Insert, Update, event
from sqlalchemy.orm import ORMExecuteState, Session

from eventapp.ground.db import db
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.web.errors import page_nearby
from eventapp.ground.web.redraw.state import OnlyRedrawn, only_redraws

FIELD = "redraw"  # of the buttons: its value is the language
MAY_CHANGE = ("held_file", "rate_hit")  # the files of the form, and how often somebody tried


class Redraws:
    """The extension: reads which language is asked for, before anything speaks."""

    def init_app(self, app: Flask) -> None:
        app.before_request(choose_language)
        app.register_error_handler(OnlyRedrawn, to_page)


class RedrawsChangeNothing:
    """The extension: sees to it that a view changes nothing then. It comes last, for others count who is there."""

    def init_app(self, app: Flask) -> None:
        app.before_request(begin)
        app.after_request(end)
        for name, watch in (("do_orm_execute", refuse_statement), ("before_flush", refuse_rows)):
            if not event.contains(db.session, name, watch):
                event.listen(db.session, name, watch)


def choose_language() -> None:
    if request.method == "POST" and request.form.get(FIELD) in LANGUAGES:
        g.redraw_language = request.form[FIELD]


def begin() -> None:
    if only_redraws():
        g.changes_nothing = True


def end(response: Response) -> Response:
    g.pop("changes_nothing", None)
    if only_redraws() and response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
        response.status_code = HTTPStatus.OK  # nothing is wrong with the form yet
    return response


def to_page(_reason: OnlyRedrawn) -> ResponseReturnValue:
    """The page in that language, where there was no form to show again."""
    return redirect(f"{page_nearby()}?language={g.redraw_language}", 303)


def refuse_statement(state: ORMExecuteState) -> None:
    statement = state.statement
    if has_request_context() and g.get("changes_nothing") and isinstance(statement, Insert | Update | Delete):
        refuse_table(str(getattr(statement.table, "name", "")))


def refuse_rows(session: Session, *_more: object) -> None:
    if has_request_context() and g.get("changes_nothing"):
        for row in (*session.new, *session.dirty, *session.deleted):
            refuse_table(row.__tablename__)


def refuse_table(name: str) -> None:
    if name not in MAY_CHANGE:
        raise OnlyRedrawn
