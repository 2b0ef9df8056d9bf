"""A CSV file as somebody saved it: UTF-8 with or without its mark, whatever separates the columns."""

import csv
from io import StringIO
from itertools import islice

from eventapp.ground.text.i18n import _

DELIMITERS = (",", ";", "\t")


class Unreadable(Exception):  # noqa: N818 -- the answer to a file, not a failure of ours
    """What is wrong with a whole file, as a sentence that says what to do; `line` is where, as an editor counts."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


def text_of(content: bytes) -> str:
    """The text of a file. Raises Unreadable where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        sentence = _("This file is not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.")
        raise Unreadable(sentence, content.count(b"\n", 0, fault.start) + 1) from None


def rows_of(text: str, *, most: int | None = None) -> list[list[str]]:
    """The first rows of this text, the head first. Raises Unreadable where a quotation mark is not closed in them."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(islice(reader, most))
    except csv.Error:
        sentence = _("This file cannot be read as CSV: a quotation mark is not closed.")
        raise Unreadable(sentence, reader.line_num) from None
