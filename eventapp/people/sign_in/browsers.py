"""What people call a browser and the system it runs on, from what it calls itself."""

import re

from eventapp.ground.text.i18n import _

# The first that fits: most browsers also say that they are others, older ones.
BROWSERS = (
    ("Edg(e|A|iOS)?/", "Edge"),
    ("OPR/|Opera", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"),
    ("UCBrowser/", "UC Browser"),
    ("Firefox/|FxiOS/", "Firefox"),
    ("Chrome/|CriOS/|Chromium/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux|X11", "Linux"),
)


def named(browser: str) -> str:
    """Firefox on Windows; what it calls itself where we know no better."""
    program, system = found(BROWSERS, browser), found(SYSTEMS, browser)
    if not program or not browser.startswith("Mozilla/"):
        return browser
    return _("%(browser)s on %(system)s", browser=program, system=system) if system else program


def found(names: tuple[tuple[str, str], ...], words: str) -> str:
    return next((name for signs, name in names if re.search(signs, words)), "")
