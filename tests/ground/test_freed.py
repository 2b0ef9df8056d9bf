"""What a large page took goes back to the machine when it is answered."""

import resource
from collections.abc import Callable, Iterable
from pathlib import Path
from time import sleep

from eventapp.ground.freed import TRIM, give_back
from eventapp.ground.web.requests.watch import LARGE, Environ, Start, Watched

PIECE, PIECES = 20_000, 4_000  # bytes, 80 MB in all
KEPT: list[bytearray] = []


def megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def leave_holes() -> None:
    """Fill 80 MB and free them again, but for a little thing behind each piece: so the C library keeps them."""
    pieces = []
    for _piece in range(PIECES):
        pieces.append(bytearray(PIECE))
        KEPT.append(bytearray(600))


def page(environ: Environ, start_response: Start) -> Iterable[bytes]:
    leave_holes()
    sleep(LARGE)
    start_response("200 OK", [])
    return [b"page"]


def start(_line: str, _headers: list[tuple[str, str]], *_fault: object) -> Callable[[bytes], object]:
    return lambda _body: None


def test_what_lies_free_between_other_things_is_given_back() -> None:
    leave_holes()
    before = megabytes()
    give_back()
    assert TRIM is None or before - megabytes() > 40


def test_a_page_that_took_long_gives_back_what_it_took() -> None:
    answer = Watched(page, 0)({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, start)
    before = megabytes()
    answer.close()  # type: ignore[attr-defined]  # as every server does
    assert TRIM is None or before - megabytes() > 40
