"""The browser of the tests, of the pictures and of the bench: one that the machine has; nothing is fetched."""

import shutil

WHOLE = ("chromium", "chromium-browser", "google-chrome")
# Without the parts that draw a window, which show no notice of the system either: tests take it three quarters of the time.
WITHOUT_A_WINDOW = "chromium-headless-shell"


def on_the_machine(*, whole: bool = False) -> str | None:
    """Return the path of the browser, with a window where it has to be whole; None where Playwright takes its own."""
    names = WHOLE if whole else (WITHOUT_A_WINDOW, *WHOLE)
    return next((found for name in names if (found := shutil.which(name))), None)
