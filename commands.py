"""What `flask` loads: `flask --app commands …`."""

import os
import sys

from config import Misconfigured
from eventapp.commands import create_app
from eventapp.operations.faults import tell_plainly

sys.excepthook = tell_plainly
try:
    app = create_app()
except Misconfigured as fault:
    sys.stderr.write(f"eventapp does not start. {fault}\n")
    sys.exit(os.EX_CONFIG)  # by which ./run knows that nothing is left to say
