"""When Python looks for garbage: things that hold each other, which the count of those who hold them does not free."""

import gc

# New things before it looks through them (700 by itself). A page of 2,500 sessions makes 100,000, none of them garbage:
# with 700 a tenth of its time went into looking. What is older is looked through as often as it would be by itself, so
# that a worker holds no more: each fourth time, and of these each fourth (10 and 10).
NEW, OLDER = 5000, 4


def look_seldom() -> None:
    """Never look through what is loaded now, which is no garbage, and less often through what comes."""
    gc.freeze()
    gc.set_threshold(NEW, OLDER, OLDER)
    gc.enable()
