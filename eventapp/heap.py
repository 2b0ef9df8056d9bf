"""How often a process of the application looks for garbage that only points at itself (Python's gc)."""

import gc

NEW_OBJECTS = 10_000  # looked through together; Python's 700 are less than one request makes
OLDER = 20  # of these looks before one that also goes through what has survived once, or twice


def collect_seldom() -> None:
    """Call once when everything is loaded: that is never garbage and not looked through again, the rest seldom.

    Looking cost 4 per cent of a registration; what is left lying meanwhile is at most a megabyte or two.
    """
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, OLDER, OLDER)
    gc.enable()  # it may have been off while the application was loaded
