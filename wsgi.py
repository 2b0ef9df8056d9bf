"""What the production server loads."""

import gc
import sys

gc.disable()  # nothing that is loaded is garbage, and looking for some took a seventh of the start

from config import Misconfigured  # noqa: E402
from eventapp import create_app  # noqa: E402

try:
    app = create_app()
except Misconfigured as fault:
    sys.exit(f"eventapp does not start. {fault}")
gc.freeze()  # what is loaded is never garbage
gc.enable()
