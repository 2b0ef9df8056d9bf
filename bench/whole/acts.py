"""What each of them does: people who register, who read the agenda, gates, organizers and rapporteurs."""

import re
import time
from email import message_from_bytes, policy
from random import Random
from threading import Lock
from urllib.parse import urlencode

from bench.load import Answer
from bench.people import answers_to, hidden
from bench.whole.site import MailServer
from bench.whole.tally import Device
from bench.world import CROWDED, SMALL

AT = f"/meetings/{CROWDED}"
LINK = re.compile(r"/registrations/[^/\s]+/confirmation")
LETTER_WAIT = 60.0  # seconds
DESK = (
    "", "registrations", "registrations?q=rahman", "registrations?open=R-1500", "participants", "delegations", "letters",
    "badges", "history", "settings/", "settings/rooms", "messages/new",
)  # fmt: skip


class Post:
    """The newest letter to each address, as the mail server took it."""

    def __init__(self, office: MailServer) -> None:
        self.office, self.seen = office, 0
        self.letters: dict[str, bytes] = {}
        self.lock = Lock()

    def link_to(self, address: str) -> str:
        """The link to confirm a registration, once its letter has come."""
        until = time.monotonic() + LETTER_WAIT
        while time.monotonic() < until:
            with self.lock:
                for to, content, _at in self.office.taken[self.seen :]:
                    self.letters.setdefault(to, content)
                    self.seen += 1
                content = self.letters.get(address, b"")
            part = message_from_bytes(content, policy=policy.default).get_body(("plain",)) if content else None
            if part and (found := LINK.search(str(part.get_content()))):
                return found[0]
            time.sleep(0.1)
        raise TimeoutError(f"no letter to {address} in {LETTER_WAIT:.0f} s")


def form_of(device: Device) -> str:
    return device.read("registration: form", f"{AT}/registration/new?category=UN")


def send_form(device: Device, page: str, number: int) -> Answer:
    return device.post("registration: sent", f"{AT}/registration", urlencode(answers_to(page, number)).encode())


def register(device: Device, post: Post, number: int) -> None:
    """All of a registration: form, sending, letter, link, button, own page."""
    device.cookies.clear()
    send_form(device, form_of(device), number)
    device.get("registration: page after it", f"{AT}/registration/done")
    began = time.perf_counter()
    link = post.link_to(f"ada{number}@example.org")
    device.tally.add("(until the letter is there)", (time.perf_counter() - began) * 1000)
    page = device.read("mailed link: page", link)
    body = urlencode({"csrf_token": hidden(page, "csrf_token")}).encode()
    device.post("mailed link: button", link, body)
    device.get("own page, My registration", link.removesuffix("/confirmation"))


def look(device: Device, chance: Random) -> None:
    """One page of somebody who reads the agenda."""
    session = f"{AT}/sessions/S{chance.randint(1, SMALL)}"
    name, path = chance.choice((("agenda", f"{AT}/agenda"), ("session page", session), ("meeting", AT)))
    device.get(name, path)


def sign_in(device: Device, link: str) -> str:
    """By the word of a link. Returns the token of whoever signed in."""
    page = device.read("signing in", f"/sign-in/{link}")
    device.post("signing in", f"/sign-in/{link}", urlencode({"csrf_token": hidden(page, "csrf_token")}).encode())
    return hidden(device.read("signing in", f"{AT}/agenda"), "csrf_token")


def scan(device: Device, token: str, gate: str, code: str, key: str) -> Answer:
    """One reading of a badge, as the door's page sends it."""
    body = {"csrf_token": token, "code": code, "key": key, "method": "camera"}
    headers = {"Accept": "application/json", "Referer": "http://127.0.0.1/"}
    return device.post("reading at the door", f"{AT}/door/{gate}/scans", urlencode(body).encode(), **headers)


def organize(device: Device, chance: Random) -> None:
    """One page of an organizer."""
    device.get("organizer's pages", f"{AT}/manage/{chance.choice(DESK)}")


def text_of(key: str) -> str:
    return f"Community radio {key} reaches farmers before any portal does."


def save_note(device: Device, token: str, session: str, key: str) -> Answer:
    """One note, as the capture page sends it."""
    note = {
        "csrf_token": token, "key": key, "kind": "trend", "ceiling": "organization", "support": "",
        "text": text_of(key), "action_lines": "C2", "goals": "9", "speaker": "Samira Haddad", "language": "en",
    }  # fmt: skip
    path = f"{AT}/record/{session}"
    return device.post("note saved", path, urlencode(note).encode(), X_Fetched_By="draft-form")


def record(device: Device, token: str, session: str, key: str, chance: Random) -> None:
    """A note, and now and then the capture page or a search."""
    save_note(device, token, session, key)
    path = chance.choice((f"/record/{session}", "/search?q=radio", "/record"))
    device.get("rapporteur's pages", f"{AT}{path}")
