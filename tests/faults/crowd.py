"""Strangers who ask for a place over HTTP, again in the same words until they are told that it came, and one who reads."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from threading import Thread
from time import sleep
from urllib.parse import urlencode

from tests.faults.server import PATIENCE, Server, wait_until

SHOWN, ACKNOWLEDGED, BUSY, NO_ANSWER = 200, 303, 503, 0
CLIENTS = 6


class Crowd:
    """What the clients of one server were told."""

    def __init__(self, server: Server, slug: str) -> None:
        self.server, self.place = server, f"/meetings/{slug}/registration"
        self.form = f"{self.place}/new?category=IGO"
        self.pages = (self.form, f"/meetings/{slug}/agenda", "/sign-in")
        self.told: list[str] = []  # the addresses whose request was acknowledged
        self.statuses: list[int] = []  # of every answer to a request
        self.answers: list[list[int]] = []  # to each request, one after the other, until it was acknowledged
        self.shown: list[list[int]] = []  # the same of each page that was asked for, until it came
        self.refused: list[
            tuple[str | None, str]
        ] = []  # of every BUSY answer to a request: when to try again, the page
        self.over = self.given_up = False

    def queue(self, client: int) -> None:
        """Send one request after the other, each until it is acknowledged, as long as the crowd is there."""
        form: dict[str, str] = {}
        cookie, count = "", 0
        while not self.over:
            if not form:
                form, cookie = self.opened()
                continue
            count += 1
            email = f"client{client}.{count}@example.org"
            body = urlencode({**ANSWERS, "csrf_token": form["csrf_token"], "key": email, "email": email})
            answers = [self.sent(body, cookie)]
            while answers[-1] != ACKNOWLEDGED:
                if self.given_up:
                    return
                sleep(0.05)
                answers.append(self.sent(body, cookie))
            self.answers.append(answers)
            self.told.append(email)

    def read(self) -> None:
        """Ask for one page after the other, each until it comes, as long as the crowd is there."""
        for page in cycle(self.pages):
            if self.over:
                return
            self.got(page)
            sleep(0.05)

    def opened(self) -> tuple[dict[str, str], str]:
        """The hidden fields of the form and the cookie that goes with them; nothing where it never came."""
        head, page = self.got(self.form)
        fields = re.findall(r'<input[^>]*name="([a-z_]+)"[^>]*value="([^"]*)"', page)
        return dict(fields), head.split(";")[0]

    def got(self, path: str) -> tuple[str, str]:
        """The cookie that comes with this page, and the page; it is asked for until it comes, or the crowd goes."""
        answers = list[int]()
        head = page = ""
        while not answers or (answers[-1] != SHOWN and not self.over):
            sleep(0.05 if answers else 0)
            status = NO_ANSWER
            with suppress(OSError, HTTPException):
                status, head, page = self.ask("GET", path, "", {})
            answers.append(status)
        self.shown.append(answers)
        return (head, page) if answers[-1] == SHOWN else ("", "")

    def sent(self, body: str, cookie: str) -> int:
        """The status of the answer to this request; NO_ANSWER where the server died meanwhile."""
        status = NO_ANSWER
        with suppress(OSError, HTTPException):
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            status = self.ask("POST", self.place, body, kind)[0]
        self.statuses.append(status)
        return status

    def ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str, str]:
        port = self.server.port
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            if method == "POST" and answer.status == BUSY:
                self.refused.append((answer.headers["Retry-After"], page))
            return answer.status, answer.headers.get("Set-Cookie", ""), page
        except (OSError, HTTPException):
            self.server.gave_no_answer(port)
            raise
        finally:
            connection.close()

    def failed(self) -> list[list[int]]:
        """The answers to each request, and to each who asked for a page, that failed after one retry."""
        return [answers for answers in (*self.answers, *self.shown) if len(answers) > 2]

    def wait_for_more(self, most: int) -> None:
        """Until so many more were acknowledged, and each page came once more."""
        before, shown = len(self.told), len(self.shown)
        wait_until(lambda: len(self.told) >= before + most, f"nobody was acknowledged: {self.statuses[-10:]}")
        wait_until(lambda: len(self.shown) > shown + len(self.pages), "a page never came")


ANSWERS = {
    "given_name": "Ada",
    "family_name": "Byron",
    "record_name": "Ms. Ada Byron",
    "category": "IGO",
    "delegation": "Telecommunication Union",
    "job_title": "Engineer",
    "country": "THA",
}


@contextmanager
def crowding(server: Server, slug: str, clients: int = CLIENTS) -> Iterator[Crowd]:
    """So many clients that ask at once, and a reader; at the end each is told what became of its last request."""
    crowd = Crowd(server, slug)
    threads = [Thread(target=crowd.queue, args=(number,), daemon=True) for number in range(clients)]
    threads.append(Thread(target=crowd.read, daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield crowd
    except BaseException:
        crowd.given_up = True
        raise
    finally:
        crowd.over = True
        for thread in threads:
            thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "a client still waits for its answer"
