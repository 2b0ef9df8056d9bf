"""Strangers who ask for a place over HTTP, and ask again in the same words until they are told that it came."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from threading import Thread
from time import sleep
from urllib.parse import urlencode

from tests.faults.server import PATIENCE, Server, wait_until

ACKNOWLEDGED, BUSY, NO_ANSWER = 303, 503, 0
CLIENTS = 6


class Crowd:
    """What the clients of one server were told."""

    def __init__(self, server: Server, slug: str) -> None:
        self.server, self.place = server, f"/meetings/{slug}/registration"
        self.told: list[str] = []  # the addresses whose request was acknowledged
        self.statuses: list[int] = []  # of every answer to a request
        self.answers: list[list[int]] = []  # to each request, one after the other, until it was acknowledged
        self.refused: list[tuple[str | None, str]] = []  # when to try again and the page, of every BUSY answer
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

    def opened(self) -> tuple[dict[str, str], str]:
        """The hidden fields of the form and the cookie that goes with them; nothing where no answer came."""
        with suppress(OSError, HTTPException):
            _status, head, page = self.ask("GET", "/new?category=IGO", "", {})
            fields = re.findall(r'<input[^>]*name="([a-z_]+)"[^>]*value="([^"]*)"', page)
            return dict(fields), head.split(";")[0]
        return {}, ""

    def sent(self, body: str, cookie: str) -> int:
        """The status of the answer to this request; NO_ANSWER where the server died meanwhile."""
        status = NO_ANSWER
        with suppress(OSError, HTTPException):
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            status = self.ask("POST", "", body, kind)[0]
        self.statuses.append(status)
        return status

    def ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str, str]:
        port = self.server.port
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request(method, self.place + path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            if answer.status == BUSY:
                self.refused.append((answer.headers["Retry-After"], page))
            return answer.status, answer.headers.get("Set-Cookie", ""), page
        except (OSError, HTTPException):
            self.server.gave_no_answer(port)
            raise
        finally:
            connection.close()

    def wait_for_more(self, most: int) -> None:
        """Until so many more were acknowledged."""
        before = len(self.told)
        wait_until(lambda: len(self.told) >= before + most, f"nobody was acknowledged: {self.statuses[-10:]}")


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
    """So many clients that ask at once; at the end each is told what became of its last request."""
    crowd = Crowd(server, slug)
    threads = [Thread(target=crowd.queue, args=(number,), daemon=True) for number in range(clients)]
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
