"""The only way a view gets what a secret link opens: by saying what the link is for."""

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.text.policy import clean
from eventapp.ground.web.access import View, for_link_holder
from eventapp.links.models import ANSWERED, UNKNOWN, Purpose, Row
from eventapp.links.queries import behind
from eventapp.meetings.models import Meeting

P = ParamSpec("P")


def sentences(_row: object = None) -> list[str]:
    """What somebody wrote in the form that was sent: what has a blank in it. Codes, keys and choices have none."""
    return [words for sent in request.form.values() if " " in (words := clean(sent))]


def with_link(
    purpose: Purpose[Row], *, typed: Callable[[Row], list[str]] = sentences
) -> Callable[[Callable[Concatenate[Row, str, P], ResponseReturnValue]], View]:
    """Hand the view the row behind a link made for this purpose, and the secret.

    A secret that is none, or was made for something else: 404. A link that has ended or expired: 410 and one page that
    says what to do. Both give back what was `typed` into a form that nothing takes.
    """

    def decorate(view: Callable[Concatenate[Row, str, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(token: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            found = behind(purpose, token)
            if found is None:
                return over(None, UNKNOWN, lost) if (lost := sentences()) else abort(404)
            link, row = found
            why = link.over(now())
            if why:
                return over(db.session.get_one(Meeting, link.meeting_id), why, typed(row))
            return view(row, token, *args, **kwargs)

        return for_link_holder(opened)

    return decorate


def over(meeting: Meeting | None, why: str, lost: Sequence[str] = ()) -> ResponseReturnValue:
    """The page of a link that opens nothing: why, what to do, and the words that nothing took."""
    status = {ANSWERED: HTTPStatus.OK, UNKNOWN: HTTPStatus.NOT_FOUND}.get(why, HTTPStatus.GONE)
    return render_template("links/over.html", meeting=meeting, why=why, lost=lost), status
