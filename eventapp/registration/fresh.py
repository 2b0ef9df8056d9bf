"""The empty form for a visitor: drawn once, and handed to each visitor with a key and a CSRF token of their own.

Drawing takes ten times as long as everything else about the page, and every visitor's page is the same but for these
two values. So the page is kept without them, in three pieces, for everything it was drawn from: when a category, the
meeting or the organizations change, the question is another one and the page is drawn anew. Nobody's key or token is
ever kept. A page that somebody signed in, an address with a query or a moved clock has a part in is not kept at all.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import Flask, current_app, request
from flask_wtf.csrf import generate_csrf

from eventapp.db import plain
from eventapp.languages import chosen_language
from eventapp.people.current import current_person
from eventapp.prepared import Ask
from eventapp.registration.offers import Offer
from eventapp.registration.queries import known_organizations, places_left
from eventapp.tokens import secret

OURS = {"csrf_token"}  # what the session of a visitor may hold, who has done nothing yet
MOST_PAGES = 64  # of some 100 kB, in one process
Pieces = tuple[bytes, bytes, bytes]


class FreshForms:
    """The extension: the pages that one process keeps, the ones longest unused making room."""

    def __init__(self) -> None:
        self.kept: OrderedDict[Hashable, Pieces] = OrderedDict()
        self.lock = Lock()

    def pieces_of(self, question: Hashable) -> Pieces | None:
        """The page for this question without its two values, None where it is to be drawn."""
        with self.lock:
            if question in self.kept:
                self.kept.move_to_end(question)
            return self.kept.get(question)

    def keep(self, question: Hashable, pieces: Pieces) -> None:
        """Keep a page, without the two values of whoever it was drawn for."""
        with self.lock:
            self.kept[question] = pieces
            while len(self.kept) > MOST_PAGES:
                self.kept.popitem(last=False)


def forms_of(app: Flask) -> FreshForms:
    """The pages that this application keeps."""
    kept: FreshForms = app.extensions.setdefault("fresh_forms", FreshForms())
    return kept


def question_of(offer: Offer, language: str, root: str, ask: Ask = plain) -> Hashable:
    """Everything that the page is drawn from: the meeting, its categories, whether it is full, who comes, for whom."""
    organizations = known_organizations(offer.meeting, ask)
    return offer.meeting, *offer.categories, places_left(offer.meeting, ask=ask) < 1, *organizations, language, root


def fresh_page(offer: Offer, draw: Callable[[str], str]) -> bytes:
    """The page with the empty form, with a new key and this visitor's token: `draw` makes it for a key."""
    key = secret()
    if not is_for_everybody():
        return draw(key).encode()
    forms, question = forms_of(current_app), question_of(offer, chosen_language(), request.script_root)
    pieces = forms.pieces_of(question)
    if pieces:
        before, between, after = pieces
        return b"".join((before, generate_csrf().encode(), between, key.encode(), after))
    page = draw(key).encode()
    cut = without(page, generate_csrf().encode(), key.encode())
    if cut:
        forms.keep(question, cut)
    return page


def is_for_everybody() -> bool:
    """Whether every visitor with this language gets this page: nobody signed in, no query, the clock not moved."""
    changes = current_app.debug or current_app.config["CLOCK_OFFSET"]
    return not (changes or request.query_string or current_person())


def without(page: bytes, token: bytes, key: bytes) -> Pieces | None:
    """The page around its two values; None where they do not stand there once each, the token first."""
    if page.count(token) != 1 or page.count(key) != 1:
        return None
    before, _token, rest = page.partition(token)
    between, found, after = rest.partition(key)
    return (before, between, after) if found else None
