"""What `flask` loads: `flask --app commands …`."""

import gc
import os
import sys

gc.disable()  # as in wsgi.py: a command that takes a moment took a third of it to look for garbage in what it loads

from config import Misconfigured  # noqa: E402
from eventapp.commands import create_app  # noqa: E402
from eventapp.ground.garbage import look_seldom  # noqa: E402
from eventapp.operations.faults import print_in_one_line  # noqa: E402

sys.excepthook = print_in_one_line
try:
    app = create_app()
except Misconfigured as fault:
    sys.stderr.write(f"eventapp does not start. {fault}\n")
    sys.exit(os.EX_CONFIG)  # by which ./run knows that nothing is left to say
look_seldom()
