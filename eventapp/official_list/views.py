"""The official list for whoever reads it: a page, and its files."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.jobs.leased import DONE
from eventapp.ground.text.i18n import language
from eventapp.ground.web.downloads import download
from eventapp.ground.web.pages import Address
from eventapp.ground.web.paging import Page, numbered
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.queries import content_of
from eventapp.official_list.files.making import asked_for, is_made_apart
from eventapp.official_list.formats.values import names_in, title_of
from eventapp.official_list.formats.writers import TYPES, written
from eventapp.official_list.layout import PARTS, Delegation, Sender, delegations_in, in_order
from eventapp.official_list.models import ListVersion
from eventapp.official_list.queries import lines_in, newest_version, senders_in, shown, version_at, versions_of
from eventapp.official_list.rules import read_list
from eventapp.vocabulary.tongues import TONGUES

bp = Blueprint("official_list", __name__, url_prefix="/meetings/<slug>/list-of-participants")

A_PAGE = 150  # people, and the rest of a delegation


@bp.get("")
@with_meeting(may=read_list)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The newest version."""
    return page_of(newest_version(meeting) or abort(404))


@bp.get("/<int:number>")
@with_meeting(may=read_list)
def show(meeting: Meeting, number: int) -> ResponseReturnValue:
    """That version."""
    return page_of(version_at(meeting, number) or abort(404))


@bp.get("/<int:number>/<tongue>.<ending>")
@with_meeting(may=read_list)
def file(meeting: Meeting, number: int, tongue: str, ending: str) -> ResponseReturnValue:
    """That version as a file, in a language of the meeting; of a long one as the worker has made it."""
    version = version_or_404(meeting, number, tongue, ending)
    name = f"{meeting.slug}-participants-{number}-{tongue}.{ending}"
    if not is_made_apart(version):
        return download(name, TYPES[ending], written(version, tongue, ending))
    row = asked_for(version, tongue, ending)
    if row and row.state == DONE:
        return download(name, TYPES[ending], content_of(row), size=row.size)
    place: Address = {"number": number, "tongue": tongue, "ending": ending}
    return redirect(url_for("official_list_files.show", slug=meeting.slug, **place))


def version_or_404(meeting: Meeting, number: int, tongue: str, ending: str) -> ListVersion:
    """The version with this number, of which there is a file in this language and format."""
    version = version_at(meeting, number)
    if version is None or ending not in TYPES or tongue not in version.content["languages"]:
        abort(404)
    return version


def page_of(version: ListVersion) -> str:
    names = names_in(version)
    senders = in_order(senders_in(shown(version)), names, language())
    cut = cut_at(senders, request.args.get("page"))
    found = lines_in(shown(version), cut.rows) if cut.rows else []
    parts: list[tuple[str, list[Delegation]]] = []
    for code, heading in PARTS.items():
        theirs = delegations_in(found, [one for one in cut.rows if one.part == code], names, language())
        if theirs:
            parts.append((str(heading), theirs))
    return render_template(
        "official_list/show.html",
        meeting=version.meeting,
        version=version,
        title=title_of(version),
        parts=parts,
        cut=cut,
        people=sum(one.people for one in senders),
        versions=versions_of(version.meeting),
        tongues=[(tongue, TONGUES.get(tongue, tongue)) for tongue in version.content["languages"]],
        endings=tuple(TYPES),
        waits=is_made_apart(version),
    )


def cut_at(senders: list[Sender], wanted: str | None) -> Page[Sender]:
    """The delegations of the page that is asked for; none stands on two."""
    pages: list[list[Sender]] = [[]]
    for one in senders:
        if sum(other.people for other in pages[-1]) >= A_PAGE:
            pages.append([])
        pages[-1].append(one)
    number, count = numbered(len(pages), wanted, 1)
    return Page(pages[number - 1], number, count, len(senders))
