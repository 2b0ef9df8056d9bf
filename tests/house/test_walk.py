"""`./run walk` knows every line and every file that docs/operate.md has in its blocks: none is added that nobody runs."""

import re

import pytest
from flask import Flask

from tests.browserless import PageClient
from walk import looks
from walk.inside import Walk
from walk.known import FILES, NOT_RUN, RUN, SHELL, filled, is_known, reason
from walk.page import PAGE, Command, commands
from walk.second import WORKER, for_the_second

TOKEN = "only-for-tests-0123456789"
ON_PAGE = commands(PAGE.read_text(encoding="utf-8"))
NAMES = (
    *("key", "password", "mail_username", "mail_password", "s3_key", "s3_secret", "s3_endpoint", "anchor", "backup"),
    *("backup_in_store", "meeting_file", "meeting", "release"),
)
VALUES = {name: (lambda name=name: f"<{name}>") for name in NAMES}


def test_each_line_of_the_page_is_run_or_named_with_a_reason() -> None:
    assert [str(one) for one in ON_PAGE if not is_known(one)] == []


def test_whatever_the_page_leaves_open_is_filled_in() -> None:
    done = [filled(one, VALUES) for one in ON_PAGE]

    assert [words for words in done if re.search(r"my-meeting|\d{4}-\d\d-\d\dT\d{6}Z", words)] == []


def test_what_the_walk_looks_for_is_on_the_page() -> None:
    assert {one.file for one in ON_PAGE if one.file} == set(FILES)
    assert [words for words in NOT_RUN if not any(one.words.startswith(words) for one in ON_PAGE)] == []
    found = {
        (one.heading, begins) for one in ON_PAGE for _heading, begins in looks.AFTER if one.words.startswith(begins)
    }
    assert set(looks.AFTER) - found == set()
    assert sum(one.words.startswith(SHELL) for one in ON_PAGE) == 1


def test_the_report_of_the_walk_marks_one_address_and_no_other_answer_will_do(app: Flask, client: PageClient) -> None:
    walk, app.config["MAIL_REPORTS_TOKEN"] = Walk(PAGE.read_text(encoding="utf-8")), TOKEN
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "message/rfc822"}

    looks.one_address_failed(walk, client.post("/mail/reports", data=looks.REPORT, headers=headers).text)
    for answer in ("0\n", "10\n", "401", ""):
        with pytest.raises(AssertionError):
            looks.one_address_failed(walk, answer)


@pytest.mark.parametrize(
    "added", ["./run polish", "gunicorn wsgi:app", "# /etc/cron.d/eventapp\n    0 2 * * * root true"]
)
def test_a_block_that_is_added_is_found(added: str) -> None:
    page = PAGE.read_text(encoding="utf-8") + f"\n## More\n\nDo this:\n\n    {added}\n\nand that.\n"
    unknown = [one for one in commands(page) if not is_known(one)]

    assert len(unknown) == 1 and unknown[0].heading == "More"


def test_an_open_place_that_nobody_can_fill_in_is_found() -> None:
    with pytest.raises(KeyError):
        filled(Command("Start", "echo NEW_TOKEN=… >>/etc/eventapp.env"), VALUES)


def test_blocks_are_read_as_the_page_has_them() -> None:
    page = "## One\n\nWords:\n\n    # /etc/a\n    x = 1\n\n    y = 2\n\n    # then\n    ./run setup    # why\n\n- a point:\n\n      nginx -t\n\n## Two\n\n    chown a b\n"

    assert commands(page) == [
        Command("One", "x = 1\n\ny = 2\n", "/etc/a"),
        Command("One", "./run setup    # why"),
        Command("One", "nginx -t"),
        Command("Two", "chown a b"),
    ]
    assert [bool(RUN.search(words)) for words in ("A=1 ./run x", "cd a && ./run b", "echo /srv/run")] == [
        True,
        True,
        False,
    ]
    assert reason(Command("", "nginx -t")) == ""


def test_a_new_version_stops_the_worker_before_its_files_move_and_starts_it_when_the_tables_are_there() -> None:
    lines = [one.words for one in ON_PAGE if one.heading == "A new version"]
    stops, moves = lines.index(f"systemctl stop eventapp {WORKER}"), lines.index("mv /srv/eventapp /srv/eventapp-old")
    begins, answers = lines.index("systemctl start eventapp"), lines.index(f"systemctl start {WORKER}")

    assert stops < moves < begins < answers and lines[answers - 1].startswith("curl ")
    second = [words for words in map(for_the_second, lines) if words]
    assert [words for words in second if WORKER in words or "10.0.0.1" in words] == []
    assert "systemctl stop eventapp" in second and "systemctl start eventapp" in second
    assert len(second) == len(lines) - 1
