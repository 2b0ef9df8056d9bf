from flask import Flask

from config import ROOT
from eventapp.meeting_file.guide import guide
from tests.meeting_file.test_cli import run


def test_the_page_about_meeting_files_says_what_the_schema_says(app: Flask) -> None:
    page = (ROOT / "docs" / "meeting-file.md").read_text(encoding="utf-8")

    assert page.partition("## What to write\n\n")[2].rstrip() == guide().rstrip()
    assert run(app, "schema").output.rstrip() == guide().rstrip()
