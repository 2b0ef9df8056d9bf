"""The worker: a program of its own that writes one list as a Word file, so that the server stays small.

It reads the values of the list as JSON from standard input, writes the file to standard output, and imports nothing of
the app.
"""

import json
import sys
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TypedDict

import docx as word
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

FACE = "Times New Roman"
TONGUES = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-SA"}
LOOK = {  # style: size, bold, italic, before, after
    "Title": (18, True, False, 0, 6),
    "Heading 1": (14, True, False, 18, 6),
    "Heading 2": (11, True, False, 12, 4),
    "Heading 3": (10, False, True, 6, 3),
    "Normal": (10, False, False, 0, 4),
}
IDS = {name: name.replace(" ", "") for name in LOOK}


class Person(TypedDict):
    """Somebody in the list."""

    name: str
    lang: str
    facts: str


class Role(TypedDict):
    """People of one role in a delegation."""

    heading: str
    people: list[Person]


class Sender(TypedDict):
    """A delegation."""

    name: str
    lang: str
    roles: list[Role]


class Part(TypedDict):
    """A part of the list."""

    heading: str
    delegations: list[Sender]


class Values(TypedDict):
    """The JSON of formats/values.py."""

    language: str
    rtl: bool
    title: str
    meeting: str
    symbol: str
    where: str
    version: str
    issued: list[int]
    parts: list[Part]


def main() -> None:
    sys.stdout.buffer.write(written(json.load(sys.stdin)))


def written(values: Values) -> bytes:
    """Return the list as a .docx file."""
    document = word.Document()
    dress(document, values)
    say(document, values["title"], "Title", values)
    for words in (values["meeting"], values["where"], values["symbol"], values["version"]):
        if words:
            say(document, words, "Normal", values)
    for part in values["parts"]:
        say(document, part["heading"], "Heading 1", values)
        for one in part["delegations"]:
            say(document, one["name"], "Heading 2", values, one["lang"])
            for role in one["roles"]:
                if role["heading"]:
                    say(document, role["heading"], "Heading 3", values)
                for person in role["people"]:
                    line = say(document, person["name"], "Normal", values, person["lang"], bold=True)
                    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(8), Mm(-4)
                    if person["facts"]:
                        run(line, f", {person['facts']}", values)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def dress(document: Document, values: Values) -> None:
    """Set page, styles, language and what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin, section.bottom_margin = Mm(25), Mm(24)
    for name, (size, bold, italic, before, after) in LOOK.items():
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        font, shape = style.font, style.paragraph_format
        font.name, font.size, font.bold, font.italic = FACE, Pt(size), bold, italic
        font.color.rgb = RGBColor(0, 0, 0)
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:cs"), FACE)
        for old in style.element.rPr.findall(qn("w:szCs")):
            style.element.rPr.remove(old)
        style.element.rPr.find(qn("w:sz")).addnext(
            parse_xml(f'<w:szCs {nsdecls("w")} w:val="{size * 2}"/>')
        )  # of Arabic
        for border in list(style.element.iter(qn("w:pBdr"))):
            border.getparent().remove(border)
    tongue = TONGUES.get(values["language"], values["language"])
    for defaults in document.styles.element.iter(qn("w:lang")):
        defaults.set(qn("w:val"), tongue)
        defaults.set(qn("w:bidi"), tongue if values["rtl"] else "ar-SA")
    about, at = document.core_properties, datetime.combine(date(*values["issued"]), time(), tzinfo=UTC)
    about.title, about.subject = f"{values['title']}: {values['meeting']}", values["symbol"]
    about.created = about.modified = at
    about.language, about.author, about.comments = values["language"], "", values["version"]
    foot = section.footer.paragraphs[0]
    turn(foot, values)
    run(foot, f"{values['version']} · ", values)
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))  # noqa: SLF001


def say(
    document: Document, words: str, style: str, values: Values, lang: str = "", *, bold: bool | None = None
) -> Paragraph:
    """Write a line, in the direction of the list."""
    body = document.element.body
    made = OxmlElement("w:p")
    body[-1].addprevious(made)  # before the section's properties; python-docx would look for them from the start
    line = Paragraph(made, document)
    made.style = IDS[style]
    turn(line, values)
    run(line, words, values, lang, bold=bold)
    return line


def turn(line: Paragraph, values: Values) -> None:
    """Let a line of a list in Arabic begin at the right."""
    if values["rtl"]:
        properties = line._p.get_or_add_pPr()  # noqa: SLF001
        properties.insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def run(line: Paragraph, words: str, values: Values, lang: str = "", *, bold: bool | None = None) -> None:
    """Write words, marked as what they are: Arabic ones as such, and a name in another language."""
    piece = line.add_run(words)
    piece.bold = bold
    properties = piece._r.get_or_add_rPr()  # noqa: SLF001
    is_arabic = any("\u0590" <= letter <= "\u08ff" for letter in words)
    if bold and is_arabic:
        properties.append(OxmlElement("w:bCs"))
    if is_arabic:
        properties.append(OxmlElement("w:rtl"))
    if lang and lang != values["language"]:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:bidi" if is_arabic else "w:val"), TONGUES.get(lang, lang))
        properties.append(mark)


if __name__ == "__main__":
    main()
