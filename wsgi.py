"""What the production server loads."""

import gc
import sys

gc.disable()  # nothing that is loaded is garbage, and looking for some took a seventh of the start

from config import Misconfigured  # noqa: E402
from eventapp import create_app  # noqa: E402
from eventapp.ground.garbage import look_seldom  # noqa: E402
from eventapp.ground.text.languages import LANGUAGES, locale_of  # noqa: E402

try:
    app = create_app()
except Misconfigured as fault:
    sys.exit(f"eventapp does not start. {fault}")
for code in LANGUAGES:  # what Babel has of them, 3.6 MB, is read before the workers are forked: they share it
    locale_of(code).get_display_name()
look_seldom()
