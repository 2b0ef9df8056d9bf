"""When Python looks for garbage: things that hold each other, which the count of those who hold them does not free."""

import gc

# New things before it looks through them (700 by itself). A page of 2,500 sessions makes 100,000, none of them garbage:
# with 700 a tenth of its time went into looking. It looks through older things after each tenth and hundredth time.
NEW = 5000


def look_seldom() -> None:
    """Never look through what is loaded now, which is no garbage, and less often through what comes."""
    gc.freeze()
    gc.set_threshold(NEW, *gc.get_threshold()[1:])
    gc.enable()
