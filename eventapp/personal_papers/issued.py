"""A paper as it is printed: what it says, and by what it is checked."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask import current_app, url_for
from flask_babel import force_locale

from eventapp.ground import qr
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import RIGHT_TO_LEFT
from eventapp.ground.typesetting import pdf_by
from eventapp.meetings.models import Meeting
from eventapp.personal_papers.content import spoken_in
from eventapp.personal_papers.kinds import KINDS
from eventapp.personal_papers.models import PaperTemplate, PersonalPaper

SHEET = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True)
class Issued:
    """What one paper says; number and code of what can be checked."""

    content: Record
    number: str = ""
    code: str = ""


def numbered(kind: str, number: int) -> str:
    """The number as printed: LTR-0012."""
    return f"{KINDS[kind].sign}-{number:04d}"


def issued_before(paper: PersonalPaper) -> Issued:
    """A paper that is there, to be printed again."""
    return Issued(paper.content, numbered(paper.kind, paper.number), paper.code)


@dataclass(frozen=True)
class Printing:
    """What is printed beside what papers say."""

    title: str  # of the file
    address: str  # with a code behind it, where one of them is checked
    agenda: str = ""  # the address of the agenda: on what has nothing to check, as a QR code


def pdf_of(
    papers: Sequence[Issued], kind: str, tongue: str, template: PaperTemplate | None, printing: Printing
) -> bytes:
    """These papers as one file, a page or more for each."""
    agenda = printing.agenda
    with force_locale(spoken_in(tongue)):
        words = {"check": _("Check this document at"), "number": _("Number")}
    bare = tongue.partition("-")[0]
    values: Record = {
        "language": bare,
        "rtl": bare in RIGHT_TO_LEFT,
        "title": printing.title,
        "kind": kind,
        "letterhead": framed(template.letterhead) if template and template.letterhead else "",
        "words": words,
        "agenda": {"address": agenda, "qr": qr.svg(agenda)} if agenda else {"address": "", "qr": ""},
        "papers": [page_of(one, printing.address) for one in papers],
    }
    return pdf_by(SHEET, values)


def where_checked() -> str:
    """The address at which a paper is checked, without its code."""
    base = str(current_app.config["BASE_URL"]).rstrip("/")
    return base + url_for("personal_papers.show", code="-").removesuffix("-")


def where_agenda(meeting: Meeting) -> str:
    """The address of the agenda of this meeting."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + url_for("agenda.index", slug=meeting.slug)


def page_of(one: Issued, address: str) -> Record:
    checked = f"{address}{one.code}" if one.code else ""
    facts = {name: one.content[name] for name in ("blocks", "signatory", "date")}
    return {**facts, "number": one.number, "address": checked, "qr": qr.svg(checked) if checked else ""}


def framed(picture: bytes) -> str:
    """The letterhead in a drawing: the worker takes text only, and copies the JPEG as it is."""
    from PIL import Image

    with Image.open(BytesIO(picture), formats=("JPEG",)) as opened:
        wide, high = opened.size
    data = base64.b64encode(picture).decode()
    image = f'<image width="{wide}" height="{high}" href="data:image/jpeg;base64,{data}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">{image}</svg>'
