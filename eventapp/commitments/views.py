"""The public register: what was promised at all meetings, and what became of it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventapp.commitments.pages import register_file, register_page
from eventapp.commitments.queries import PUBLIC
from eventapp.ground.clock import now
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.requests.shared_caches import same_for_visitors

bp = Blueprint("commitments", __name__)


@bp.get("/commitments")
@for_anyone
@same_for_visitors
def index() -> ResponseReturnValue:
    """Every published commitment that fits what is looked for."""
    return render_template("commitments/index.html", **register_page(now(), PUBLIC))


@bp.get("/commitments.csv")
@for_anyone
@same_for_visitors
def as_csv() -> ResponseReturnValue:
    """The same as a file for a spreadsheet."""
    return register_file(now(), PUBLIC)
