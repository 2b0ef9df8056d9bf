"""What a line of text may hold: one policy at the door, for every field.

Kept: every script, ZWJ and ZWNJ (Persian, the Indic scripts and emoji need them). Changed: NFC, ends trimmed, CRLF to
LF. Refused: controls, bidi overrides and isolates in one-line fields, lone surrogates, non-characters, tag characters,
piles of combining marks.
"""

import re
import unicodedata

from eventapp.ground.text.i18n import _, ngettext

LINE_LENGTH = 200
BYTES_PER_CHARACTER = 4  # the widest a character gets in UTF-8
PILE_OF_MARKS = 10
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BREAKS = set("\u2028\u2029\u0085")
# What a reader may leave out when looking for a word: accents, and the points and joiners of Arabic and Hebrew.
LEFT_OUT = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u0655\u0670\u06d6-\u06ed]")
# Letters that take no accent apart but are looked for without one; letters of Arabic that keyboards write in several
# ways, the digits of the scripts of the region, and the marks that a word processor sets where a keyboard has another.
ONE_LETTER = str.maketrans(
    {
        **dict(zip("đðħıłøŧƶ", "ddhilotz", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict(zip("ىیېکڪةھہە", "يييككهههه", strict=True)),
        **dict.fromkeys("’‘ʼʻ′`", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‐‒–—−", "-"),
        **{
            chr(zero + digit): str(digit)
            for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810)
            for digit in range(10)
        },
    }
)
# Scripts without blanks between words, by whole blocks: Thai, Lao, Tibetan, Burmese and Khmer; Chinese and Japanese.
FOUR = "\u0e00-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
TWO = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
FOURS, TWOS, UNSPACED = re.compile(f"[{FOUR}]"), re.compile(f"[{TWO}]"), re.compile(f"[{FOUR}{TWO}]+")
# What no page may hold: controls, non-characters (Unicode 23.7), lone surrogates, and the tag characters, which are
# invisible everywhere. Each is shown as a character that can be seen and removed.
CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {*b"\t\n\r"}
NOBODYS = {
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
}
UNWRITABLE = dict.fromkeys([*CONTROLS, *NOBODYS, *range(0xD800, 0xE000), *range(0xE0000, 0xE0080)], "\ufffd")
FIGURES = re.compile(r"[0-9]{1,9}")  # what an integer column holds
BLANK = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\u115f\u1160\u2800]*")


def clean(value: str) -> str:
    """The same words in the one form we keep: NFC, LF between lines, nothing around them, '' for blank."""
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = value.replace("\ufeff", "").strip()
    return "" if BLANK.fullmatch(value) else value


def figure(words: object, otherwise: int = 0) -> int:
    """The number that a page carried or an address names; `otherwise` for what is none that a row could have."""
    return int(str(words)) if FIGURES.fullmatch(str(words)) else otherwise


def fault_in(value: str, *, most: int = LINE_LENGTH, lines: bool = False) -> str | None:
    """What is wrong with this cleaned text, as a sentence that says what to do; None where nothing is."""
    if not (value.isascii() and value.isprintable()):  # where it is, there is nothing to look for
        for character in value:
            fault = fault_of(character, lines=lines)
            if fault:
                return fault
        if pile_of_marks(value):
            return _("Remove some of the marks that are piled on one letter.")
    if len(value) > most or len(value.encode()) > most * BYTES_PER_CHARACTER:
        return ngettext("Use %(num)s character or less.", "Use %(num)s characters or less.", most)
    return None


def fault_of(character: str, *, lines: bool) -> str | None:
    if lines and character in "\n\t":
        return None
    if not lines and character == "\n":
        return _("Write this on one line.")
    if not lines and (character in BIDI or character in BREAKS):
        return _("Remove the hidden character that changes the direction of the text.")
    if ord(character) in UNWRITABLE or character in "\t\r":
        return _("Remove the hidden control character.")
    return None


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a text, parted by blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text or "") if part.strip()]


def writable(value: str) -> str:
    """The same text with a replacement character for each one that no page may hold."""
    return value.translate(UNWRITABLE)


def pile_of_marks(value: str) -> bool:
    run = 0
    for character in value:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > PILE_OF_MARKS:
            return True
    return False


def folded(value: str) -> str:
    """For comparing and searching: without case, in one form, and the same on every database."""
    if value.isascii():  # as most are: there is one form of it
        return value.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", value).casefold())


def search_key(*values: str | None) -> str:
    """For looking inside a text in any script: folded, without what a reader may leave out, one blank between words.

    Both the text and the words looked for go through it; then a substring in one is a substring in the other.
    """
    words = folded(" ".join(value for value in values if value))
    if words.isascii():  # nothing of it is left out, and one of its signs has another form
        return " ".join(words.replace("`", "'").split())
    bare = unicodedata.normalize("NFC", LEFT_OUT.sub("", unicodedata.normalize("NFD", words)))
    return " ".join(bare.translate(ONE_LETTER).split())


def words_in(text: str) -> int:
    """How many words a text has, as the page counts them too (static/house/words.js).

    What stands between blanks is a word. Where a script puts none, four letters are one in Thai, Lao, Tibetan, Burmese
    and Khmer, two in Chinese and Japanese; marks, digits and stops are no letters, and words of other scripts between
    them count for themselves. A dictionary would be nearer for one text, but no two have the same words in them.
    """
    between = 0
    for run in text.split():
        rests = UNSPACED.split(run) if UNSPACED.search(run) else ["1"]
        between += sum(any(character.isalnum() for character in rest) for rest in rests)
    return between + -(-letters_of(FOURS, text) // 4) + -(-letters_of(TWOS, text) // 2)


def letters_of(script: re.Pattern[str], text: str) -> int:
    return sum(unicodedata.category(one).startswith("L") for one in script.findall(text))
