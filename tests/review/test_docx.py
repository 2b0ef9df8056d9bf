import zipfile
from dataclasses import replace
from io import BytesIO

import docx as word
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from eventapp.review.formats.docx.document import docx
from eventapp.review.reports import content
from eventapp.review.reports.content import Paragraph
from tests.review.sample import REPORT


def opened(report: content.Report = REPORT) -> Document:
    return word.Document(BytesIO(docx(report)))


def lines(document: Document, style: str) -> list[str]:
    return [line.text for line in document.paragraphs if line.style and line.style.name == style]


def footnotes(report: content.Report) -> list[str]:
    with zipfile.ZipFile(BytesIO(docx(report))) as package:
        root = parse_xml(package.read("word/footnotes.xml"))
    return [
        "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
        for note in root
        if int(note.get(qn("w:id"), "0")) > 0
    ]


def test_chapters_paragraphs_and_annexes_have_real_styles() -> None:
    document = opened()

    assert lines(document, "Title") == ["Summary report"]
    assert lines(document, "Heading 1") == ["Background", "Emerging trends, challenges and opportunities"]
    assert lines(document, "Report Paragraph") == [paragraph.text for paragraph in REPORT.paragraphs]
    assert lines(document, "Annex Heading") == ["Programme", "Participants", "Evidence by paragraph"]
    assert lines(document, "Notice") == list(REPORT.notices)


def test_word_itself_counts_chapters_paragraphs_and_annexes() -> None:
    document = opened()
    numbering = document.part.numbering_part.element

    levels = {
        level.find(qn("w:pStyle")).get(qn("w:val")): (
            level.find(qn("w:numFmt")).get(qn("w:val")),
            level.find(qn("w:lvlText")).get(qn("w:val")),
        )
        for level in numbering.iter(qn("w:lvl"))
    }
    assert levels == {
        "Heading1": ("upperRoman", "%1."),
        "Heading2": ("upperLetter", "%2."),
        "Heading3": ("decimal", "%3."),
        "ReportParagraph": ("decimal", "%1."),
        "ReportSubparagraph": ("lowerLetter", "(%2)"),
        "ReportItem": ("decimal", "%3."),
        "AnnexHeading": ("upperRoman", "Annex %1."),
        "Matter": ("lowerLetter", "(%1)"),
    }
    for name, identity in (("Heading 1", "1"), ("Report Paragraph", "2"), ("Annex Heading", "3")):
        number = document.styles[name].element.find(f".//{qn('w:numId')}")
        assert number.get(qn("w:val")) == identity


def test_word_opens_it_as_a_file_of_today() -> None:
    settings = opened().settings.element
    modes = {one.get(qn("w:name")): one.get(qn("w:val")) for one in settings.iter(qn("w:compatSetting"))}

    assert modes["compatibilityMode"] == "15"  # below that, Word says “Compatibility Mode” beside the name
    assert [one.get(qn("w:percent")) for one in settings.iter(qn("w:zoom"))] == ["100"]


def test_footnotes_are_footnotes() -> None:
    document = opened()
    marks = [mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:footnoteReference"))]

    assert marks == ["1", "2"]
    assert footnotes(REPORT) == ["General Assembly resolution 70/125 of 16 December 2015.", "ESCAP resolution 72/10."]


def test_the_symbol_heads_each_page_and_fields_count_the_pages() -> None:
    section = opened().sections[0]

    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "IWG-ICT/2016/RP.1"
    for footer in (section.footer, section.first_page_footer):
        fields = [one.text for one in footer.paragraphs[0]._p.iter(qn("w:instrText"))]
        assert fields == [" PAGE ", " NUMPAGES "]
        assert footer.paragraphs[0].text.startswith("IWG-ICT/2016/RP.1\t")


def test_the_table_of_contents_is_a_field_whose_lines_lead_to_the_headings() -> None:
    body = opened().element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    bookmarks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]

    assert [one.text for one in body.iter(qn("w:instrText"))] == [r' TOC \o "1-2" \h \z \u ']
    assert anchors == bookmarks == ["chapter1", "chapter2", "annex1", "annex2", "annex3"]
    assert [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]


