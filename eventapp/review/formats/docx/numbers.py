"""The automatic numbers of a report in Word: chapters, paragraphs, annexes and the matters calling for action."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from eventapp.review.language.wording import LABELS

STEP = 680  # twips of a hanging indent, 12 mm: VIII. has room in it
# Each run of numbers by its levels: (numeral format, text, style, indent in twips, what follows the number)
NUMBERS = {
    1: (
        ("upperRoman", "%1.", "Heading1", STEP, "tab"),
        ("upperLetter", "%2.", "Heading2", STEP, "tab"),
        ("decimal", "%3.", "Heading3", STEP, "tab"),
    ),
    2: (
        ("decimal", "%1.", "ReportParagraph", STEP, "tab"),
        ("lowerLetter", "(%2)", "ReportSubparagraph", 2 * STEP, "tab"),
        ("decimal", "%3.", "ReportItem", 2 * STEP, "tab"),
    ),
    3: (("upperRoman", "{annex} %1.", "AnnexHeading", 0, "space"),),
    4: (("lowerLetter", "(%1)", "Matter", 2 * STEP, "tab"),),
}


def number(document: Document) -> None:
    """Define the three runs of numbers: chapters, paragraphs, annexes."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for identity, levels in NUMBERS.items():
        written = "".join(_level(place, level) for place, level in enumerate(levels))
        kind = "multilevel" if len(levels) > 1 else "singleLevel"
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">'
                f'<w:multiLevelType w:val="{kind}"/>{written}</w:abstractNum>'
            )
        )
    for identity in NUMBERS:
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
        )


def _level(place: int, level: tuple[str, str, str, int, str]) -> str:
    numeral, text, style, indent, follow = level
    hanging = min(indent, STEP)
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{numeral}"/>'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="{follow}"/>'
        f'<w:lvlText w:val="{text.format(annex=LABELS["annex"])}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
