"""`./run` itself, as a person meets it: the real script, the real servers, nothing installed anew."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.server import megabytes
from config import ROOT
from tests.ports import free_port

PATIENCE = 300  # seconds; on a busy machine two copies load their meeting at once
KEY = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass
class Copy:
    """A second checkout beside ours, in a folder with a space in its name, that shares what is installed."""

    folder: Path

    def start(self, *words: str, **settings: str) -> "subprocess.Popen[str]":
        known = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "DATA_DIR": str(self.folder / "its data")}
        known["ALLOW_NO_MAIL"] = "yes"  # in production; otherwise it says nothing
        return subprocess.Popen(
            ["./run", *words],
            cwd=self.folder,
            env={**known, **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, **settings: str) -> tuple[int, str]:
        process = self.start(*words, **settings)
        said, _nothing = process.communicate(timeout=PATIENCE)
        return process.returncode, said


@pytest.fixture(autouse=True)
def _signalled() -> Iterator[None]:
    """Ctrl-C and a closed terminal reach what these tests start: in the background and under nohup both are ignored.

    What a program ignores is ignored by those it starts; what it handles is not.
    """
    interrupt, hang_up = signal.signal(signal.SIGINT, signal.default_int_handler), signal.getsignal(signal.SIGHUP)
    signal.signal(signal.SIGHUP, lambda *_told: None)
    yield
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGHUP, hang_up)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_in(tmp_path / "a copy")


def copy_in(folder: Path) -> Copy:
    folder.mkdir()
    for path in ROOT.iterdir():
        if path.name not in ("run", "var", ".git"):
            (folder / path.name).symlink_to(path)
    shutil.copy(ROOT / "run", folder / "run")
    return Copy(folder)


def test_what_is_started_here_hears_every_signal() -> None:
    script = "import signal; print(*[signal.getsignal(number) is signal.SIG_IGN for number in (1, 2, 15)])"
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "False False False\n"


def test_help_names_every_word_the_script_knows(copy: Copy) -> None:
    code, said = copy.run("help")
    script = (ROOT / "run").read_text()
    known = re.findall(r"^  ([a-z]+)\)", script[script.index("case $word in") :], re.MULTILINE)

    assert code == 0
    assert {word for word in known if f"./run {word}" not in said} == {"serve"}  # what ./run without a word does


def test_the_data_folder_is_open_to_its_owner_alone(copy: Copy) -> None:
    code, _said = copy.run("flask", "history", "--help")

    assert (code, (copy.folder / "its data").stat().st_mode & 0o777) == (0, 0o700)


def test_an_unknown_word_is_told_with_those_there_are(copy: Copy) -> None:
    code, said = copy.run("tset")

    assert code == 2
    assert said.splitlines()[0] == 'run: there is no "tset"'
    assert "./run test " in said


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"PORT": "http"}, "run: PORT is 'http': set a number from 1 to 65535, for example PORT=8001 ./run\n"),
        ({"PORT": "70000"}, "run: PORT is '70000': set a number from 1 to 65535, for example PORT=8001 ./run\n"),
        (
            {"HOST": "192.0.2.1"},
            "run: HOST is '192.0.2.1', which is no address of this machine: try HOST=127.0.0.1 ./run\n",
        ),
        (
            {"DATA_DIR": "/dev/null/data"},
            "run: the data folder /dev/null/data cannot be written: set DATA_DIR to one that can\n",
        ),
        ({"WORKERS": "two"}, "run: WORKERS is 'two': set a whole number of 1 or more, or leave it out\n"),
        ({"THREADS": "0"}, "run: THREADS is '0': set a whole number of 1 or more, or leave it out\n"),
        ({"DEBUG": "flase"}, "eventapp does not start. DEBUG is 'flase': write yes or no.\n"),
        ({"ENVIRONMENT": "testing"}, "ENVIRONMENT is development or production."),
        ({"DATABASE_URL": "mysql://me:secret@host/name"}, "DATABASE_URL: write postgresql://user:password@host/name"),
        ({"DATABASE_URL": "postgresql://host:port/name"}, "DATABASE_URL: write postgresql://user:password@host/name"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "Error: The database cannot be used: unable to open"),
        ({"ENVIRONMENT": "production", "SECRET_KEY": "secret"}, "SECRET_KEY: set 32 random bytes or more."),
    ],
)
def test_what_cannot_be_is_one_line(copy: Copy, settings: dict[str, str], says: str) -> None:
    code, said = copy.run(**settings)

    assert code == 1
    assert says in said
    assert "Traceback" not in said
    if "eventapp does not start" in said:  # nothing about the database or the meeting, which have no part in it
        assert said.splitlines() == [said.strip()]


@pytest.mark.parametrize(("host", "place"), [("::1", "[::1]"), ("0.0.0.0", "127.0.0.1")])
def test_the_links_are_addresses_that_a_browser_opens(copy: Copy, host: str, place: str) -> None:
    code, said = copy.run("flask", "demo", "open", HOST=host, PORT="8001")

    assert code == 0, said
    assert said.count(f"http://{place}:8001/sign-in/") == 5, said


def test_a_port_that_is_taken_is_one_line_with_another_one(copy: Copy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        code, said = copy.run(PORT=str(port))

    assert code == 1
    assert said == (
        f"run: port {port} is taken: stop what listens there, or choose another one, "
        f"for example PORT={port + 1} ./run\n"
    )


def test_an_empty_installation_begins_with_a_link_for_its_administrator(copy: Copy) -> None:
    port = free_port()
    process = copy.start(DEMO="0", PORT=str(port))
    try:
        printed = until_ready(process)
        [link] = re.findall(r"Begin at (http\S+/first-administrator/\S+)", printed)
        with urllib.request.urlopen(link, timeout=PATIENCE) as answer:
            assert "Nobody administers this installation yet." in answer.read().decode()
        assert "Sign in as" not in printed
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def test_without_python_it_says_what_to_install(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "id", "rm", "cat"):
        (tools / name).symlink_to(str(shutil.which(name)))
    shutil.copy(ROOT / "run", tmp_path / "run")
    done = subprocess.run(
        [tools / "sh", tmp_path / "run", "setup"], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.startswith("run: Python 3.11 or newer is needed: install it")
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[tuple["subprocess.Popen[str]", int]]]:
    """Two copies that run side by side; one of them in production, with no demonstration."""
    first, second = copy_in(tmp_path / "first copy"), copy_in(tmp_path / "second copy")
    ports = [free_port(), free_port()]
    address = f"http://127.0.0.1:{ports[1]}"
    started = [
        first.start(PORT=str(ports[0])),
        second.start(PORT=str(ports[1]), ENVIRONMENT="production", SECRET_KEY=KEY, BASE_URL=address),
    ]
    yield list(zip(started, ports, strict=True))
    for process in started:
        process.terminate()  # where the test failed, what it started must not hold its output open for ever
        process.communicate(timeout=PATIENCE)


def test_two_copies_run_side_by_side_and_stop_without_leaving_anybody(
    two: list[tuple["subprocess.Popen[str]", int]], tmp_path: Path
) -> None:
    said = [until_ready(process) for process, _port in two]
    for words, (_process, port) in zip(said, two, strict=True):
        assert f"The meetings are at http://127.0.0.1:{port}/" in words
    ways_in = re.findall(r"^  (\S+).* http://\S+/sign-in/\S+", said[0], re.MULTILINE)
    assert ways_in == ["organizer", "rapporteur", "door", "participant", "administrator"]
    assert "/sign-in/" not in said[1]
    assert [status(port) for _process, port in two] == [200, 200]
    assert (tmp_path / "first copy" / "its data" / "secret-key").stat().st_mode & 0o077 == 0

    for place, how in enumerate((signal.SIGINT, signal.SIGTERM)):
        process, port = two[place]
        assert len(children_of(tmp_path, place)) >= 4  # this script, the server, two workers, the postman
        process.send_signal(how)
        assert process.wait(PATIENCE) == 0
        assert "run: stopping" in str(process.stdout and process.stdout.read())
        assert children_of(tmp_path, place) == []
        with pytest.raises(OSError, match="refused"):
            status(port)


def until_ready(process: "subprocess.Popen[str]") -> str:
    said = ""
    started = time.monotonic()
    while process.stdout and "Ctrl-C stops everything." not in said and time.monotonic() - started < PATIENCE:
        line = process.stdout.readline()
        if not line:
            break
        said += line
    return said


def status(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        return int(answer.status)


def status_in_time(port: int) -> int:
    """The status, once a worker is there that listens."""
    started = time.monotonic()
    while True:
        try:
            return status(port)
        except OSError:
            assert time.monotonic() - started < PATIENCE, "nobody listens any more"
            time.sleep(0.1)


def children_of(tmp_path: Path, place: int) -> list[str]:
    """The processes that were given this copy's data folder, where the machine tells."""
    return list(processes_of(tmp_path / ("first copy", "second copy")[place]).values())


