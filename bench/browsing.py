"""What a reader and a planner wait for in a real browser: a letter typed into the search, a session that is dropped."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure, at_most
from bench.server import Server
from bench.world import LARGE, SMALL, add_sessions, agenda_slug, meeting_named
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER
from eventapp.people.actions import know
from eventapp.people.sign_in.actions import make_sign_in_link
from tests.chromium import on_the_machine

DAY, A_DAY = "bench-day", 300
ROOMS, HOURS = 30, 10
TYPED = "session 24"
DROPS = 9

# One letter more: how long the page is at work for it, its layout included.
TYPE = """async words => {
  const field = document.querySelector('agenda-search [name=q]'), began = performance.now()
  field.value = words
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await new Promise(resolve => setTimeout(resolve))
  document.body.getBoundingClientRect()
  return performance.now() - began
}"""

# From the key that drops a session until the page says that it was moved, and until it is drawn where it was dropped.
WATCH = """() => {
  window.dropped = new Promise(resolve => {
    let began = 0, drawn = 0
    addEventListener('keydown', event => {
      if (event.key !== 'Enter') return
      began = performance.now()
      requestAnimationFrame(() => setTimeout(() => {
        if (document.querySelector('.ghost.sent')) drawn = performance.now() - began
      }))
    }, { capture: true, once: true })
    const watch = new MutationObserver(() => {
      const said = document.querySelector('[data-said]').textContent
      if (!began || !said.includes('moved to')) return
      watch.disconnect()
      document.body.getBoundingClientRect()
      resolve([drawn, performance.now() - began])
    })
    watch.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}"""


def browsing_figures(app: Flask, server: Server) -> Iterator[Figure]:
    """Milliseconds in the browser, of the page of a visitor and of that of an organizer who is signed in."""
    with app.app_context(), transaction():
        organizer = know("Bench Organizer", "organizer@example.org", at=now())
        day = meeting_named(DAY, now())
        add_sessions(day, A_DAY, now(), rooms=ROOMS, hours=HOURS)
        grant(day, organizer, ORGANIZER, by=None, at=now())
        link = make_sign_in_link(organizer, at=now(), lasts=timedelta(hours=2))
    with a_page() as page:
        for sessions in (SMALL, LARGE):
            waits = typing(page, f"{server.address}/meetings/{agenda_slug(sessions)}/agenda")
            yield at_most(f"a letter typed into the search of {sessions:,} sessions, longest", max(waits), 50, "ms")
        page.goto(f"{server.address}/sign-in/{link}")
        page.locator("main form button").first.click()
        page.goto(f"{server.address}/meetings/{DAY}/manage/agenda/")
        drops = [dropped(page, f"S{hour * ROOMS + 1}") for hour in range(DROPS)]
        yield at_most(f"a drop among {A_DAY} sessions of a day: drawn", median(one for one, _whole in drops), 100, "ms")
        yield at_most("  and said by the server", median(whole for _one, whole in drops), 1000, "ms")


def typing(page: Page, address: str) -> list[float]:
    """What each letter took, once the days that were closed are there."""
    page.goto(address)
    closed = page.locator(".day-part[data-closed]")
    while page.evaluate(TYPE, TYPED[:1]) and closed.count():
        time.sleep(2)  # each letter asks again for the days that did not come
    return [page.evaluate(TYPE, TYPED[: length + 1]) for length in range(1, len(TYPED))]


def dropped(page: Page, code: str) -> tuple[float, float]:
    """Milliseconds until it is drawn in its new place, and until the server has moved it."""
    page.locator(f'[data-move="{code}"]').press("Enter")
    page.keyboard.press("ArrowDown")
    page.evaluate(WATCH)
    page.keyboard.press("Enter")
    drawn, whole = page.evaluate("window.dropped")
    assert drawn, "nothing was drawn where it was dropped"
    return drawn, whole


@contextmanager
def a_page() -> Iterator[Page]:
    """A page of the browser that the tests use, as wide as a desk's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_the_machine(), args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(viewport={"width": 1280, "height": 1000})
        browser.close()
