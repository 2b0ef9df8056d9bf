"""What python-docx does not give a line of a Word file: a rule beside it, a bookmark, a field, a link."""

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


def field(line: Line, counts: str, shown: str) -> None:
    """Write a field, and what it shows until Word counts it."""
    mark(line, "begin")
    instruction(line, f" {counts} ")
    mark(line, "separate")
    line.add_run(shown)
    mark(line, "end")


def mark(line: Line, kind: str) -> None:
    """Write where a field begins, shows or ends."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(mark)  # noqa: SLF001


def instruction(line: Line, text: str) -> None:
    """Write what a field does."""
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = text
    line.add_run()._r.append(instruction)  # noqa: SLF001


def link(line: Line, anchor: str, text: str) -> None:
    """Write words that lead to a bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.append(line.add_run(text)._r)  # noqa: SLF001
    line._p.append(link)  # noqa: SLF001
