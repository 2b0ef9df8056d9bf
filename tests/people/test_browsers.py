import pytest
from flask import Flask

from eventapp.people.sign_in.browsers import named

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("browser", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/120.0 Safari/537.36", "Chrome on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/120.0 Safari/537.36 Edg/120.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; K) {WEBKIT} SamsungBrowser/23.0 Chrome/115.0 Mobile", "Samsung Internet on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) Version/17.2 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 17_2 like Mac OS X) CriOS/120.0 Mobile/15E148 Safari/604.1", "Chrome on iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.2; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox on macOS"),
        ("Mozilla/5.0 Firefox/121.0", "Firefox"),
        ("Mozilla/5.0 (compatible; something)", "Mozilla/5.0 (compatible; something)"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("Not Chrome/1", "Not Chrome/1"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_has_the_name_that_people_know(app: Flask, browser: str, name: str) -> None:
    assert named(browser) == name
