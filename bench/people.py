"""Visitors who act: they open the form and send it, or read badges at the door. Each is a process of its own."""

import multiprocessing
import re
import time
from collections.abc import Callable
from itertools import count
from multiprocessing.sharedctypes import Synchronized
from urllib.parse import urlencode

from bench.load import Answer, Browser
from bench.world import CROWDED, OPEN, Keys

SECONDS = 0.5
LEFT_BLANK = dict.fromkeys(
    ("own_name", "badge_name", "phone", "state", "letter", "access_needs", "dietary_needs", "photo"), ""
)
CALLS = count(1)
Act = Callable[[Browser, int], Answer]


def acts_a_second(port: int, act: Act, *, clients: int, prepare: Callable[[Browser], None] | None = None) -> float:
    """How often so many clients at once can do this in a second, each waiting for its answers.

    No two calls, clients or acts get the same number.
    """
    start = next(CALLS) * 1_000_000_000
    context = multiprocessing.get_context("fork")
    total = context.Value("i", 0)
    ready = context.Barrier(clients)

    def work(number: int) -> None:
        browser = Browser(port)
        if prepare:
            prepare(browser)
        ready.wait()
        add(total, repeat(browser, act, start + number * 10_000_000))

    workers = [context.Process(target=work, args=(number,)) for number in range(clients)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise AssertionError("a client failed: see above")
    return int(total.value) / SECONDS


def add(total: "Synchronized[int]", done: int) -> None:
    with total.get_lock():
        total.value += done


def repeat(browser: Browser, act: Act, first: int) -> int:
    done, until = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        answer = act(browser, first + done)
        if answer.status not in (200, 303):
            raise AssertionError(f"{answer.status}: {answer.body[:2000].decode(errors='replace')}")
        done += 1
    return done


def register(browser: Browser, number: int) -> Answer:
    """A stranger: opens the form, fills it in, sends it with the fields left blank, as the page's module has it sent."""
    browser.cookies.clear()
    return fill_in(browser, browser.get(f"/meetings/{OPEN}/registration/new?category=UN").body.decode(), number)


def fill_in(browser: Browser, page: str, number: int) -> Answer:
    """Send the form of this page."""
    return browser.post(f"/meetings/{OPEN}/registration", urlencode(answers_to(page, number)).encode())


def answers_to(page: str, number: int) -> dict[str, str]:
    """What a newcomer of this number writes into the form of this page."""
    return {
        "csrf_token": hidden(page, "csrf_token"),
        "key": hidden(page, "key"),
        "given_name": "Ada",
        "family_name": f"Byron {number}",
        "record_name": f"Ada Byron {number}",
        "email": f"ada{number}@example.org",
        "category": "UN",
        "delegation": "International Telecommunication Union",
        "job_title": "Engineer",
        "country": "THA",
        **LEFT_BLANK,
    }


class Door:
    """A steward at the gate of the crowded meeting."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.cookies: dict[str, str] = {}
        self.token = ""

    def sign_in(self, browser: Browser) -> None:
        """Once, for a link works once: every steward of the measurement is the same person at another device."""
        if self.cookies:
            self.enter(browser)
            return
        page = browser.get(f"/sign-in/{self.keys.steward_link}").body.decode()
        browser.post(
            f"/sign-in/{self.keys.steward_link}", urlencode({"csrf_token": hidden(page, "csrf_token")}).encode()
        )
        page = browser.get(f"/meetings/{CROWDED}/door?gate={self.keys.gate}").body.decode()
        self.token, self.cookies = hidden(page, "csrf_token"), dict(browser.cookies)

    def enter(self, browser: Browser) -> None:
        browser.cookies.update(self.cookies)

    def scan(self, browser: Browser, number: int) -> Answer:
        """One reading, as the page's module sends it: each a badge that was not read before, while there are some."""
        code = self.keys.codes[(number * 31) % len(self.keys.codes)]
        said = {"csrf_token": self.token, "code": code, "key": f"reading-{number:012d}", "method": "camera"}
        path = f"/meetings/{CROWDED}/door/{self.keys.gate}/scans"
        return browser.post(path, urlencode(said).encode(), Accept="application/json", Referer="http://127.0.0.1/")


def hidden(page: str, name: str) -> str:
    """The value of a hidden field, as the page gives it."""
    at = page.find(f'name="{name}"')  # the cost of the client weighs in the figure
    found = re.search(r'value="([^"]*)"', page[page.rfind("<", 0, at) : page.find(">", at)]) if at >= 0 else None
    if not found:
        raise AssertionError(f"the page has no {name}")
    return found[1]
