"""The look of a report in Word: styles, automatic numbers and languages, defined once in the document."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from eventapp.review.formats.docx.numbers import number

FACE = "Times New Roman"
WIDTH = Mm(154)  # of the text: A4 less the margins
AFTER = Pt(6)
FACTS_TAB = Mm(116)  # where the facts beside the meeting's place begin
INK = RGBColor(0, 0, 0)
TEMPLATE_STYLES = {"Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Header", "Footer"}
TEMPLATE_DEFAULTS = {"Default Paragraph Font", "Normal Table", "No List"}
PARAGRAPH, SUBPARAGRAPH, ITEM = "Report Paragraph", "Report Subparagraph", "Report Item"
ANNEX, GROUP, MASTHEAD, NOTICE = "Annex Heading", "Annex Group", "Masthead", "Notice"
SUMMARY_TITLE, SUMMARY, MATTER, CORRECTED = "Summary Title", "Summary", "Matter", "Corrected"
CELL, FOOTNOTE, TABLE, CONTENTS = "Table Text", "footnote text", "Report Table", "toc 1"
FOOTNOTE_MARK, SOURCES, CONTENTS_TITLE = "footnote reference", "Sources", "Contents Title"
BELOW = "toc 2"
BUILT_IN = {FOOTNOTE, CONTENTS, BELOW}  # names that Word itself knows and treats as such
TONGUES = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-SA"}
SIDES = ("top", "left", "bottom", "right")


def dress(document: Document, language: str) -> None:
    """Give an empty document the styles of a summary report, and nothing else."""
    _clear(document)
    _newest(document)
    _defaults(document, TONGUES.get(language, language))
    number(document)
    _headings(document)
    _texts(document)
    _contents(document)
    _marks(document)
    _table(document)


def _clear(document: Document) -> None:
    for style in list(document.styles):
        if style.name not in TEMPLATE_STYLES | TEMPLATE_DEFAULTS:
            style.delete()
    for style in document.styles:
        for link in style.element.findall(qn("w:link")):
            style.element.remove(link)


def _newest(document: Document) -> None:
    """Let Word open the file as one of today: the template's are of 2010, which Word says above each of them."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for zoom in settings.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")  # the schema asks for it


def _defaults(document: Document, tongue: str) -> None:
    """Set face, size and language for the whole document instead of the template's theme."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(defaults):
        defaults.remove(child)
    for xml in (
        f'<w:rFonts {nsdecls("w")} w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE}" w:cs="{FACE}"/>',
        f'<w:sz {nsdecls("w")} w:val="20"/>',
        f'<w:szCs {nsdecls("w")} w:val="20"/>',
        f'<w:lang {nsdecls("w")} w:val="{tongue}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>',
    ):
        defaults.append(parse_xml(xml))
    for name in TEMPLATE_STYLES:
        _plain(_paragraph_style(document, name))


def _plain(style: ParagraphStyle) -> None:
    """Take the template's theme fonts and colours off a style."""
    properties = style.element.find(qn("w:rPr"))
    if properties is not None:
        style.element.remove(properties)
    borders = style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _headings(document: Document) -> None:
    title = _paragraph_style(document, "Title")
    _shape(title, size=18, bold=True, before=12, after=6)
    chapter = _paragraph_style(document, "Heading 1")
    _shape(chapter, size=13, bold=True, before=18, after=8)
    chapter.paragraph_format.keep_with_next = True
    _numbered(chapter, 1)
    group = _paragraph_style(document, "Heading 2")
    _shape(group, size=11, bold=True, before=18, after=4)
    group.paragraph_format.keep_with_next = True
    _numbered(group, 1, level=1)
    topic = _paragraph_style(document, "Heading 3")
    _shape(topic, size=10, bold=True, before=12, after=4)
    topic.paragraph_format.keep_with_next = True
    _numbered(topic, 1, level=2)
    below = _new(document, GROUP)
    _shape(below, size=11, bold=True, before=18, after=4)
    below.paragraph_format.keep_with_next = True
    below.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    annex = _new(document, ANNEX)
    _shape(annex, size=13, bold=True, before=0, after=10)
    annex.paragraph_format.keep_with_next = True
    annex.paragraph_format.page_break_before = True
    _numbered(annex, 3)
    annex.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))


