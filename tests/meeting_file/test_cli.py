from pathlib import Path

from click.testing import Result
from flask import Flask
from sqlalchemy import select

from config import ROOT
from eventapp.ground.db import db
from eventapp.ground.jobs.leased import DONE
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.queries import meeting_at
from tests.meeting_file.large import large
from tests.meeting_file.test_actions import STAFFED


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["meetings", *words])


def written(folder: Path, text: str) -> str:
    (folder / "meeting.yaml").write_text(text, encoding="utf-8")
    return str(folder / "meeting.yaml")


def test_a_file_is_loaded_and_the_second_time_says_that_nothing_changed(app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path, STAFFED)

    first, second = run(app, "load", file), run(app, "load", file)
    assert (first.exit_code, first.output.splitlines()[0]) == (0, "meeting spring-review: added")
    assert first.output.splitlines()[-1] == f"spring-review is as {file} says."
    assert (second.exit_code, second.output) == (0, f"spring-review was as {file} says already: no change.\n")


def test_a_faulty_file_is_told_line_by_line_and_nothing_is_loaded(app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path, STAFFED.replace("seats: 120", "seats: 0").replace("kind: opening", "kind: open"))

    answer = run(app, "load", file)
    assert answer.exit_code == 1
    assert answer.output.splitlines()[:2] == [
        "Error: nothing was loaded.",
        f"{file}:18: “seats”: Write a whole number from 1 to 1000000; it says “0”.",
    ]
    assert meeting_at("spring-review") is None


def test_a_file_that_is_no_text_is_told_so(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "meeting.yaml").write_bytes(b"slug: a\ntitle: \xff")
    answer = run(app, "load", str(tmp_path / "meeting.yaml"))

    says = f"{tmp_path}/meeting.yaml:2: This line is not UTF-8. Save the file as UTF-8 text."
    assert answer.output.splitlines()[1] == says


def test_a_refusal_names_the_file_and_the_reason(app: Flask, tmp_path: Path) -> None:
    run(app, "load", written(tmp_path, STAFFED))
    file = written(tmp_path, STAFFED.replace("  - {email: olga@example.org, name: Olga, role: organizer}\n", ""))

    answer = run(app, "load", file)
    staff = STAFFED[: STAFFED.index("staff:")].count("\n") + 1
    assert (answer.exit_code, answer.output.splitlines()[1]) == (
        1,
        f"{file}:{staff}: Olga is the only organizer. Make somebody else organizer first.",
    )


def test_a_meeting_is_made_public_once(app: Flask, tmp_path: Path) -> None:
    run(app, "load", written(tmp_path, STAFFED))

    assert run(app, "publish", "spring-review").output == "spring-review is public.\n"
    assert run(app, "publish", "spring-review").output == "Error: This meeting is public already.\n"
    assert run(app, "publish", "autumn").output == "Error: There is no meeting at “autumn”.\n"
    assert run(app, "load", "--publish", written(tmp_path, STAFFED)).exit_code == 0


def test_what_is_dumped_loads_without_a_change(app: Flask, tmp_path: Path) -> None:
    run(app, "load", "--publish", str(ROOT / "meetings" / "bangkok-2016.yaml"))
    file = written(tmp_path, run(app, "dump", "wsis-bangkok-2016").output)

    assert run(app, "load", file).output == f"wsis-bangkok-2016 was as {file} says already: no change.\n"


def test_a_large_file_is_loaded_as_the_worker_does_it(app: Flask, tmp_path: Path) -> None:
    first, second = run(app, "load", written(tmp_path, large())), run(app, "load", written(tmp_path, large()))
    assert (first.exit_code, first.output.splitlines()[0]) == (0, "meeting spring-review: added")
    assert db.session.scalars(select(MeetingImport.state)).all() == [DONE]
    assert (second.exit_code, second.output.splitlines()[-1][-19:]) == (0, "already: no change.")


def test_a_large_file_that_may_not_be_public_is_loaded_and_said_to_be(app: Flask, tmp_path: Path) -> None:
    text = large()
    file = written(tmp_path, text[: text.index("categories:")] + text[text.index("bodies:") :])

    answer = run(app, "load", "--publish", file)
    assert answer.exit_code == 1
    assert f"spring-review is as {file} says." in answer.output.splitlines()
    assert answer.output.splitlines()[-2:] == [
        "Error: spring-review is loaded, but it was not made public.",
        "Add a category first: without one nobody could register.",
    ]
    meeting = meeting_at("spring-review")
    assert meeting and not meeting.is_published


def test_a_large_file_is_loaded_and_public(app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path, large())
    assert [run(app, "load", "--publish", file).exit_code for _time in range(2)] == [0, 0]
    meeting = meeting_at("spring-review")
    assert meeting and meeting.is_published
