"""From a template to a letter: one text, as plain text and as HTML, in the language of whoever reads it."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from jinja2 import Template
from jinja2.runtime import Context

from eventapp.mail.models import Letter

LONGEST_SUBJECT = 500
BUTTON_LINES = 2
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
BREAKS = re.compile(r"[\s\x00-\x1f\x7f\u0085\u2028\u2029]+")


@dataclass(frozen=True)
class Piece:
    """A run of words in a letter; `link` is where it leads, '' for plain words."""

    words: str
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as lines of pieces. A button is a paragraph of two lines: its words, then its address."""

    lines: tuple[tuple[Piece, ...], ...]
    button: Piece | None = None


def compose(
    template: str,
    *,
    to: str,
    to_name: str = "",
    language: str = "en",
    about: str | None = None,
    meeting_id: int | None = None,
    dedupe: str | None = None,
    **words: object,
) -> Letter:
    """A letter from one template: its `subject` block and its `body` block, as text and as HTML. Not posted yet.

    In the body, blank lines part the paragraphs; a line of words above a line that is an address becomes a button.
    `base_url` is there for links. `meeting_name` and `contact`, where given, go to the head and the foot of the HTML;
    `illustrative`, what of the meeting is made up, ends the letter as it ends the meeting's pages.
    """
    subject, text, html = draw(template, language, {"to_name": to_name, **words})
    return Letter(
        to=to,
        to_name=one_line(to_name),
        subject=subject[:LONGEST_SUBJECT],
        text=text,
        html=html,
        language=language,
        kind=template,
        about=about,
        meeting_id=meeting_id,
        dedupe=dedupe,
        message_id=new_message_id(),
    )


def draw(template: str, language: str, words: Mapping[str, object]) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    with force_locale(language):
        page = current_app.jinja_env.get_template(template)
        words = {"base_url": current_app.config["BASE_URL"], **words}
        context = page.new_context(words)
        subject = one_line(block(page, "subject", context))
        parts = (block(page, "body", context), str(words.get("illustrative") or ""))
        text = body_text("\n\n".join(parts))
        layout = current_app.jinja_env.get_template("_parts/mail.html")
        html = layout.render(**words, subject=subject, paragraphs=paragraphs(text))
    return subject, text, html


def block(page: Template, name: str, context: Context) -> str:
    return "".join(page.blocks[name](context))


def one_line(text: str) -> str:
    """These words on one line: a header cannot be broken out of, by any of the characters that break lines."""
    return BREAKS.sub(" ", text).strip()


def body_text(text: str) -> str:
    """The body with clean line ends, at most one blank line between paragraphs, and one line end at the end."""
    lines = (line.strip() for line in re.sub(r"\r\n?|[\u0085\u2028\u2029]", "\n", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a body, their links found."""
    return [paragraph(part.split("\n")) for part in text.strip().split("\n\n")]


def paragraph(lines: list[str]) -> Paragraph:
    parts = tuple(tuple(pieces(line)) for line in lines)
    if len(parts) == BUTTON_LINES and is_link(parts[1]) and not any(piece.link for piece in parts[0]):
        return Paragraph((), Piece(lines[0].rstrip(":"), lines[1]))
    return Paragraph(parts)


def is_link(line: tuple[Piece, ...]) -> bool:
    return len(line) == 1 and line[0].link != ""


def pieces(line: str) -> list[Piece]:
    """A line, cut where its links are. Only addresses of our own become links: a name somebody typed never does."""
    found: list[Piece] = []
    done = 0
    for match in LINK.finditer(line):
        if not match.group().startswith(f"{current_app.config['BASE_URL']}/"):
            continue
        found += [Piece(line[done : match.start()]), Piece(match.group(), match.group())]
        done = match.end()
    return [piece for piece in [*found, Piece(line[done:])] if piece.words]


def new_message_id() -> str:
    """A Message-ID nobody else makes; it is kept in the row, so that a letter sent twice is known to be one."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return f"<{secrets.token_hex(16)}@{host}>"
