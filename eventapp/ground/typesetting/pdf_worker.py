"""The worker: a program of its own that sets one PDF by a sheet of Typst, so that the server stays small.

It is given the sheet, reads its values as JSON from standard input, writes the PDF to standard output, and imports
nothing of the app.
"""

import json
import sys
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
import typst

TIBETAN = Path(__file__).parents[3] / "node_modules/@expo-google-fonts/noto-serif-tibetan"  # where npm was there
FOLDERS = [*(Path(package.__file__).parent for package in (manimgx_fonts, manimgx_fonts_cjk)), TIBETAN]
FIRST, LAST = ("Libertinus Serif", "Noto Sans"), "Noto Sans CJK SC"
SCRIPTS = ("Noto Sans ", "Noto Serif Tibetan")


def main() -> None:
    sheet, values = Path(sys.argv[1]).read_bytes(), json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder for folder in FOLDERS if folder.exists()])
    scripts = sorted(name for name in fonts.families() if name.startswith(SCRIPTS) and "CJK" not in name)
    values["fonts"] = [*FIRST, *scripts, LAST]
    try:
        pdf = typeset(sheet, values, fonts, accessible=True)
    except typst.TypstError:  # a character that no font has: tagged all the same, but not PDF/UA
        pdf = typeset(sheet, values, fonts, accessible=False)
    sys.stdout.buffer.write(pdf)


def typeset(sheet: bytes, values: dict[str, object], fonts: typst.Fonts, *, accessible: bool) -> bytes:
    made = typst.compile(
        sheet,
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
