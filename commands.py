"""What `flask` loads: `flask --app commands …`."""

import sys

from config import Misconfigured
from eventapp.commands import create_app
from eventapp.operations.faults import tell_plainly

sys.excepthook = tell_plainly
try:
    app = create_app()
except Misconfigured as fault:
    sys.exit(f"eventapp does not start. {fault}")
