import pytest

from eventapp.information.markdown import html_of


def test_markdown_becomes_html_one_heading_lower() -> None:
    assert html_of("# By train\n\nTake the **green** line.") == (
        "<h2>By train</h2>\n<p>Take the <strong>green</strong> line.</p>\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        'Text <img src=x onerror="alert(1)"> more',
        "<svg onload=alert(1)>",
        "![x](https://example.org/spy.png)",
        "![x](javascript:alert)",
        '![x"onerror="alert(1)](map.png)',
        "| a |\n|---|\n| <script>alert(1)</script> |",
    ],
)
def test_no_html_and_no_foreign_picture_gets_through(text: str) -> None:
    made = str(html_of(text))
    assert not any(words in made for words in ("<script", "<img", "<svg"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//example.org", "/manage", "ftp://x",
     "java&#115;cript:alert(1)", "&#x6A;avascript:alert(1)", "hotels.html"],
)  # fmt: skip
def test_a_link_elsewhere_is_its_words_alone(address: str) -> None:
    assert "<a" not in str(html_of(f"[the *hotel*]({address}) and more"))
    assert "hotel" in str(html_of(f"[the *hotel*]({address}) and more"))


@pytest.mark.parametrize(
    "address", ["https://example.org/a", "http://example.org", "mailto:a@example.org", "tel:+6622881234"]
)
def test_a_link_to_the_web_to_mail_or_to_a_telephone_stays(address: str) -> None:
    assert f'<a href="{address}" rel="noopener noreferrer">here</a>' in str(html_of(f"[here]({address})"))


def test_a_picture_of_the_page_is_shown() -> None:
    made = str(html_of("![The *map*](map.jpg)", {"map.jpg": "/meetings/spring/information/venue/map.jpg"}))
    assert '<img src="/meetings/spring/information/venue/map.jpg" alt="The map" loading="lazy">' in made


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    made = str(html_of("| Hotel | Price |\n|---|---|\n| A | 40 |", table='Ta"ble'))
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Ta&#34;ble"><table>' in made
    assert "</table></div>" in made
