"""How chapters, annexes and sub-headings are counted."""


def capital(place: int) -> str:
    """Return the letter of a sub-heading by its place from 0: A to Z, then AA."""
    return chr(ord("A") + place % 26) * (place // 26 + 1)


def roman(number: int) -> str:
    """Return the numeral of a chapter or annex, as the reports of the Commission number them."""
    numerals = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in numerals:
        times, number = divmod(number, value)
        written += letters * times
    return written