def processes_of(copy: Path) -> dict[int, str]:
    """Number and command of each of them."""
    folder = f"DATA_DIR={copy / 'its data'}\0".encode()
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if folder in (process / "environ").read_bytes():
                found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found


def test_whoever_dies_of_it_is_replaced(copy: Copy) -> None:
    """A worker that the machine kills, for want of memory say, does not take the site with it; nor does the postman.

    And a server that hears nothing any more takes its workers with it when it is stopped.
    """
    port = free_port()
    process = copy.start(PORT=str(port), ENVIRONMENT="production", SECRET_KEY=KEY, BASE_URL=f"http://127.0.0.1:{port}")
    try:
        until_ready(process)
        assert megabytes(wait_for(copy.folder, "-m serve")[-1], "Shared_Dirty") > 40  # the application is there once
        for kind in ("-m serve", "mail deliver"):
            before = wait_for(copy.folder, kind)
            os.kill(before[-1], signal.SIGKILL)  # of the server, a worker: it started first itself
            wait_for(copy.folder, kind, besides=before)
            assert status_in_time(port) == 200
        os.kill(wait_for(copy.folder, "-m serve")[0], signal.SIGSTOP)
    finally:
        process.send_signal(signal.SIGINT)
        said, _nothing = process.communicate(timeout=PATIENCE)
    assert "run: the mail worker ended by itself" in said
    assert (process.returncode, processes_of(copy.folder)) == (0, {})


