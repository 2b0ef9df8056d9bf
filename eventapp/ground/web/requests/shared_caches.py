"""What a shared cache before the site may keep; nothing else says so. docs/decisions/0041-shared-caches.md says why.

A view says `@same_for_visitors` where its page depends on nothing but its address and its language for whoever comes
without a session. That alone lets nothing out: each answer is looked at too.
"""

from hashlib import blake2b
from http import HTTPStatus

from flask import Flask, Response, current_app, g, request, session

from eventapp.ground.web.access import View, is_secret

# Browsers ask each time: they look at no cookie when they take what they kept. docs/decisions/0041
SHARED = "public, max-age=0, must-revalidate, s-maxage=30, stale-while-revalidate=60"
ALONE = ("Cache-Control", "private, no-cache")
OF_WHO_ASKS = ("Accept-Language", "Cookie")  # what the language of a page, and whether it is for everybody, depend on
OF_CODING = "Accept-Encoding"
LANGUAGE = "language"  # the cookie, and the part of an address, that choose one
OPEN = ("", "public, no-cache")  # what a view may have said of its page where it may be shared: nothing, or this

Lines = list[tuple[str, str]]


def same_for_visitors(view: View) -> View:
    """Say of a view that its page is the same for every visitor without a session."""
    view.same_for_visitors = True  # type: ignore[attr-defined]
    return view


def is_same_for_visitors(endpoint: str) -> bool:
    """Whether the view of this endpoint says so."""
    return hasattr(current_app.view_functions[endpoint], same_for_visitors.__name__)


def made_of(number: int, version: int) -> str:
    """Note of which release, edition or meeting the answer is made, and of which version of its meeting: its mark."""
    g.made_of = mark(number, version)
    return str(g.made_of)


def mark(number: int, version: int) -> str:
    """What stands on an answer: from which release or edition and which state of its meeting it was made."""
    return f"{number}.{version}"


def add_tag(answer: Response) -> None:
    """Give an answer its ETag: the mark of what it is made of, where that was noted, and a digest of its bytes."""
    made, digest = g.get("made_of"), digest_of(answer.get_data())
    answer.set_etag(f"{made}-{digest}" if made else digest)


def digest_of(body: bytes) -> str:
    return blake2b(body, digest_size=12).hexdigest()


def is_shared(lines: Lines) -> bool:
    """Whether an answer with these headers goes to others too."""
    return ("Cache-Control", SHARED) in lines


def hands_out_cookie(lines: Lines) -> bool:
    return any(name.lower() == "set-cookie" for name, _value in lines)


def for_one(lines: Lines) -> Lines:
    """These headers of an answer, but for one browser alone."""
    return [ALONE if name.lower() == "cache-control" and "public" in value else (name, value) for name, value in lines]


class SharedCaches:
    """The extension: lets shared caches keep a page that is the same for everybody. It comes before compression."""

    def init_app(self, app: Flask) -> None:
        app.after_request(let_keep)


def let_keep(answer: Response) -> Response:
    """Let shared caches keep this answer where they may; 304 for one that has it."""
    if not (is_asked_by_nobody() and is_for_everybody(answer)):
        return answer
    if not has_tag(answer):
        add_tag(answer)
    answer.headers["Cache-Control"] = SHARED
    answer.vary.update([*OF_WHO_ASKS, OF_CODING])
    answer.make_conditional(request)  # where it is compressed, the tag of that is compared again
    return answer


def is_asked_by_nobody() -> bool:
    """Whether this page says so, and nothing in the request tells who asks. A language is nobody's own."""
    return (
        request.method in ("GET", "HEAD")
        and request.endpoint is not None
        and is_same_for_visitors(request.endpoint)
        and not is_secret()
        and "Authorization" not in request.headers
        and set(request.cookies) <= {LANGUAGE}
        and not current_app.config["CLOCK_OFFSET"]  # a page of a moved clock says what day it is
    )


def is_for_everybody(answer: Response) -> bool:
    """Whether this is a whole page that hands nothing to one browser: no cookie, nor a token, which makes a session."""
    is_whole = answer.status_code == HTTPStatus.OK and (has_tag(answer) or not answer.is_streamed)
    is_known = answer.status_code == HTTPStatus.NOT_MODIFIED and has_tag(answer)
    chooses = LANGUAGE in request.args and answer.mimetype == "text/html"  # a cookie will remember it
    return (
        (is_whole or is_known)
        and answer.headers.get("Cache-Control", "") in OPEN
        and "Set-Cookie" not in answer.headers
        and not session.modified
        and not chooses
    )


def has_tag(answer: Response) -> bool:
    return answer.get_etag()[0] is not None
