import os
import re
import subprocess
import sys

import pytest

from config import ROOT, Config, Misconfigured
from tests.house.page_guards import undocumented

GOOD = {
    "SECRET_KEY": "k3J9-x8Lq2-Zr7Vw1-Ty6Bn4-Mp5Hd0-Cs",
    "BASE_URL": "https://meetings.example.org",
    "ENVIRONMENT": "production",
    "MAIL_SERVER": "smtp.example.org",
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
        (
            {"BASE_URL": "http://meetings.example.org"},
            "BASE_URL is http: everybody on the way reads links and sign-ins. Set https://…, or ALLOW_HTTP=yes.",
        ),
        ({"MAIL_SERVER": ""}, "MAIL_SERVER: no link can arrive without one. Name it, or set ALLOW_NO_MAIL=yes."),
        ({"DEBUG": "yes"}, "DEBUG is on outside development: set DEBUG=no."),
        ({"DEBUG": "flase"}, "DEBUG is 'flase': write yes or no."),
        ({"MAIL_USE_TLS": "maybe"}, "MAIL_USE_TLS is 'maybe': write yes or no."),
        ({"SECRET_KEY": "change-me-change-me-change-me-change-me"}, "SECRET_KEY: set 32 random bytes or more."),
        ({"SECRET_KEY": "your-own-secret-key-goes-here-0123456789"}, "SECRET_KEY: set 32 random bytes or more."),
        (
            {"SECRET_KEY_FALLBACKS": f"{GOOD['SECRET_KEY']} dev"},
            "SECRET_KEY_FALLBACKS: keep only keys of 32 random bytes or more.",
        ),
        ({"HISTORY_KEYS": "dev"}, "HISTORY_KEYS: set keys of 32 random bytes or more."),
        ({"HISTORY_KEYED_FROM": "0"}, "HISTORY_KEYED_FROM is '0': write a whole number from 1 to 1000000000."),
        ({"ANSWER_KEYS": "dev"}, "ANSWER_KEYS: set keys of 32 random bytes or more."),
        ({"PORT": "80a"}, "PORT is '80a': write a whole number from 1 to 65535."),
        ({"PORT": "70000"}, "PORT is '70000': write a whole number from 1 to 65535."),
        ({"PORT": "9" * 5000}, f"PORT is '{'9' * 40}…': write a whole number from 1 to 65535."),
        ({"SIGN_IN_DAYS": "99999999999"}, "SIGN_IN_DAYS is '99999999999': write a whole number from 1 to 3650."),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is '-1': write a whole number from 0 to 100."),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM: write one address, such as Meetings <meetings@example.org>."),
        ({"MAIL_FROM": "a@b.org, c@d.org"}, "MAIL_FROM: write one address, such as Meetings <meetings@example.org>."),
        (
            {"MAIL_CAFILE": "/nowhere"},
            "MAIL_CAFILE: there is no such file; leave it out to trust what the system trusts.",
        ),
        ({"CLOCK_OFFSET": "-60"}, "CLOCK_OFFSET is for development: leave it out."),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES is 'one': write a whole number from 0 to 100."),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN: set 24 random characters or more, or leave it out."),
        (
            {"BASE_URL": "https://192.0.2.7", "REQUIRE_SECOND_FACTOR": "yes"},
            "REQUIRE_SECOND_FACTOR: passkeys need a BASE_URL of https with a name, not a number.",
        ),
        (
            {"BASE_URL": "http://meetings.example.org", "ALLOW_HTTP": "yes", "REQUIRE_SECOND_FACTOR": "yes"},
            "REQUIRE_SECOND_FACTOR: passkeys need a BASE_URL of https with a name, not a number.",
        ),
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT is development or production."),
    ],
)
def test_a_dangerous_one_does_not(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], line: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        settings(monkeypatch, **changed)
    assert str(refused.value) == line


@pytest.mark.parametrize(
    "changed",
    [
        {"BASE_URL": "http://meetings.example.org", "ALLOW_HTTP": "yes"},
        {"REQUIRE_SECOND_FACTOR": "yes"},
        {"MAIL_SERVER": "", "ALLOW_NO_MAIL": "yes"},
        {"MAIL_SERVER": "", "BASE_URL": "http://meetings.example.org", "ENVIRONMENT": "development"},
    ],
)
def test_it_does_where_somebody_says_so(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]) -> None:
    assert settings(monkeypatch, **changed).BASE_URL


@pytest.mark.parametrize(
    "address",
    ["https://", "https://…", "https://a b", "https://[::1", "https://x.org:99999", "https://x.org/sub", "https://x.org?y",
     "https://somebody:word@x.org", "ftp://x.org", "meetings.example.org"],
)  # fmt: skip
def test_an_address_no_link_can_begin_with_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    with pytest.raises(Misconfigured, match="BASE_URL: set the address people use"):
        settings(monkeypatch, BASE_URL=address)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000/", "http://[::1]:8000", "http://localhost", "https://my_host", "https://x.org."]
)
def test_an_address_of_a_site_is_taken(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert address.rstrip("/") == settings(monkeypatch, BASE_URL=address).BASE_URL


@pytest.mark.parametrize("sender", ["m@x.org", "Meetings <m@x.org>", '"Réunions, ONU" <m@x.org>'])
def test_a_sender_is_one_mailbox(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    assert sender == settings(monkeypatch, MAIL_FROM=sender).MAIL_DEFAULT_SENDER


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
    return set(re.findall(r"(?:environ\.get|boolean|number|whole)\(\"([A-Z0-9_]+)\"", (ROOT / "config.py").read_text()))


def settings_documented(page: str) -> list[str]:
    return [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
