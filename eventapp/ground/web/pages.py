"""What every page stands on: its language, its files, its icons and the words for days and times."""

from datetime import date
from functools import lru_cache
from hashlib import blake2b, file_digest
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from flask_babel import Babel

from eventapp.ground.clock import now
from eventapp.ground.text import dates, i18n
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import (
    LANGUAGES,
    chosen_language,
    chosen_locale,
    languages,
    name_language,
    page_language,
)
from eventapp.ground.text.policy import words_in
from eventapp.ground.text.worded import tongue, worded
from eventapp.ground.web import errors as answers
from eventapp.ground.web.forms import Form, token_of_today
from eventapp.ground.web.redraw.state import draw_again, only_redraws, other_languages, taken_along

YEAR = 365 * 24 * 60 * 60
PACKED = ("text/css", "text/javascript", "image/svg+xml")


class Pages:
    """Makes the pages of the application; one of its extensions."""

    def init_app(self, app: Flask) -> None:
        Babel(app, locale_selector=chosen_locale)
        i18n.install(app.jinja_env)
        app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
        app.jinja_env.filters.update(
            day=dates.day,
            weekday=dates.weekday,
            short_month=dates.short_month,
            translated=translated,
            worded=worded,
            tongue=tongue,
            words=words_in,
            clock=dates.clock,
            when=dates.when,
            moment=dates.moment,
        )
        app.jinja_env.globals.update(
            asset=asset,
            drawn=drawn,
            icons_drawn=icons_drawn,
            untold=untold,
            taken_along=taken_along,
            draw_again=draw_again,
            other_languages=other_languages,
            days=dates.days,
            moved_clock=moved_clock,
            clock_moved_by=clock_moved_by,
            zone_label=dates.zone_label,
            local=dates.local,
            name_language=name_language,
            page_language=page_language,
            languages=languages,
            token_of_today=token_of_today,
        )
        app.after_request(label)
        app.view_functions["static"] = static_file
        answers.init_app(app)


def label(response: Response) -> Response:
    """Say which language a page is in, remember a chosen one (but of a screen for others), let named files be kept."""
    is_file = response.status_code < HTTPStatus.BAD_REQUEST  # and not the page that says why there is none
    if request.endpoint == "static" and is_file:
        keep(response, named="v" in request.args)
    if response.location and not request.query_string:
        return response  # a form's answer, which leads to a page that says it
    if response.mimetype == "text/html":
        response.content_language.add(chosen_language())
        response.vary.update(["Accept-Language", "Cookie"])
        is_chosen = request.args.get("language") in LANGUAGES or only_redraws()
        if is_chosen and not g.get("is_for_a_room"):
            response.set_cookie(
                "language", chosen_language(), max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure
            )
    return response


def static_file(filename: str) -> Response:
    """A static file; one made of text in one piece, for a stream would go out uncompressed."""
    response = current_app.send_static_file(filename)
    if response.mimetype in PACKED and response.status_code == HTTPStatus.OK:
        response.direct_passthrough = False
        response.make_sequence()
        response.close()  # the file is read
    return response


def keep(response: Response, *, named: bool) -> None:
    """A file asked for by its fingerprint is kept for a year; any other is asked about again."""
    if named:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "public, no-cache"


def asset(path: str) -> str:
    """Address of a static file that changes when the file does, so that browsers may keep it."""
    file = Path(str(current_app.static_folder)) / path
    return url_for("static", filename=path, v=fingerprint(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=1024)
def fingerprint(file: Path, _changed: int) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, lambda: blake2b(digest_size=6)).hexdigest()


def moved_clock() -> date | None:
    """The day by the clock (UTC) where development has moved it, so that nobody takes its pages for today's."""
    return now().date() if current_app.config["CLOCK_OFFSET"] else None


def clock_moved_by() -> int:
    """How far development has moved the clock, in milliseconds, for the modules of a page that tell the time."""
    return int(current_app.config["CLOCK_OFFSET"].total_seconds() * 1000)


Address = dict[str, Any]  # the values of an address, and what else Flask's url_for takes by its name


def translated(text: str) -> str:
    """Words that a meeting wrote, in the reader's language where the vocabulary has the same ones."""
    return _(text) if text else ""  # of nothing, gettext tells the head of its file


def drawn(name: str) -> str:
    """Note that this page uses the icon, so that the layout prints its symbol once."""
    g.setdefault("icons", set()).add(name)
    return name


def icons_drawn() -> list[str]:
    return sorted(g.get("icons", ()))


def untold(form: Form) -> bool:
    """Whether the faults of this form have not been listed on the page yet; asking once is telling."""
    told = g.setdefault("told", set())
    fresh = id(form) not in told
    told.add(id(form))
    return fresh


pages = Pages()
