"""A client that reads each page it gets the way a careful browser would, and refuses a bad one."""

import os
import re
from contextvars import Context, ContextVar
from typing import Any, cast
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Connection, Engine, event
from werkzeug.test import TestResponse
from werkzeug.utils import cached_property

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.security.tokens import hashed, secret
from eventapp.people.models import Person, SignIn

BLOCKS = (
    "address|article|aside|blockquote|body|caption|dd|details|dialog|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head"
    "|header|hr|html|legend|li|main|nav|ol|option|p|section|select|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
BESIDE_A_BLOCK = re.compile(rf" ?(</?(?:{BLOCKS})(?: [^<>]*)?>) ?")
KEPT_AS_IS = re.compile(r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)>)", re.DOTALL)
SPACE = re.compile(r"[ \t\r\n]+")
LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button")
CHANGES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
BESIDE = {"rate_hit", "sign_in"}  # that somebody tried, and when they were seen, counts whatever becomes of the rest
# Asked a second time with the same key, which writes nothing more; in portions, where pressing again does the rest; and
# a file in parts, which is nowhere before its last.
KEYED = re.compile(
    r"/door/[^/]+/scans$|/manage/registrations(/tags)?$|/manage/agenda/(availability|material)/letters$"
    r"|^/manage/meetings/(package|file|copy)$|/manage/outcomes/file$"
)
RIGHT: set[int] = set()  # hashes of the pages in which no fault was found: many tests ask for the same one
WRITTEN: ContextVar[list[set[str]] | None] = ContextVar("written", default=None)  # by each commit of the request


class PageResponse(TestResponse):
    """An answer whose page is read as a browser shows it, however its template breaks its lines."""

    @cached_property
    def text(self) -> str:
        page = self.get_data(as_text=True)
        return in_one_line(page) if self.mimetype == "text/html" else page


def in_one_line(page: str) -> str:
    """The page with one blank for each white space, and none beside a block; as it is where white space counts."""
    parts = KEPT_AS_IS.split(page)
    parts[::2] = [BESIDE_A_BLOCK.sub(r"\1", SPACE.sub(" ", part)) for part in parts[::2]]
    return "".join(parts)


def beside(field: str, page: str) -> str:
    """What the page says is wrong beside the field with this id, "" where nothing is."""
    found = re.search(f'id="{field}-error">(.*?)</p>', page, re.DOTALL)
    return found[1] if found else ""


class PageClient(FlaskClient):
    """Follows the rules of the house: every HTML answer is parsed and linted; forms are posted with their token.

    A request that writes does so in one transaction: wherever it is cut off, all of it happened or nothing did.

    A page given out as a file is no page of the site: it brings its own style, and tests of its own read it.
    `csrf=False` in a call leaves the token out. `lint=False` on the client stops the reading. The tests on PostgreSQL do
    not read either: the same tests on SQLite have read what the same templates make of the same rows.
    """

    lint = os.environ.get("DATABASE", "sqlite") == "sqlite"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.response_wrapper = cast(
            "type[TestResponse]", type("PageAnswer", (PageResponse, self.response_wrapper), {})
        )

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        if csrf and kwargs.get("method", "GET") not in ("GET", "HEAD", "OPTIONS"):
            self.put_token(kwargs)
        db.session.rollback()  # the test reads anew afterwards, and holds nothing while the request runs
        own = Context()  # a request of its own: no session, no `g` of the test's
        own.run(WRITTEN.set, [])
        answer = own.run(super().open, *args, **kwargs)
        written = own[WRITTEN] or []
        path = answer.request.path
        assert len(written) <= 1 or KEYED.search(path), f"{path} writes in {len(written)} transactions: {written}"
        is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
        if self.lint and answer.mimetype == "text/html" and answer.data and not is_file:
            check_page(answer.get_data(as_text=True), answer.request.path)
        return answer

    def put_token(self, kwargs: dict[str, Any]) -> None:
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", "a" * 40)
        signer = URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token")
        token = signer.dumps(raw)
        if "json" in kwargs or not isinstance(kwargs.get("data", {}), dict):
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": token}
        else:
            kwargs["data"] = {**(kwargs.get("data") or {}), "csrf_token": token}

    def sign_in(self, person: Person) -> "PageClient":
        """Sign this browser in as that person, by a row like any other sign-in. Returns the client."""
        word, moment = secret(), now()
        person_id = person.id
        with transaction():
            db.session.add(
                SignIn(
                    person_id=person_id,
                    secret_hash=hashed(word),
                    signed_in_at=moment,
                    last_seen_at=moment,
                    browser="Test browser",
                )
            )
        with self.session_transaction() as session:
            session["_user_id"], session["_fresh"] = word, True
        return self


