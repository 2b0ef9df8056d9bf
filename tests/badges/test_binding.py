from io import BytesIO

import pypdf
import pytest
from flask import Flask

from eventapp.badges.printing import sheet
from eventapp.badges.printing.binding import bind
from eventapp.badges.printing.layouts import Size
from tests.badges.make_faces import face
from tests.badges.reading import codes


def test_bound_parts_keep_their_pages_their_fonts_and_their_places(app: Flask) -> None:
    parts = [((place,), sheet.pdf([face(n)], Size.A6, title="Badges").pdf) for place, n in ((2, 3), (0, 1), (1, 2))]

    bound = bind(iter(parts))

    reader = pypdf.PdfReader(BytesIO(bound), strict=True)
    assert [page.extract_text().split("R-")[1][:4] for page in reader.pages] == ["0001", "0002", "0003"]
    assert codes(bound) == [face(n).code for n in (1, 2, 3)]
    assert reader.metadata is not None
    assert reader.metadata.title == "Badges"


def test_one_part_is_itself() -> None:
    assert bind([((0,), b"%PDF")]) == b"%PDF"


def test_a_file_that_is_not_the_press_s_is_refused() -> None:
    with pytest.raises(ValueError, match="subsection not found"):
        bind([((0,), b"%PDF"), ((1,), b"%PDF")])