def test_nobody_is_left_where_the_terminal_is_gone(copy: Copy) -> None:
    """Its window was closed, or what read its words (`./run | tee log`) heard the Ctrl-C first."""
    port = str(free_port())
    process = copy.start(PORT=port, ENVIRONMENT="production", SECRET_KEY=KEY, BASE_URL=f"http://127.0.0.1:{port}")
    until_ready(process)
    assert process.stdout is not None
    process.stdout.close()

    process.send_signal(signal.SIGHUP)

    assert (process.wait(PATIENCE), processes_of(copy.folder)) == (0, {})


def test_nobody_is_left_where_it_ends_while_the_postman_is_started(copy: Copy) -> None:
    script, port = copy.folder / "run", str(free_port())
    words = script.read_text()
    assert words.count("  mail=$!\n") == 1
    script.write_text(words.replace("  mail=$!\n", "  sleep 5\n  mail=$!\n"))  # an instant, made long
    process = copy.start(PORT=port, ENVIRONMENT="production", SECRET_KEY=KEY, BASE_URL=f"http://127.0.0.1:{port}")
    until_ready(process)
    wait_for(copy.folder, "mail deliver")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)

    assert (process.returncode, processes_of(copy.folder)) == (0, {})


def wait_for(folder: Path, kind: str, *, besides: Sequence[int] = ()) -> list[int]:
    """The processes of this kind, once there is one besides these."""
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE:
        found = sorted(process for process, words in processes_of(folder).items() if kind in words)
        if set(found) - set(besides):
            return found
        time.sleep(0.1)
    message = f"no other {kind} came: {processes_of(folder)}"
    raise AssertionError(message)
