import os
import re
import subprocess
import sys

import pytest

from config import ROOT, Config, Misconfigured
from tests.house.guards import undocumented

GOOD = {
    "SECRET_KEY": "k3J9-x8Lq2-Zr7Vw1-Ty6Bn4-Mp5Hd0-Cs",
    "BASE_URL": "https://meetings.example.org",
    "ENVIRONMENT": "production",
}


def settings(monkeypatch: pytest.MonkeyPatch, **changed: str) -> Config:
    for name in list(os.environ):
        if name in GOOD or name in ("DEBUG", "MAIL_USE_TLS", "PORT"):
            monkeypatch.delenv(name)
    for name, value in (GOOD | changed).items():
        monkeypatch.setenv(name, value)
    config = Config()
    config.check()
    return config


def test_a_sound_configuration_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    config = settings(monkeypatch)
    assert (config.SESSION_COOKIE_NAME, config.SESSION_COOKIE_SECURE) == ("__Host-session", True)


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY: set 32 random bytes or more."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: set 32 random bytes or more."),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY: set 32 random bytes or more."),
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY: set 32 random bytes or more."),
        ({"BASE_URL": ""}, "BASE_URL: set the address people use, https://… ."),
        ({"DEBUG": "yes"}, "DEBUG is on outside development: set DEBUG=no."),
        ({"DEBUG": "flase"}, "DEBUG is 'flase': write yes or no."),
        ({"MAIL_USE_TLS": "maybe"}, "MAIL_USE_TLS is 'maybe': write yes or no."),
        ({"PORT": "80a"}, "PORT is '80a': write a whole number above zero."),
        ({"CLOCK_OFFSET": "-60"}, "CLOCK_OFFSET is for development: leave it out."),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES is 'one': write a whole number."),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN: set 24 random characters or more, or leave it out."),
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT is development or production."),
    ],
)
def test_a_dangerous_one_does_not(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], line: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        settings(monkeypatch, **changed)
    assert str(refused.value) == line


@pytest.mark.parametrize("word", ["1", "TRUE", "yes", "on"])
def test_every_way_to_say_yes(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    assert settings(monkeypatch, MAIL_USE_SSL=word).MAIL_USE_SSL is True


def test_the_refusal_is_one_line(tmp_path: object) -> None:
    start = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "short", "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert start.returncode == 1
    assert start.stderr == "eventapp does not start. SECRET_KEY: set 32 random bytes or more.\n"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert undocumented(sorted(settings_read()), page) == []
    assert sorted(set(settings_documented(page)) - settings_read()) == []


def settings_read() -> set[str]:
    return set(re.findall(r"(?:environ\.get|boolean|number|whole)\(\"([A-Z_]+)\"", (ROOT / "config.py").read_text()))


def settings_documented(page: str) -> list[str]:
    return [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
