"""Two machines on one database, one killed and one upgraded meanwhile: no request fails after one retry."""

from contextlib import ExitStack, suppress
from pathlib import Path
from socket import create_connection
from threading import Lock
from time import monotonic

from flask import Flask

from eventapp.ground.db import db
from tests.faults.crowd import ACKNOWLEDGED, BUSY, NO_ANSWER, SHOWN, Crowd, crowding
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.server import Server, serving
from tests.faults.test_upgrade import MORE, Turns
from tests.operations.test_versions import OWN, release, upgrade

LEFT_OUT = 10  # seconds, nginx's fail_timeout
SEEN_DEAD = 20  # kills until a request met one at the latest


class Proxy(Turns):
    """A proxy that asks the next machine where one takes no connection, and leaves one out for a while that gave no
    answer, as nginx (max_fails=1) and HAProxy do: the port of a machine that dies still takes connections for a moment.
    """

    def __init__(self, *servers: Server) -> None:
        super().__init__(*servers)
        self.until: dict[int, float] = {}  # when a port that gave no answer is asked again, in monotonic seconds
        self.choosing = Lock()  # two who choose at once would take turns, and one of them be offered one machine twice

    @property
    def port(self) -> int:  # type: ignore[override]  # asked anew for each request
        with self.choosing:
            for _machine in range(2):
                port = next(self.machines).port
                if monotonic() < self.until.get(port, 0):
                    continue
                with suppress(OSError), create_connection(("127.0.0.1", port), timeout=1):
                    return port
            return port

    def gave_no_answer(self, port: int) -> None:
        self.until[port] = monotonic() + LEFT_OUT


def walk(app: Flask, database: str, folder: Path, turns: type[Turns]) -> Crowd:
    """One machine is killed until a request met it, the other goes over to the next release; both in one crowd."""
    newer = release(folder / "newer", "9001", before=OWN)
    killed, older = Server(database, folder), Server(database, folder)
    next_one = Server(database, folder, "tests.faults.next_release:app", NEXT_RELEASE=str(newer))
    with ExitStack() as running:
        for machine in (killed, older):
            running.enter_context(serving(machine))
        proxy = turns(killed, older)
        with crowding(proxy, open_meeting()) as crowd:
            crowd.wait_for_more(MORE)
            for _kill in range(SEEN_DEAD):
                killed.kill()
                crowd.wait_for_more(MORE)
                killed.start()
                crowd.wait_for_more(MORE)
                if NO_ANSWER in crowd.statuses:
                    break
            assert upgrade(app, newer)[0] == 0
            running.enter_context(serving(next_one))
            proxy.go_to(crowd, killed, next_one)
            older.stop()
            killed.kill()
            crowd.wait_for_more(MORE)
    db.session.remove()
    return crowd


def test_no_request_fails_after_one_retry(fresh_app: Flask, database: str, tmp_path: Path) -> None:
    crowd = walk(fresh_app, database, tmp_path, Proxy)

    assert NO_ANSWER in crowd.statuses, "no request met the machine that died"
    assert set(crowd.statuses) <= {ACKNOWLEDGED, NO_ANSWER, BUSY}
    assert {status for answers in crowd.shown for status in answers} <= {SHOWN, NO_ANSWER, BUSY}
    assert crowd.failed() == []
    assert (lost(crowd), torn()) == ([], [])


def test_a_proxy_that_sends_on_to_a_dead_machine_makes_people_try_again_and_again(
    fresh_app: Flask, database: str, tmp_path: Path
) -> None:
    """The control."""
    assert max(map(len, walk(fresh_app, database, tmp_path, Turns).answers)) > 2
