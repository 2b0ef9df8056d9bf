"""Files as answers: their names in any script, their types, and who may keep them."""

import pytest
from werkzeug.http import parse_options_header

from eventapp.ground.web.downloads import disposition, download


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("list.csv", 'attachment; filename="list.csv"'),
        ("two words.pdf", 'attachment; filename="two words.pdf"'),
        ("Réunion.pdf", "attachment; filename=\"Reunion.pdf\"; filename*=UTF-8''R%C3%A9union.pdf"),
        ("会议.pdf", "attachment; filename=\"pdf\"; filename*=UTF-8''%E4%BC%9A%E8%AE%AE.pdf"),
        ("اجتماع", "attachment; filename=\"file\"; filename*=UTF-8''%D8%A7%D8%AC%D8%AA%D9%85%D8%A7%D8%B9"),
        ('a"b\r\nSet-Cookie: x.pdf', 'attachment; filename="a-b-Set-Cookie- x.pdf"'),
        ("../../etc/passwd", 'attachment; filename="-..-etc-passwd"'),
        ("", 'attachment; filename="file"'),
    ],
)
def test_a_name_is_one_line_in_any_script(name: str, header: str) -> None:
    assert disposition(name) == header


@pytest.mark.parametrize("name", ["Réunion 2026.pdf", "会议 (1).pdf", "ประชุม.xlsx", "100%.csv", "l'été.csv"])
def test_a_reader_of_the_header_gets_the_whole_name(name: str) -> None:
    kind, options = parse_options_header(disposition(name, inline=True))
    assert (kind, options["filename"]) == ("inline", name)


@pytest.mark.parametrize(
    ("media_type", "sent"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/pdf", "application/pdf"),
        ("text/calendar; charset=utf-8; method=PUBLISH", "text/calendar; charset=utf-8; method=PUBLISH"),
    ],
)
def test_the_type_is_said_and_not_guessed(media_type: str, sent: str) -> None:
    answer = download("x", media_type, b"x")
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (sent, "nosniff")
    assert "Cache-Control" not in answer.headers  # who may keep it is said by headers.py, or by the view


def test_a_file_that_somebody_sent_runs_nowhere_and_is_kept_by_nobody() -> None:
    answer = download("x.pdf", "application/pdf", b"x", foreign=True)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store, private"
