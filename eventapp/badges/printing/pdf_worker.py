"""The press: a small program of its own that sets one batch of badges, so that the server stays small.

It is told the folders of its fonts, reads one JSON record from standard input and writes one PDF to standard output.
It imports nothing of the app: a batch costs what its fonts and pages cost and gives all of it back by ending.
"""

import json
import sys
from pathlib import Path

import typst

SHEET = Path(__file__).with_name("sheet.typ")


def main() -> None:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=sys.argv[1:])  # while who asks still writes
    job = json.load(sys.stdin)
    pdf = typst.compile(
        SHEET.read_bytes(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(job["values"])},
        pdf_tags=job["tags"],
        timestamp=0,
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
