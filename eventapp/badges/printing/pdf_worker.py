"""The press: a small program of its own that sets one batch of badges, so that the server stays small.

It is told the folders of its fonts, reads one JSON record from standard input and writes one PDF to standard output;
where pictures are asked for, a JSON record of every page as a PNG and of what the sheet found as it set them.
It imports nothing of the app: a batch costs what its fonts and pages cost and gives all of it back by ending.
"""

import base64
import io
import json
import sys
from pathlib import Path

import typst

SHEET = Path(__file__).with_name("sheet.typ")
COLOURS = 256  # of a picture: a third of the bytes that all colours take


def main() -> None:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=sys.argv[1:])  # while who asks still writes
    job = json.load(sys.stdin)
    values = {"values": json.dumps(job["values"])}
    if job.get("dots"):
        sys.stdout.write(json.dumps(pictures(fonts, values, job["dots"])))
        return
    pdf = typst.compile(
        SHEET.read_bytes(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=values,
        pdf_tags=job["tags"],
        timestamp=0,
    )
    sys.stdout.buffer.write(pdf)


def pictures(fonts: typst.Fonts, values: dict[str, str], dots: int) -> dict[str, object]:
    """Every page, of so many dots to an inch, and what the sheet found."""
    compiler = typst.Compiler(SHEET, font_paths=fonts, ignore_system_fonts=True, sys_inputs=values)
    made = compiler.compile(format="png", ppi=dots)
    pages = made if isinstance(made, list) else [made or b""]
    found = json.loads(compiler.query("<found>", field="value"))
    return {"pages": [base64.b64encode(with_few_colours(page)).decode() for page in pages], "found": found}


def with_few_colours(page: bytes) -> bytes:
    """The same picture as a PNG that names each dot's colour in one byte: the page has all pictures in it."""
    from PIL import Image  # a batch that is printed has no need of it

    made = io.BytesIO()
    with Image.open(io.BytesIO(page)) as picture:
        picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(made, "PNG")
    return made.getvalue()


if __name__ == "__main__":
    main()
