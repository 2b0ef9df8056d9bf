"""What strangers try first."""

import pytest

from tests.browserless import PageClient


@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD",
        "/.env",
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/console",
        "/backup.db",
        "/instance",
        "/a%00b",
        "/meetings/a%00b",
        "/meetings/a%00b/agenda",
        "/meetings/a%00b/registration/new",
        "/api/v1/meetings/a%00b/agenda",
        "/%252e%252e%252f",
    ],
)
def test_there_is_nothing_there(client: PageClient, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_no_debugger_answers(client: PageClient) -> None:
    answer = client.get("/?__debugger__=yes&cmd=resource&f=debugger.js")
    assert answer.mimetype == "text/html" and "EVALEX" not in answer.text


def test_another_site_gets_no_permission_to_read(client: PageClient) -> None:
    answer = client.get("/", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_a_forged_host_leads_nobody_away(client: PageClient, header: str) -> None:
    page = client.get("/sign-in", headers={header: "evil.example"})
    assert "evil.example" not in page.text and "evil.example" not in str(page.headers)