def test_the_contents_tell_paragraphs_in_the_place_where_word_puts_pages_once_it_is_asked_to() -> None:
    document = opened()
    [gallery] = document.element.body.iter(qn("w:sdt"))
    written = ["|".join(run.text or "" for run in line.iter(qn("w:t"))) for line in gallery.iter(qn("w:p"))]

    assert next(gallery.iter(qn("w:docPartGallery"))).get(qn("w:val")) == "Table of Contents"
    assert written == [
        "I.|Background|paras. 1–2",
        "II.|Emerging trends, challenges and opportunities|paras. 3–4",
        "Annex I.|Programme",
        "Annex II.|Participants",
        "Annex III.|Evidence by paragraph",
    ]
    assert document.settings.element.find(qn("w:updateFields")) is None  # Word would ask about "other files"
    assert [mark for mark in document.element.body.iter(qn("w:fldChar")) if mark.get(qn("w:dirty"))] == []


def test_annexes_are_tables_whose_heads_repeat() -> None:
    tables = opened().tables

    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["Time", "No.", "Item", "Room"],
        ["Delegation", "Name", "Organization"],
        ["Delegation", "Name", "Organization"],
        ["Para.", "Notes cited", "Action lines", "Goals"],
    ]
    assert [cell.text for cell in tables[2].rows[1].cells] == ["UNESCO", "Li Wenjing (李文静)", "UNESCO Bangkok"]
    assert all(len(list(table._tbl.iter(qn("w:tblHeader")))) == 1 for table in tables)


def test_nothing_is_laid_out_by_spaces_or_empty_lines() -> None:
    document = opened()
    texts = [line.text for line in document.paragraphs]

    assert [text for text in texts if "  " in text] == []
    assert [text for text in texts[:-1] if not text] == []  # the last one is Word's own: no file ends with a table


def test_two_tables_without_a_heading_between_them_stay_two() -> None:
    annex = replace(REPORT.annexes[-1], parts=REPORT.annexes[-1].parts * 2)
    document = opened(replace(REPORT, annexes=(annex,)))
    body = [one.tag.rpartition("}")[2] for one in document.element.body]

    assert len(document.tables) == 2
    assert body[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_the_same_report_is_the_same_bytes_with_one_time_on_every_file() -> None:
    first = docx(REPORT)

    assert docx(replace(REPORT)) == first
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_speak_of_the_report_alone() -> None:
    about = opened().core_properties

    assert about.title == f"Summary report: {REPORT.meeting.title}"
    assert about.subject == "IWG-ICT/2016/RP.1"
    assert about.author == about.last_modified_by == ", ".join(REPORT.bodies)
    assert about.created == about.modified
    assert about.language == "en"


def test_markup_in_a_text_stays_text() -> None:
    footnoted = content.Footnote(1, 4, "<w:t>&amp;</w:t>")
    chapter = content.Chapter(1, "A & B <i>", (content.Paragraph(1, "<b> & ]]>", (footnoted,)),))
    odd = replace(REPORT, chapters=(chapter,))

    assert lines(opened(odd), "Heading 1") == ["A & B <i>"]
    assert lines(opened(odd), "Report Paragraph") == ["<b> & ]]>"]
    assert footnotes(odd) == ["<w:t>&amp;</w:t>"]


def test_a_sub_paragraph_has_the_second_level_of_the_paragraphs_numbers() -> None:
    [first, *rest] = REPORT.chapters
    sub = replace(first, paragraphs=(*first.paragraphs, Paragraph(first.paragraphs[-1].number, "Below.", letter="a")))
    document = word.Document(BytesIO(docx(replace(REPORT, chapters=(sub, *rest)))))

    assert lines(document, "Report Subparagraph") == ["Below."]
    numbers = document.styles["Report Subparagraph"].element.find(f".//{qn('w:numPr')}")
    assert [child.get(qn("w:val")) for child in numbers] == ["1", "2"]
