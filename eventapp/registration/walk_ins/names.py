"""A name as one line has it, taken apart."""


def parts_of(name: str) -> tuple[str, str]:
    """The given names and the family name: what is in capitals, else the last word. One word is a family name."""
    words = name.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        return " ".join(word for word in words if word not in capitals), " ".join(capitals)
    return " ".join(words[:-1]), words[-1] if words else ""
