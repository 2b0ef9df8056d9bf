"""The press: a program of its own that sets one programme as a PDF, so that the server stays small.

It reads JSON from standard input, writes the PDF to standard output, and imports nothing of the app.
"""

import json
import sys
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
import typst

SHEET = Path(__file__).with_name("programme.typ")
TIBETAN = Path(__file__).parents[3] / "node_modules/@expo-google-fonts/noto-serif-tibetan"  # where npm was there
FOLDERS = [*(Path(package.__file__).parent for package in (manimgx_fonts, manimgx_fonts_cjk)), TIBETAN]
FIRST, LAST = ("Libertinus Serif", "Noto Sans"), "Noto Sans CJK SC"
SCRIPTS = ("Noto Sans ", "Noto Serif Tibetan")


def main() -> None:
    values = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder for folder in FOLDERS if folder.exists()])
    scripts = sorted(name for name in fonts.families() if name.startswith(SCRIPTS) and "CJK" not in name)
    values["fonts"] = [*FIRST, *scripts, LAST]
    try:
        pdf = typeset(values, fonts, accessible=True)
    except typst.TypstError:  # a character that no font has: tagged all the same, but not PDF/UA
        pdf = typeset(values, fonts, accessible=False)
    sys.stdout.buffer.write(pdf)


def typeset(values: dict[str, object], fonts: typst.Fonts, *, accessible: bool) -> bytes:
    made = typst.compile(
        SHEET.read_bytes(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(values)},
        pdf_standards="ua-1" if accessible else None,
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one piece.")
    return made


if __name__ == "__main__":
    main()
