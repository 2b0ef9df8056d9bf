"""Memory that is free again goes back to the machine: the C library keeps what lies free between other things.

After a walk over the pages of a large meeting that was a quarter of what a worker held.
"""

import ctypes

TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)  # None where the C library is none of GNU's


def give_back() -> None:
    """Give back what is free now: 1 to 4 milliseconds after a large page, a tenth of one where nothing is."""
    if TRIM is not None:
        TRIM(0)
