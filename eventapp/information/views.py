"""The practical information of a meeting, for whoever reads it."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import page_language
from eventapp.ground.web.downloads import download
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.information.markdown import html_of
from eventapp.information.models import InformationPage
from eventapp.information.queries import has_information, page_at, pages_of, picture_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting, see_meeting
from eventapp.people.current import current_person

bp = Blueprint("information", __name__, url_prefix="/meetings/<slug>/information")


@bp.app_context_processor
def information_for_pages() -> dict[str, object]:
    """For the tabs of a meeting."""
    return {"has_information": has_information}


@bp.get("")
@with_meeting(may=see_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The first page."""
    pages = pages_of(meeting) or abort(404)
    return redirect(url_for(".show", slug=meeting.slug, page=pages[0].slug))


@bp.get("/<page>")
@with_meeting(may=see_meeting)
@same_for_visitors
def show(meeting: Meeting, page: str) -> ResponseReturnValue:
    """One page, the others beside it; a draft for organizers only."""
    row = page_to_see(meeting, page)
    code = row.language_for(page_language().lang)
    return render_template(
        "information/show.html",
        meeting=meeting,
        row=row,
        pages=pages_of(meeting),
        words=row.words_in(code),
        code=code,
        drawn=drawn,
    )


@bp.get("/<page>/<name>")
@with_meeting(may=see_meeting)
def picture(meeting: Meeting, page: str, name: str) -> ResponseReturnValue:
    """A picture of a page."""
    found = picture_of(page_to_see(meeting, page), name) or abort(404)
    answer = download(found.name, "image/jpeg", found.content, inline=True)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def page_to_see(meeting: Meeting, slug: str) -> InformationPage:
    """The page at this address, else 404; a draft is there for organizers only."""
    row = page_at(meeting, slug) or abort(404)
    if row.published_at is None and not run_meeting(current_person(), meeting):
        abort(404)
    return row


def drawn(page: InformationPage, text: str) -> Markup:
    """The text of a page as HTML, with the pictures of that page."""
    slug, names = page.meeting.slug, [one.name for one in page.pictures]
    pictures = {name: url_for("information.picture", slug=slug, page=page.slug, name=name) for name in names}
    return html_of(text, pictures, table=_("Table"))
