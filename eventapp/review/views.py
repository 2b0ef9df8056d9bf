"""Published reports for everybody: the page, and the same version as a file in seven formats."""

import re
from collections.abc import Iterable

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.releases.page_cache import MARK, CachedRoutes
from eventapp.ground.web import downloads
from eventapp.ground.web.requests.shared_caches import made_of, same_for_visitors
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.queries import content_of
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.review.files.making import PRINTED, is_made_apart, made, text_of, wanted_of
from eventapp.review.formats.evidence_json import digest, from_dict, to_json
from eventapp.review.formats.page import WORDS
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.language.data import written_in
from eventapp.review.paged.queries import PagedEdition
from eventapp.review.reports.access import with_report
from eventapp.review.reports.editions import corrigenda_of, edition_at, edition_of, editions_of, last_published
from eventapp.review.reports.models import Edition, Report
from eventapp.review.reports.queries import report_at
from eventapp.review.versions.comparison import compare
from eventapp.review.versions.editions import read_today, superseding, versions_of

bp = Blueprint("review", __name__, url_prefix="/meetings/<slug>/reports")

REPORTS = CachedRoutes(
    re.compile(r"/meetings/([^/]+)/reports/([^/.]+)(?:/parts/[a-z0-9-]+)?"),
    re.compile("(version=[1-9][0-9]{0,3})?"),
    edition_at,
)
LONGEST_PLACE = 20  # of the number of a paragraph, as somebody types it
TYPED_PLACE = re.compile(r"([0-9]{1,6})[\s.(]*([a-z]{0,3}|[0-9]{1,4})\)?\.?")
CODINGS = ("", ":gzip", ":br", ":zstd")  # what compression adds to the tag of an answer


@bp.get("")
@with_meeting(may=see_meeting)
@same_for_visitors
def published(meeting: Meeting) -> ResponseReturnValue:
    """The published reports of the meeting."""
    return render_template("review/published.html", meeting=meeting, editions=editions_of(meeting))


@bp.get("/<report>")
@with_report(may=see_meeting)
@same_for_visitors
def show(report: Report) -> ResponseReturnValue:
    """One published report with its evidence, or the front of a long one; ?version= is an earlier version."""
    return front_page(report, PagedEdition(edition_or_404(report)))


def front_page(report: Report, paged: PagedEdition, *, missing: str = "") -> ResponseReturnValue:
    """The first page of a report, with a sentence where it has no such paragraph. A visitor's stands on the shelf."""
    edition, front = paged.edition, paged.front
    page = None if front.is_long else paged.page("")
    text = read_today(report, edition, front.text)
    with written_in(text.language):
        answer = make_response(
            render_template(
                "review/show.html",
                meeting=report.meeting,
                report=report,
                edition=edition,
                front=front,
                sheet=page,
                text=text,
                missing=missing,
                version=request.args.get("version", type=int),
                versions=versions_of(report),
                corrigenda=corrigenda_of(report),
                corrected=report_at(report.meeting, report.corrects) if report.corrects else None,
                superseded_by=superseding(report, edition),
                stays_at=address_of(edition),
                **WORDS,
            )
        )
    return (answer, 404) if missing else for_everybody(answer, report)


@bp.get("/<report>/parts/<sheet>")
@with_report(may=see_meeting)
@same_for_visitors
def part(report: Report, sheet: str) -> ResponseReturnValue:
    """One page of a long report: a chapter or an annex, or some of it. A visitor's page stands on the shelf."""
    paged = PagedEdition(edition_or_404(report))
    page = paged.page(sheet) or abort(404)
    text = read_today(report, paged.edition, paged.front.text)
    before, behind = paged.front.beside(sheet)
    with written_in(text.language):
        drawn = render_template(
            "review/part.html",
            meeting=report.meeting,
            report=report,
            edition=paged.edition,
            front=paged.front,
            sheet=page,
            text=text,
            before=before,
            behind=behind,
            here=next(one for one in paged.front.pages if one.name == sheet),
            version=request.args.get("version", type=int),
            **WORDS,
        )
    return for_everybody(make_response(drawn), report)


def for_everybody(answer: Response, report: Report) -> Response:
    """Let a page that names nobody who reads it stand on the shelf."""
    if current_person() is None:  # whoever is signed in gets a page for them alone
        answer.headers[MARK] = made_of(last_published(report), report.meeting.version)
    return answer


@bp.get("/<report>/at/<anchor>")
@with_report(may=see_meeting)
def place(report: Report, anchor: str) -> ResponseReturnValue:
    """Lead to a paragraph, heading or footnote, on whichever page it stands: p7, r3A, annex2, fn12; ?version= as above.

    The letters of sentences lead to p7e, the evidence of a paragraph.
    """
    paged = PagedEdition(edition_or_404(report))
    page = next(
        (one for name in (anchor, anchor.removesuffix("e")) if (one := paged.page_with(name)) is not None), None
    )
    return redirect(at_place(report, page, anchor)) if page is not None else abort(404)


