"""Organizations found while somebody types."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from eventapp.ground.text.policy import clean, figure
from eventapp.ground.web.access import for_anyone
from eventapp.organizations.queries import suggestions

bp = Blueprint("organizations", __name__)


@bp.get("/organizations/suggestions")
@for_anyone
def suggest() -> ResponseReturnValue:
    """Up to twenty organizations with a name that has the words in `q`; with those proposed in `meeting`."""
    meeting = figure(request.args.get("meeting")) or None
    found = suggestions(clean(request.args.get("q", ""))[:100], meeting)
    answer = jsonify([{"name": one.name, "found_by": one.found_by} for one in found])
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer
