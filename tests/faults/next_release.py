"""The application as a machine of the next release serves it: this code, with one migration more."""

import os
from pathlib import Path

from config import Config
from eventapp import create_app

config = Config()
config.MIGRATIONS = Path(os.environ["NEXT_RELEASE"])
app = create_app(config)
