"""What the production server loads."""

import sys

from config import Misconfigured
from eventapp import create_app
from eventapp.heap import collect_seldom

try:
    app = create_app()
except Misconfigured as fault:
    sys.exit(f"eventapp does not start. {fault}")
collect_seldom()
