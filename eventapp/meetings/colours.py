"""Whether words can be read on a colour: the band of a badge is read from two metres away."""

READABLE = 4.5  # to one; WCAG 2.2, 1.4.3
DARK = 0.04045  # a share up to which light grows in a straight line


def is_readable(ink: str, ground: str) -> bool:
    """Whether words of this colour stand out on that one; both as #rrggbb, in lower case or not."""
    darker, lighter = sorted((_luminance(ink), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05) >= READABLE


def _luminance(colour: str) -> float:
    """Between 0, black, and 1, white (WCAG 2.2, relative luminance)."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= DARK else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