@bp.get("/<report>/at")
@with_report(may=see_meeting)
def place_asked(report: Report) -> ResponseReturnValue:
    """Lead to a paragraph by its number as it was typed: ?paragraph=7, 7 (a) or 7a."""
    paged = PagedEdition(edition_or_404(report))
    typed = request.args.get("paragraph", "").strip()[:LONGEST_PLACE]
    if not typed:
        return redirect(at_place(report, "", ""))
    number = TYPED_PLACE.fullmatch(typed.casefold())
    anchor = f"p{number[1]}{'-' if number[2].isdecimal() else ''}{number[2]}" if number else ""
    page = paged.page_with(anchor)
    return redirect(at_place(report, page, anchor)) if page is not None else front_page(report, paged, missing=typed)


def at_place(report: Report, page: str | None, anchor: str) -> str:
    slug, name, behind = report.meeting.slug, report.name, anchor or None
    version = request.args.get("version", type=int)
    if page:
        return url_for("review.part", slug=slug, report=name, sheet=page, version=version, _anchor=behind)
    return url_for("review.show", slug=slug, report=name, version=version, _anchor=behind)


@bp.get("/<report>/paragraphs/<place>")
@with_report(may=see_meeting)
@same_for_visitors
def cited(report: Report, place: str) -> ResponseReturnValue:
    """The notes behind one paragraph of a published report, by its number and letter; ?version= is an earlier one."""
    paged = PagedEdition(edition_or_404(report))
    page = paged.page(paged.page_with(f"p{place}") or "")
    rows = page.paragraphs if page else ()
    paragraph = next((one for one in rows if one.anchor == f"p{place}"), None) or abort(404)
    return render_template(
        "review/cited.html",
        meeting=report.meeting,
        report=report,
        text=paged.front.text,
        paragraph=paragraph,
        version=request.args.get("version", type=int),
        **WORDS,
    )


@bp.get("/<report>/changes")
@with_report(may=see_meeting)
@same_for_visitors
def changes(report: Report) -> ResponseReturnValue:
    """What a published version changed; ?version= is the later of two, ?against= the earlier or the one before."""
    edition = edition_or_404(report)
    against = request.args.get("against", edition.version - 1, type=int)
    if not 0 <= against < edition.version or (against == 0 and "against" in request.args):
        abort(404)
    before = edition_of(report, against) if against else None
    return render_template(
        "review/changes.html",
        meeting=report.meeting,
        report=report,
        edition=edition,
        before=before,
        versions=versions_of(report),
        found=compare(from_dict(before.content), from_dict(edition.content)) if before else None,
    )


@bp.get(f"/<report>.<any({', '.join(FORMATS)}):ending>")
@with_report(may=see_meeting)
@same_for_visitors
def download(report: Report, ending: str) -> ResponseReturnValue:
    """The published version as a file: its values as published, or printed with what corrects it beside.

    That of a long report is made by the worker: until it is, this leads to the page that asks for it.
    """
    edition = edition_or_404(report)
    paged = PagedEdition(edition)
    if is_made_apart(report, paged):
        return made_apart(report, paged, ending)
    text = text_of(report, edition, ending)
    tag = f"{digest(to_json(text)) if ending in PRINTED else edition.sha256}.{ending}"
    return unchanged(tag) or cached(as_file(edition, ending, written(text, ending)), tag)


def made_apart(report: Report, paged: PagedEdition, ending: str) -> ResponseReturnValue:
    """The file as the worker made it, or the way to the page that asks for it: that stays with nobody."""
    wanted = wanted_of(report, paged, ending)
    row = made(report, wanted)
    if row:
        return unchanged(wanted.key) or cached(
            as_file(paged.edition, ending, content_of(row), size=row.size), wanted.key
        )
    slug, version = report.meeting.slug, request.args.get("version", type=int)
    return redirect(url_for("report_files.show", slug=slug, report=report.name, ending=ending, version=version))


def as_file(edition: Edition, ending: str, content: bytes | Iterable[bytes], *, size: int | None = None) -> Response:
    name = f"{edition.report.meeting.slug}-{edition.report.name}-v{edition.version}.{ending}"
    return downloads.download(name, FORMATS[ending].media_type, content, size=size)


def edition_or_404(report: Report) -> Edition:
    version = request.args.get("version", type=int)
    if version is not None and not 1 <= version <= report.version:
        abort(404)
    edition = edition_of(report, version) or abort(404)
    made_of(edition.id, report.meeting.version)
    return edition


def address_of(edition: Edition) -> str:
    """Where this version is read for ever: a printed page says so."""
    report = edition.report
    path = url_for("review.show", slug=report.meeting.slug, report=report.name, version=edition.version)
    return f"{current_app.config['BASE_URL']}{path}"


def unchanged(tag: str) -> Response | None:
    """304 for a reader who has this very answer, in whichever coding it was sent."""
    for coding in CODINGS:
        if request.if_none_match.contains(tag + coding):
            return cached(Response(status=304), tag + coding)
    return None


def cached(answer: Response, tag: str) -> Response:
    """Let anybody keep the answer, and ask each time whether it is still the same."""
    answer.set_etag(tag)
    answer.cache_control.public, answer.cache_control.no_cache = True, True
    return answer