def _texts(document: Document) -> None:
    body = _new(document, PARAGRAPH)
    _shape(body, size=10, before=0, after=6, line=12.5)
    body.paragraph_format.widow_control = True
    _numbered(body, 2)
    for level, name in enumerate((SUBPARAGRAPH, ITEM), start=1):
        below = _new(document, name)
        _shape(below, size=10, before=0, after=6, line=12.5)
        below.paragraph_format.widow_control = True
        _numbered(below, 2, level=level)
    matter = _new(document, MATTER)
    _shape(matter, size=10, before=0, after=6, line=12.5)
    _numbered(matter, 4)
    _shape(corrected := _new(document, CORRECTED), size=9, before=0, after=6)
    corrected.font.italic, corrected.paragraph_format.left_indent = True, Mm(12)
    _boxed(_new(document, SUMMARY_TITLE), _new(document, SUMMARY))
    _shape(_new(document, MASTHEAD), size=10, before=0, after=0)
    notice = _new(document, NOTICE)
    _shape(notice, size=10, before=0, after=6)
    notice.font.italic = True
    _shape(_new(document, CELL), size=9, before=2, after=2)
    _shape(_new(document, FOOTNOTE), size=8.5, before=0, after=2)
    for name in ("Header", "Footer"):
        edge = _paragraph_style(document, name)
        _shape(edge, size=8.5, before=0, after=0)
        edge.paragraph_format.tab_stops.clear_all()
        edge.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _boxed(title: ParagraphStyle, words: ParagraphStyle) -> None:
    """Give both the same frame, which Word draws once around lines that follow each other."""
    for style in (title, words):
        _shape(style, size=10, before=0, after=6, line=12.5)
        style.paragraph_format.left_indent, style.paragraph_format.right_indent = Mm(16), Mm(4)
        sides = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="8" w:color="auto"/>' for side in SIDES)
        style.element.get_or_add_pPr().insert_element_before(
            parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )
    title.font.italic = True
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True


def _contents(document: Document) -> None:
    heading = _new(document, CONTENTS_TITLE)
    _shape(heading, size=11, bold=True, before=12, after=4)
    heading.paragraph_format.keep_with_next = True
    for name, begins, ends in ((CONTENTS, 0, 26), (BELOW, 26, 34)):
        line = _new(document, name)
        _shape(line, size=10, before=0, after=3)
        line.paragraph_format.left_indent = Mm(ends)
        line.paragraph_format.first_line_indent = Mm(begins - ends)
        line.paragraph_format.right_indent = Mm(25)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(ends))
        line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _marks(document: Document) -> None:
    mark = document.styles.add_style(FOOTNOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    sources = document.styles.add_style(SOURCES, WD_STYLE_TYPE.CHARACTER).font
    sources.size, sources.color.rgb = Pt(7), RGBColor(0x4D, 0x4D, 0x4D)


def _table(document: Document) -> None:
    """Rules between rows only, as the tables of United Nations documents have them."""
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">'
            f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
            '<w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
            '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/>'
            '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders>'
            '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="113" w:type="dxa"/>'
            '</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:i/></w:rPr>'
            '<w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/>'
            "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
        )
    )


def _shape(
    style: ParagraphStyle, *, size: float, before: float, after: float, bold: bool = False, line: float = 0
) -> None:
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = Pt(line) if line else 1.0


def _numbered(style: ParagraphStyle, identity: int, *, level: int = 0) -> None:
    properties: BaseOxmlElement = style.element.get_or_add_pPr()
    numbers = properties._add_numPr()  # noqa: SLF001
    if level:
        numbers._add_ilvl().val = level  # noqa: SLF001
    numbers._add_numId().val = identity  # noqa: SLF001


def _new(document: Document, name: str) -> ParagraphStyle:
    document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in BUILT_IN)
    style = _paragraph_style(document, name)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    return style
