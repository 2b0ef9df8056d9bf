"""The public register: what was promised at all meetings, and what became of it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.commitments.pages import download, told
from eventapp.commitments.queries import public_commitments
from eventapp.commitments.register import Wish
from eventapp.gate import for_anyone

bp = Blueprint("commitments", __name__)


@bp.get("/commitments")
@for_anyone
def index() -> ResponseReturnValue:
    """Every published commitment that fits what is looked for."""
    return render_template("commitments/index.html", **told(public_commitments(), Wish.of(request.args), now()))


@bp.get("/commitments.csv")
@for_anyone
def as_csv() -> ResponseReturnValue:
    """The same as a file for a spreadsheet."""
    wish, at = Wish.of(request.args), now()
    return download([one for one in public_commitments() if wish.fits(one, at)], at)
