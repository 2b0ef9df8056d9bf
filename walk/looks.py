"""What is looked at after a line of the page: whether the application, the proxy and the letters do what the page says of it."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from walk import around
from walk.browser import Browser, tries_until
from walk.crowd import Crowd
from walk.page import Command
from walk.second import for_the_second, on_it

if TYPE_CHECKING:
    from walk.inside import Walk

Look = Callable[["Walk", str], None]
SITE = "https://meetings.example.org"
SECRET = "nobody-may-read-this-in-a-log"
NGINX_LOGS = Path("/var/log/nginx")
MACHINES = Path("/etc/nginx/conf.d/eventapp-machines.conf")
REPORT = """From: MAILER-DAEMON@example.org
To: meetings@example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; nobody@example.org
Action: failed
Status: 5.1.1

--b--
"""
NOTES = "session,kind,words\nS3,trend,A note that was typed elsewhere.\n"


def is_as_the_lines_of_the_unit_say(_walk: "Walk", printed: str) -> None:
    """It says that it is ready, and comes back when it is killed."""
    assert printed == "ready\n", printed
    own = Path("/srv/meetings").stat().st_uid
    for process in Path("/proc").glob("[0-9]*"):  # those of this walk: it has its own
        if process.stat().st_uid == own:
            os.kill(int(process.name), signal.SIGKILL)
    tries_until(lambda: urlopen("http://127.0.0.1:8000/readyz").read() == b"ready\n")


def proxy_keeps_its_promises(_walk: "Walk", _printed: str) -> None:
    """http leads to https; no secret in a log, in good days and in bad ones; headers where the application wrote none."""
    assert Browser().get("http://meetings.example.org/").url == f"{SITE}/"
    for folder in ("sign-in", "registrations", "first-administrator"):
        assert Browser().get(f"{SITE}/{folder}/{SECRET}").status in (200, 404), folder
    subprocess.run(["systemctl", "stop", "eventapp"], check=True)
    assert Browser().get(f"{SITE}/sign-in/{SECRET}").status == 502
    assert Browser().get(f"http://meetings.example.org/sign-in/{SECRET}").status == 502
    subprocess.run(["systemctl", "start", "eventapp"], check=True)
    tries_until(lambda: Browser().get(f"{SITE}/readyz").status == 200)
    logged = {file: file.read_text() for file in NGINX_LOGS.iterdir()}
    assert [file.name for file, words in logged.items() if SECRET in words] == []
    assert "GET /sign-in/..." in logged[NGINX_LOGS / "meetings.log"]
    bare = Browser().get(f"{SITE}/{'x' * 10_000}")
    assert bare.status in (400, 414), bare.status
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert bare.headers.get_all(name) and len(Browser().get(f"{SITE}/").headers.get_all(name) or []) == 1, name


def first_administrator_begins(_walk: "Walk", printed: str) -> None:
    """The link is opened, and who opened it administers; a letter with a link to sign in arrives by the mail server."""
    link = re.search(rf"{SITE}/first-administrator/\S+", printed)
    assert link, printed
    browser = Browser()
    done = browser.send(link[0], name="You", email="you@example.org")
    assert done.status == 200 and "first-administrator" not in done.url, (done.status, done.url)
    assert Browser().get(link[0]).status == 404
    asked = Browser().send(f"{SITE}/sign-in", email="you@example.org")
    assert asked.status == 200, asked.status
    letter = around.letter_to("you@example.org", "/sign-in/")
    assert "<meetings@example.org>" in letter, letter[:500]


def link_is_good(_walk: "Walk", printed: str) -> None:
    """The printed link opens the page it is for."""
    link = re.search(rf"{SITE}/\S+", printed)
    assert link and Browser().get(link[0]).status == 200, printed


def shared_cache_keeps_only_what_may_be_kept(_walk: "Walk", _printed: str) -> None:
    """The proxy keeps public pages, which it writes with their addresses, and no page that is somebody's own."""
    place = Path("/var/cache/nginx-eventapp")
    before = {path for path in place.rglob("*") if path.is_file()}
    assert Browser().get(f"{SITE}/sign-in").status == 200
    assert {path for path in place.rglob("*") if path.is_file()} <= before
    for path in ("/meetings", "/meetings/wsis-bangkok-2016/agenda"):
        for _time in range(2):
            assert Browser().get(f"{SITE}{path}").status == 200
    kept = [path.read_bytes() for path in place.rglob("*") if path.is_file()]
    assert any(b"/meetings\n" in page for page in kept) and any(b"/agenda\n" in page for page in kept)
    assert not any(b"Set-Cookie" in page for page in kept)


def numbers_are_there(_walk: "Walk", printed: str) -> None:
    """The numbers of the table of the page are among them, and nobody else reads them."""
    for name in ("eventapp_requests_total", "eventapp_request_seconds", "eventapp_pool_connections"):
        assert name in printed, name
    assert Browser().get(f"{SITE}/metrics").status in (401, 403, 404)


def one_address_failed(_walk: "Walk", printed: str) -> None:
    """The report was read: of the one address in it is written down that it fails."""
    assert printed == "1\n", printed


