"""Parts of pages that are the same for everybody, drawn once in each process."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

from flask import Flask, current_app, g, request

from eventapp.ground.text.i18n import language

FETCHED = "X-Fetched-By"  # the header by which a script asks for a part of a page; a browser gets whole pages
ROOM = 4_000_000  # characters that one process keeps


@dataclass(frozen=True)
class Fragment:
    """A part of a page, and the icons that it names: the layout draws each icon of a page once."""

    html: str
    icons: frozenset[str]


@dataclass
class Fragments:
    """The extension: the fragments of one process, the ones longest unused making room."""

    known: OrderedDict[Hashable, Fragment] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)

    def init_app(self, app: Flask) -> None:
        app.jinja_env.globals["cached"] = cached

    def get(self, key: Hashable) -> Fragment | None:
        with self.lock:
            if key in self.known:
                self.known.move_to_end(key)
            return self.known.get(key)

    def keep(self, key: Hashable, made: Fragment) -> None:
        with self.lock:
            before = self.known.pop(key, None)
            self.known[key] = made
            self.size += len(made.html) - (len(before.html) if before else 0)
            while self.size > ROOM:
                self.size -= len(self.known.popitem(last=False)[1].html)


def cached(*drawn_from: Hashable, caller: Callable[[], str]) -> str:
    """In a template: `{% call cached('name', what it is drawn from, …) %} … {% endcall %}`. Each language has its own.

    Nothing inside may depend on who asks; what it depends on is named, so that a change is another fragment. In
    development, where templates and files change, every part is drawn anew.
    """
    fragments: Fragments = current_app.extensions.setdefault("fragments", Fragments())
    icons: set[str] = g.setdefault("icons", set())
    key = (*drawn_from, language(), request.script_root)
    known = None if current_app.config["DEVELOPMENT"] else fragments.get(key)
    if known is None:
        g.icons = set()
        html = caller()
        known = Fragment(html, frozenset(g.icons))
        g.icons = icons
        fragments.keep(key, known)
    icons |= known.icons
    return known.html