@event.listens_for(Engine, "begin")
def begin(connection: Connection) -> None:
    connection.info["tables"] = set()


@event.listens_for(Engine, "before_cursor_execute")
def execute(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    changed = CHANGES.match(statement)
    if changed and changed[1] not in BESIDE:
        connection.info["tables"].add(changed[1])


@event.listens_for(Engine, "commit")
def commit(connection: Connection) -> None:
    """Remember what the request in hand has written."""
    written, tables = WRITTEN.get(), connection.info["tables"]
    if written is not None and tables:
        written.append(tables)


def check_page(html: str, path: str) -> None:
    """Fail on what a reader, a screen reader or a strict browser would stumble over."""
    if hash(html) in RIGHT:
        return
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    faults = [f"{where}: {name}" for where, name, _ in parser.errors]
    assert not faults, f"{path}: {faults[:3]}"
    headings = len(tree.findall(".//h1")) - len(tree.findall(".//template//h1"))  # those are not on the page yet
    assert headings == 1, f"{path}: one h1, not {headings}"
    title = tree.findtext(".//title") or ""
    assert title.strip(), f"{path}: no title"
    assert tree.get("lang"), f"{path}: no lang"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"{path}: ids twice: {[i for i in ids if ids.count(i) > 1]}"
    for element in tree.iter():
        check_element(element, tree, set(ids), path)
    for form in tree.findall(".//form"):
        check_form(form, path)
    wrong = [link.get("href", "") for note in tree.iter() if is_summary(note) for link in note.iter("a")]
    nowhere = [address for address in wrong if address.removeprefix("#") not in ids]
    assert not nowhere, f"{path}: what is wrong leads to {nowhere}, which is not there"
    RIGHT.add(hash(html))


def is_summary(element: Element) -> bool:
    return isinstance(element.tag, str) and "summary" in element.get("class", "").split()


def check_element(element: Element, tree: Element, ids: set[str | None], path: str) -> None:
    if not isinstance(element.tag, str):
        return
    words = {name.lower(): value for name, value in element.attrib.items()}
    inline = [name for name in words if name.startswith("on") or name == "style"]
    assert not inline, f"{path}: <{element.tag}> has {inline}"
    assert element.tag != "style", f"{path}: an inline style sheet"
    assert element.tag != "script" or words.get("src"), f"{path}: an inline script"
    for name in ("href", "src", "action"):
        scheme = urlsplit(words.get(name, "")).scheme
        assert scheme in ("", "http", "https", "mailto", "tel", "data", "webcal"), f"{path}: {words[name]}"
    for name in ("aria-describedby", "aria-labelledby", "for"):
        missing = set(words.get(name, "").split()) - ids
        assert not missing, f"{path}: {name} names {missing}, which is not there"
    if element.tag in LABELLED and words.get("type") not in UNLABELLED_TYPES:
        assert is_labelled(element, tree), f"{path}: no label for {words}"


def is_labelled(element: Element, tree: Element) -> bool:
    if element.get("aria-label") or element.get("aria-labelledby"):
        return True
    labels = tree.findall(".//label")
    return any(label.get("for") == element.get("id") or element in list(label.iter()) for label in labels)


def check_form(form: Element, path: str) -> None:
    if (form.get("method") or "get").lower() == "post":
        names = [field.get("name") for field in form.iter("input")]
        assert "csrf_token" in names, f"{path}: a form without its token: {form.get('action')}"