def security_contact_is_named(_walk: "Walk", _printed: str) -> None:
    """/.well-known/security.txt names whom to tell, until a day that is to come."""
    told = dict(line.split(": ", 1) for line in Browser().get(f"{SITE}/.well-known/security.txt").text.splitlines())
    assert told["Contact"] == "mailto:security@example.org" and told["Expires"] > time.strftime("%Y-%m-%d"), told


def backup_is_sealed(_walk: "Walk", _printed: str) -> None:
    """Without the key nobody reads it."""
    newest = max(Path("/backups").glob("*Z"))
    assert json.loads((newest / "manifest.json").read_text())["sealed_for"].startswith("age1")


def what_was_there_is_there(_walk: "Walk", _printed: str) -> None:
    """The meeting that was in the backup is on its page again."""
    tries_until(lambda: "Bangkok" in Browser().get(f"{SITE}/?asked={time.time_ns()}").text)  # which no cache has


def both_machines_answer(_walk: "Walk", _printed: str) -> None:
    """Both answer; one is stopped and started while people read and write, and no request fails."""
    for address in ("10.0.0.1", "10.0.0.2"):
        tries_until(lambda address=address: urlopen(f"http://{address}:8000/readyz").status == 200)  # type: ignore[misc]
    with Crowd() as crowd:
        crowd.goes_on()
        on_it("systemctl stop eventapp")
        crowd.goes_on()
        on_it("systemctl start eventapp")
        crowd.goes_on()
    assert crowd.failures == [], crowd.failures[:5]


def lock_timeout_holds_behind_the_pooler(walk: "Walk", _printed: str) -> None:
    """A lock is waited for 15 seconds, no longer, by whoever comes through PgBouncer."""
    address = f"postgresql://eventapp:{walk.password}@db.example.org:6432/eventapp"
    done = subprocess.run(["psql", address, "-Atc", "SHOW lock_timeout"], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "15s", done.stdout + done.stderr


def upgrade_begins(walk: "Walk", _printed: str) -> None:
    """The files of the next release are on the second machine too, and people read and write from here on."""
    for words in (
        "install -d -o eventapp /srv/eventapp-new",
        f"tar -xf {walk.values['release']()} -C /srv/eventapp-new",
        "chown -R eventapp: /srv/eventapp-new",
    ):
        assert on_it(words).returncode == 0, words
    walk.crowd = Crowd()
    walk.crowd.begin().goes_on()


def upgrade_ends(walk: "Walk", _printed: str) -> None:
    """The second machine goes the same way; all of it without a failed request."""
    if " down " in MACHINES.read_text() or walk.upgraded:
        return
    walk.upgraded = True
    walk.crowd.goes_on()
    assert urlopen("http://10.0.0.2:8000/readyz").read() == b"ready, on the tables of 9001\n"
    block = [one.words for one in walk.commands if one.heading == "A new version"]
    first = next(at for at, one in enumerate(block) if one.startswith("sed -i 's/server"))
    for words in filter(None, map(for_the_second, block[first:])):
        done = on_it(words) if words.startswith(("systemctl stop", "systemctl start", "mv ")) else walk.run(words)
        walk.tell(f"for 10.0.0.2: {words}", done, 0)
        walk.crowd.goes_on()
    walk.crowd.end()
    assert walk.crowd.failures == [], walk.crowd.failures[:5]
    for address in ("10.0.0.1", "10.0.0.2"):
        assert urlopen(f"http://{address}:8000/readyz").read() == b"ready\n", address


# After which line: its heading, what it begins with. tests/run/test_walk.py sees that each is on the page.
AFTER: dict[tuple[str, str], tuple[Look, ...]] = {
    ("Start", "curl"): (is_as_the_lines_of_the_unit_say,),
    ("The proxy", "curl"): (proxy_keeps_its_promises, security_contact_is_named),
    ("The first administrator", "./run flask people first-link"): (first_administrator_begins,),
    ("The first administrator", "./run flask people make-administrator"): (link_is_good,),
    ("The first administrator", "./run flask agenda release"): (shared_cache_keeps_only_what_may_be_kept,),
    ("Health, numbers and logs", "curl"): (numbers_are_there,),
    ("Letters that come back", "curl"): (one_address_failed,),
    ("Backup", "install -o eventapp"): (backup_is_sealed,),
    ("Backup", "systemctl start eventapp"): (what_was_there_is_there,),
    ("More of it", "systemctl start eventapp"): (what_was_there_is_there,),
    ("More of it", "systemctl reload nginx"): (both_machines_answer,),
    ("More of it", "echo 'DATABASE_DIRECT_URL="): (lock_timeout_holds_behind_the_pooler,),
    ("A new version", "cd /srv/eventapp-new"): (upgrade_begins,),
    ("A new version", "systemctl reload nginx"): (upgrade_ends,),
}


def after(command: Command) -> Iterator[Look]:
    """What is to be looked at when this line has run."""
    for (heading, words), looks in AFTER.items():
        if command.heading == heading and command.words.startswith(words) and "nightly" not in command.words:
            yield from looks
