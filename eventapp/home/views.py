"""The front page, and what the house says about itself."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventapp.gate import for_anyone

bp = Blueprint("home", __name__)


@bp.get("/")
@for_anyone
def index() -> ResponseReturnValue:
    """Next meetings and three front doors."""
    return render_template("home/index.html")


@bp.get("/accessibility")
@for_anyone
def accessibility() -> ResponseReturnValue:
    """What we promise to people who use these pages in another way."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@for_anyone
def privacy() -> ResponseReturnValue:
    """What is kept about people, why, and for how long."""
    return render_template("home/privacy.html")
