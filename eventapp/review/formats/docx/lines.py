"""What python-docx does not give a line of a Word file: a rule beside it, and a bookmark."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Line


def rule(line: Line, side: str, eighths: int) -> None:
    """Draw it, this many eighths of a point thick."""
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", "auto")):
        border.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(border)
    line._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def bookmark(line: Line, name: str, identity: int) -> None:
    """Give the line a name that links lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(identity))
    start.set(qn("w:name"), name)
    line._p.insert(1, start)  # noqa: SLF001 - after the paragraph's properties
    line._p.append(end)  # noqa: SLF001
