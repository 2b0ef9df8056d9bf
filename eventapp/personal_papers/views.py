"""Papers for whoever checks one, and for the person who got it."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.policy import clean
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.downloads import download
from eventapp.links.access import with_link
from eventapp.personal_papers.actions import note_opened
from eventapp.personal_papers.issued import Printing, issued_before, numbered, pdf_of, where_checked
from eventapp.personal_papers.kinds import KINDS
from eventapp.personal_papers.queries import paper_at, papers_of, template_of
from eventapp.personal_papers.sealed import with_answers
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration

bp = Blueprint("personal_papers", __name__)


@bp.app_context_processor
def papers_for_pages() -> dict[str, object]:
    """For My registration: one's papers in force, each with its number and what it is called."""
    return {
        "own_papers": lambda mine: [
            (one, numbered(one.kind, one.number), KINDS[one.kind].label) for one in papers_of(mine)
        ]
    }


@bp.get("/papers/<code>")
@for_anyone
def show(code: str) -> ResponseReturnValue:
    """Whether the paper with this code is genuine and holds: its number and day, initials and State, nothing else."""
    paper = paper_at(clean(code)[:24].upper())
    if paper is None:
        return render_template("personal_papers/unknown.html"), 404
    registration = paper.registration
    return render_template(
        "personal_papers/show.html",
        paper=paper,
        meeting=paper.meeting,
        number=numbered(paper.kind, paper.number),
        kind=KINDS[paper.kind],
        state=paper.state,
        initials=initials(registration),
        delegation=registration.delegation,
    )


@bp.get("/registrations/<token>/papers/<int(max=999999999):number>.pdf")
@with_link(OWN)
def file(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """One's own paper in force, as it was issued. That it was opened is written down.

    Refused where an answer that stands in it was changed or deleted since.
    """
    paper = next((one for one in papers_of(registration) if one.number == number), None) or abort(404)
    template = template_of(registration.meeting, paper.kind, paper.tongue)
    [one] = with_answers([issued_before(paper)], paper.tongue)
    title = f"{KINDS[paper.kind].label} {one.number}"
    content = pdf_of([one], paper.kind, paper.tongue, template, Printing(title, where_checked()))
    if request.method == "GET":  # HEAD opens nothing
        with transaction():
            note_opened(paper, at=now())
    return download(f"{one.number}.pdf", "application/pdf", content)


def initials(registration: Registration) -> str:
    """The first letter of each name: A. B."""
    names = (registration.given_name, registration.family_name)
    return " ".join(f"{name.strip()[0]}." for name in names if name.strip())
