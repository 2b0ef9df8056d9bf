"""Markdown of organizers as HTML: none of theirs, links to the web, mail and telephones, pictures of the page."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
LOWEST_HEADING = 6
Drawn = Sequence["Token"]


def html_of(text: str, pictures: Mapping[str, str] | None = None, table: str = "") -> Markup:
    """The text as HTML. `pictures` are the addresses by name of those it may show; `table` is what a table is called.

    A heading is one step lower than written: the title of the page stands above it. A link elsewhere than to the web,
    to mail or to a telephone is its words alone, a picture that is not there its description.
    """
    return Markup(parser().render(text, {"pictures": pictures or {}, "table": table}))  # noqa: S704 -- made here, of text


@cache
def parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    made.core.ruler.push("safe", make_safe)
    made.add_render_rule("image", image)
    made.add_render_rule("table_open", table_open)
    made.add_render_rule("table_close", table_close)
    made.validateLink = is_address  # type: ignore[method-assign]  # as the library says it is to be set
    return made


def is_address(url: str) -> bool:
    """Whether this may be a link or the name of a picture: no scheme but those we know."""
    return bool(SAFE_LINK.match(url)) or ":" not in url


def make_safe(state: "StateCore") -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, LOWEST_HEADING)}"
        if token.children:
            _check_links(token.children)


def _check_links(tokens: "Collection[Token]") -> None:
    """Take away a link that leads elsewhere, and let no page that is opened by one reach back here."""
    hides = []
    for token in tokens:
        if token.type == "link_open":
            hides.append(not SAFE_LINK.match(str(token.attrGet("href") or "")))
            token.hidden = hides[-1]
            token.attrSet("rel", "noopener noreferrer")
        elif token.type == "link_close":
            token.hidden = hides.pop()


def image(_renderer: "RendererHTML", tokens: Drawn, place: int, options: "OptionsDict", env: "EnvType") -> str:
    token = tokens[place]
    words = _renderer.renderInlineAsText(token.children or (), options, env)
    address = env["pictures"].get(str(token.attrGet("src") or ""))
    return str(Markup('<img src="{}" alt="{}" loading="lazy">').format(address, words) if address else escape(words))


def table_open(_renderer: "RendererHTML", _tokens: Drawn, _place: int, _options: "OptionsDict", env: "EnvType") -> str:
    return str(Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>').format(env["table"]))


def table_close(
    _renderer: "RendererHTML", _tokens: Drawn, _place: int, _options: "OptionsDict", _env: "EnvType"
) -> str:
    return "</table></div>"
