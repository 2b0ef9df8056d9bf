from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, PdfObject, TextStringObject

from eventapp.review.formats.pdf import pdf
from eventapp.review.reports.content import Chapter, Paragraph, Report
from tests.review.sample import REPORT


def read(report: Report) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(pdf(report)))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def is_accessible(reader: PdfReader) -> bool:
    metadata = reader.xmp_metadata
    return metadata is not None and "pdfuaid" in metadata.stream.get_data().decode()


def test_the_pages_carry_the_whole_report() -> None:
    reader, text = read(REPORT)

    assert len(reader.pages) == 4
    for words in (
        "Summary report",
        "IWG-ICT/2016/RP.1",
        "Distr.: Participants",
        "I. Background",
        "General Assembly resolution 70/125 of 16 December 2015.",
        "Annex II. Participants",
        "Tshering Dorji",
        "S2-01, S2-03",
    ):
        assert words in text
    for paragraph in REPORT.paragraphs:
        assert f"{paragraph.number}. {paragraph.text.split(',')[0]}" in text


def test_it_is_tagged_for_screen_readers_and_says_its_language_and_title() -> None:
    reader, _text = read(REPORT)

    assert is_accessible(reader)
    assert reader.root_object.raw_get("/MarkInfo") == {
        "/Marked": BooleanObject(True),
        "/Suspects": BooleanObject(False),
    }
    assert reader.root_object.raw_get("/Lang") == TextStringObject("en")
    assert reader.metadata is not None
    assert reader.metadata.title == f"Summary report: {REPORT.meeting.title}"


def test_the_paragraphs_of_a_chapter_are_one_list_and_the_sub_paragraphs_one_within_it() -> None:
    texts = (Paragraph(3, "Below nobody.", letter="a"), Paragraph(4, "Four."), Paragraph(5, "Five."))
    below = (Paragraph(5, "Five a.", letter="a"), Paragraph(5, "Five b.", letter="b"), Paragraph(6, "Six."))
    reader, text = read(replace(REPORT, chapters=(Chapter(1, "Trends", (*texts, *below)),), annexes=()))

    assert "(a) Below nobody. 4. Four. 5. Five. (a) Five a. (b) Five b. 6. Six." in text
    assert lists_in(reader.root_object["/StructTreeRoot"]) == [2, 4]


def lists_in(tree: PdfObject) -> list[int]:
    """How many items each list has, the inner ones first."""
    node = tree.get_object()
    if not isinstance(node, DictionaryObject):
        return [number for one in node for number in lists_in(one)] if isinstance(node, ArrayObject) else []
    kids = node.get("/K", ArrayObject())
    items = [one for one in kids if one.get_object()["/S"] == "/LI"] if node.get("/S") == "/L" else []
    return lists_in(kids) + ([len(items)] if items else [])


def test_the_outline_leads_to_chapters_and_annexes() -> None:
    reader, _text = read(REPORT)

    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == [
        "I. Background",
        "II. Emerging trends, challenges and opportunities",
        "Annex I. Programme",
        "Annex II. Participants",
        "Annex III. Evidence by paragraph",
    ]


def test_the_same_report_is_the_same_bytes() -> None:
    assert pdf(REPORT) == pdf(replace(REPORT))


def test_a_character_that_no_font_has_costs_the_standard_but_not_the_file() -> None:
    odd = replace(REPORT, chapters=(Chapter(1, "Names", (Paragraph(1, "Written ཚེ in Dzongkha."),)),))
    reader, text = read(odd)

    assert "in Dzongkha." in text
    assert not is_accessible(reader)


def test_typesetting_commands_in_a_text_stay_text() -> None:
    odd = replace(REPORT, chapters=(Chapter(1, "#panic()", (Paragraph(1, '#read("/etc/passwd") $x$ *b*'),)),))
    _reader, text = read(odd)

    assert '#read("/etc/passwd") $x$ *b*' in text
    assert "I. #panic()" in text
