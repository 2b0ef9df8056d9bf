"""People who read and write through the proxy while machines come and go. Counts the requests that failed."""

import json
import re
import time
from pathlib import Path
from threading import Event, Thread
from typing import Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SITE = "https://meetings.example.org"
MORE, SECONDS = 30, 120


class Crowd:
    """Three who read, and one who tells of letters that came back, which writes."""

    def __init__(self) -> None:
        self.failures = list[str]()
        self.answered = 0
        self.over = Event()
        token = re.search("^MAIL_REPORTS_TOKEN=(.*)", Path("/etc/eventapp.env").read_text(), re.MULTILINE)
        assert token
        told = json.dumps({"failures": [{"address": "nobody@example.org", "reason": "550 No such user"}]}).encode()
        heads = {"Authorization": f"Bearer {token[1]}", "Content-Type": "application/json"}
        past_caches = {"Cookie": "browser=of-the-walk"}  # with any such cookie the site itself answers
        requests = [Request(f"{SITE}{path}", headers=past_caches) for path in ("/", "/sign-in", "/meetings")]
        requests.append(Request(f"{SITE}/mail/reports", told, heads))
        self.people = [Thread(target=self.ask, args=(request,)) for request in requests]

    def ask(self, request: Request) -> None:
        while not self.over.wait(0.05):
            try:
                urlopen(request, timeout=30).close()
            except HTTPError as refused:
                self.failures.append(f"{request.get_method()} {request.full_url}: {refused.code}")
            except OSError as fault:
                self.failures.append(f"{request.get_method()} {request.full_url}: {fault}")
            self.answered += 1

    def goes_on(self) -> None:
        """Wait until some more have been answered."""
        most, until = self.answered + MORE, time.monotonic() + SECONDS
        while self.answered < most:
            assert time.monotonic() < until, "nobody is answered"
            time.sleep(0.05)

    def begin(self) -> Self:
        for person in self.people:
            person.start()
        return self

    def end(self) -> None:
        self.over.set()
        for person in self.people:
            person.join()

    def __enter__(self) -> Self:
        return self.begin()

    def __exit__(self, *_fault: object) -> None:
        self.end()
