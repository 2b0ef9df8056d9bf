from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from eventapp.ground import qr


@pytest.mark.parametrize("text", ["7KQ2M4XZ9BTRC5000001", "https://example.org/r/abc-DEF_123", "ข้อความ", "x" * 300])
def test_a_reader_reads_what_was_written(text: str) -> None:
    picture = Image.open(BytesIO(qr.png(text)))

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [text]


def test_the_path_draws_the_same_modules_as_the_matrix() -> None:
    rows = qr.matrix("7KQ2M4XZ9BTRC5000001")
    drawing = qr.svg_path("7KQ2M4XZ9BTRC5000001")

    drawn = [[False] * drawing.side for _ in range(drawing.side)]
    for strip in drawing.path.removeprefix("M").split("M"):
        x, y = (int(number) for number in strip.split("h")[0].split())
        for step in range(int(strip.split("h")[1].split("v")[0])):
            drawn[y][x + step] = True
    assert (drawing.side, drawn) == (len(rows), rows)


def test_the_quiet_zone_is_four_modules_wide() -> None:
    rows = qr.matrix("A")

    assert [any(row) for row in rows][:5] == [False, False, False, False, True]
