from dataclasses import replace

from markdown_it import MarkdownIt

from eventapp.review.formats.markdown import markdown
from eventapp.review.reports.content import Chapter, Paragraph
from tests.review.sample import REPORT


def test_numbered_paragraphs_footnotes_and_tables_are_written() -> None:
    written = markdown(REPORT)

    assert "## I. Background\n\n1. In its resolution 70/125," in written
    assert "2. By its resolution 72/10,[^2] the Commission asked" in written
    assert "\n[^2]: ESCAP resolution 72/10.\n" in written
    assert "| UNESCO | Li Wenjing (李文静) | UNESCO Bangkok |" in written
    assert "## Annex III. Evidence by paragraph" in written


def test_no_text_of_a_report_becomes_markup() -> None:
    for text in ("<script>x</script>", "[a](javascript:b)", "# no", "1. no", "- no", "*no* _no_ `no`", "a | b"):
        odd = replace(REPORT, chapters=(Chapter(1, text, (Paragraph(1, text),)),), annexes=())
        shown = MarkdownIt("commonmark").render(markdown(odd))

        for element in ("<script", "<a ", "<code>", "<ul>", "<h1>n"):
            assert element not in shown


def test_sub_paragraphs_stand_in_their_paragraph_whatever_its_number() -> None:
    for number in (7, 42, 100, 1000):
        run = (Paragraph(number, "Speakers:"), Paragraph(number, "ITU.", letter="a"), Paragraph(number + 1, "Next."))
        shown = MarkdownIt("commonmark").render(
            markdown(replace(REPORT, chapters=(Chapter(1, "Said", run),), annexes=()))
        )
        assert f'<ol start="{number}">\n<li>\n<p>Speakers:</p>\n<p>(a) ITU.</p>\n</li>\n<li>\n<p>Next.</p>' in shown
        assert "<code>" not in shown


def test_a_chapter_that_begins_with_a_sub_paragraph_is_text() -> None:
    alone = replace(REPORT, chapters=(Chapter(1, "Said", (Paragraph(1, "ITU.", letter="a"),)),), annexes=())
    assert "<p>(a) ITU.</p>" in MarkdownIt("commonmark").render(markdown(alone))


def test_what_has_no_symbol_begins_its_facts_with_the_distribution() -> None:
    assert "\n\nDistr.: Participants · 4 October 2016\n" in markdown(replace(REPORT, symbol=""))
