"""Somebody with a browser and no JavaScript: opens pages, fills in forms, follows links, over real HTTP."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener
from xml.etree.ElementTree import Element

import html5lib


@dataclass
class Page:
    """An answer: where it came from, its status, its bytes, and its HTML as a tree where it is HTML."""

    address: str
    status: int
    kind: str
    body: bytes
    tree: Element = field(init=False)

    def __post_init__(self) -> None:
        html = self.body.decode() if self.kind == "text/html" else ""
        self.tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)

    @property
    def text(self) -> str:
        """The words of the page, spaces folded."""
        return " ".join("".join(self.tree.itertext()).split()) if self.kind == "text/html" else self.body.decode()

    def links(self, words: str = "", within: str = "") -> list[str]:
        """Addresses of the links whose words, or address, say this."""
        found = []
        for link in self.tree.iter("a"):
            address = urljoin(self.address, link.get("href", ""))
            if words in " ".join("".join(link.itertext()).split()) and within in address:
                found.append(address)
        return found

    def form(self, action: str = "", button: str = "") -> "Form":
        """The first form that posts there, and has a button that says this."""
        for element in self.tree.iter("form"):
            target = urljoin(self.address, element.get("action") or self.address)
            buttons = [" ".join("".join(one.itertext()).split()) for one in element.iter("button")]
            if action in target and (not button or any(button in one for one in buttons)):
                return Form(element, target)
        forms = [form.get("action") for form in self.tree.iter("form")]
        message = (
            f"{self.address} ({self.status}) has no form for {action!r} with {button!r}: {forms}\n{self.text[:600]}"
        )
        raise AssertionError(message)


class Form:
    """A form as the page has it, with what a browser would send."""

    def __init__(self, element: Element, target: str) -> None:
        self.target = target
        self.method = (element.get("method") or "get").lower()
        self.files = element.get("enctype") == "multipart/form-data"
        self.values: dict[str, list[str]] = {}
        for control in element.iter():
            if control.tag in ("input", "select", "textarea") and control.get("name"):
                self.values.setdefault(str(control.get("name")), []).extend(sent_by(control))

    def fill(self, **answers: str | list[str]) -> "Form":
        """Type these answers; a name the form does not have fails."""
        for name, answer in answers.items():
            name = name.replace("__", "-")  # noqa: PLW2901 -- a name of Python for a name of HTML
            assert name in self.values, f"the form for {self.target} has no {name}: {sorted(self.values)}"
            self.values[name] = [answer] if isinstance(answer, str) else answer
        return self

    def press(self, name: str, value: str) -> "Form":
        """Choose the button that carries this name and value."""
        self.values[name] = [value]
        return self


def sent_by(control: Element) -> list[str]:
    """What a browser sends for a control nobody touched."""
    kind = control.get("type", "text") if control.tag == "input" else control.tag
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    if kind in ("file", "submit", "button", "image"):
        return []
    if kind == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value", "".join(option.itertext())) for option in chosen]
    return [control.text or ""] if kind == "textarea" else [control.get("value", "")]


class Reader:
    """One browser with its cookies."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def open(self, address: str) -> Page:
        return self.send(Request(urljoin(self.site, address)))

    def submit(self, form: Form, files: Mapping[str, tuple[str, str, bytes]] | None = None) -> Page:
        """Send a form, with files as name → (file name, type, content)."""
        pairs = [(name, value) for name, values in form.values.items() for value in values]
        if form.method == "get":
            return self.open(f"{form.target.split('?')[0]}?{urlencode(pairs)}")
        if not form.files:
            return self.send(Request(form.target, urlencode(pairs).encode()))
        body, kind = multipart(pairs, files or {})
        return self.send(Request(form.target, body, {"Content-Type": kind}))

    def send(self, request: Request) -> Page:
        request.add_header("Referer", request.full_url)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return Page(answer.url, answer.status, answer.headers.get_content_type(), answer.read())
        except HTTPError as error:
            with error:
                return Page(error.url or "", error.code, error.headers.get_content_type(), error.read())


def multipart(pairs: list[tuple[str, str]], files: Mapping[str, tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """A body of parts, as RFC 7578 has them, and its content type."""
    line = uuid.uuid4().hex
    parts = [f'--{line}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in pairs]
    for name, (file, kind, content) in files.items():
        head = f'--{line}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"
