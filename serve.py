"""`python -m serve …`: granian, with the application loaded before it forks its workers, so that it is in memory once.

A worker that takes the place of another is there at once, too. The application, as in `wsgi:app`, comes last.
"""

import sys
from importlib import import_module

from granian.cli import entrypoint

if __name__ == "__main__":
    import_module(sys.argv[-1].partition(":")[0])
    entrypoint()  # type: ignore[no-untyped-call]  # granian types it not
