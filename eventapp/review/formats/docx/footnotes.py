"""Footnotes in Word: a part of their own, which python-docx reads but does not write."""

from collections.abc import Iterable

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.run import Run

from eventapp.review.reports.content import Footnote

FIRST = 1  # below it stand the separators, which every file with footnotes must hold
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


def mark(run: Run, footnote: Footnote) -> None:
    """Put the mark of a footnote into a run; Word counts the marks itself."""
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(footnote.number))
    run._r.append(reference)  # noqa: SLF001


def write(document: Document, footnotes: Iterable[Footnote]) -> None:
    """Add the texts of all footnotes to the document."""
    root = parse_xml(f"<w:footnotes {nsdecls('w')}>{SEPARATORS}</w:footnotes>")
    for footnote in footnotes:
        root.append(_text(footnote))
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        serialize_part_xml(root),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    _announce(document)


def _text(footnote: Footnote) -> BaseOxmlElement:
    element = parse_xml(
        f'<w:footnote {nsdecls("w")} w:id="{footnote.number}"><w:p><w:pPr>'
        '<w:pStyle w:val="footnotetext"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"> </w:t></w:r><w:r><w:t xml:space="preserve"/></w:r>'
        "</w:p></w:footnote>"
    )
    element.findall(f".//{qn('w:t')}")[-1].text = footnote.text
    return element


def _announce(document: Document) -> None:
    """Name the separators in the settings, before the entries that the schema puts after them."""
    announced = parse_xml(f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
    settings = document.settings.element
    after = [settings.find(qn(f"w:{name}")) for name in ("compat", "rsids", "themeFontLang", "decimalSymbol")]
    following = next((found for found in after if found is not None), None)
    if following is None:
        settings.append(announced)
    else:
        following.addprevious(announced)
