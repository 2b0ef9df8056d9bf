"""A shared cache as it stands before a site: a real proxy that keeps whatever it is allowed to keep (RFC 9111, 5861)."""

import http.client
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Lines = list[tuple[str, str]]
NOT_PASSED = {"connection", "transfer-encoding", "keep-alive"}


@dataclass
class Stored:
    """One answer that was kept, and what of the request it was made for."""

    asked: dict[str, str]  # the lines that Vary names
    status: int
    lines: Lines
    body: bytes
    at: float

    def line(self, name: str) -> str:
        return ", ".join(value for key, value in self.lines if key.lower() == name)

    def seconds(self, name: str) -> int:
        parts = (part.strip().partition("=") for part in self.line("cache-control").split(","))
        return next((int(value) for key, _is, value in parts if key == name and value.isdigit()), 0)


@dataclass
class SharedCache:
    """Passes requests on to a site and keeps its answers. `now` is its clock, which the test moves."""

    site: int  # the port
    looks_at_vary: bool = True
    now: float = 0.0
    kept: dict[str, list[Stored]] = field(default_factory=dict)
    hits: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, asked: dict[str, str]) -> Stored:
        """From what is kept where it is fresh, or stale and allowed while it is asked about; else from the site."""
        found = self.fitting(path, asked)
        if found is None:
            return self.fetch(path, asked)
        age, fresh = self.now - found.at, found.seconds("s-maxage")
        if age < fresh + found.seconds("stale-while-revalidate"):
            self.hits.append(path)
            if age >= fresh:
                self.fetch(path, {**asked, "if-none-match": found.line("etag")}, found)
            return found
        return self.fetch(path, {**asked, "if-none-match": found.line("etag")}, found)

    def fitting(self, path: str, asked: dict[str, str]) -> Stored | None:
        with self.lock:
            return next((one for one in self.kept.get(path, []) if one.asked == self.varying(one, asked)), None)

    def varying(self, one: Stored, asked: dict[str, str]) -> dict[str, str]:
        names = [name.strip().lower() for name in one.line("vary").split(",") if name.strip()]
        return {name: asked.get(name, "") for name in names} if self.looks_at_vary else {}

    def fetch(self, path: str, asked: dict[str, str], known: Stored | None = None) -> Stored:
        self.passed.append(path)
        line = http.client.HTTPConnection("127.0.0.1", self.site, timeout=30)
        line.request("GET", path, headers=asked)
        got = line.getresponse()
        new = Stored({}, got.status, got.getheaders(), got.read(), self.now)
        line.close()
        if known is not None and new.status == http.client.NOT_MODIFIED:
            known.at = self.now
            return known
        new.asked = self.varying(new, asked)
        may_keep = new.line("cache-control")
        if new.seconds("s-maxage") and not any(word in may_keep for word in ("no-store", "private")):
            with self.lock:
                others = [one for one in self.kept.get(path, []) if one.asked != new.asked]
                self.kept[path] = [*others, new]
        return new


def serve(cache: SharedCache) -> ThreadingHTTPServer:
    """Have the cache answer on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = cache.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response_only(found.status)
            for name, value in found.lines:
                if name.lower() not in NOT_PASSED | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@dataclass
class Browser:
    """Somebody who comes through the cache, with the cookies that they were given."""

    port: int
    cookies: dict[str, str]
    language: str = "en"

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        lines = {"Accept-Language": self.language, "Accept-Encoding": "identity"}
        if self.cookies:
            lines["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        wire.request("GET", path, headers=lines)
        got = wire.getresponse()
        page = got.read().decode(errors="replace")
        wire.close()
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                cookie, _is, sealed = value.partition(";")[0].partition("=")
                self.cookies[cookie] = sealed
        return got.status, {name.lower(): value for name, value in got.getheaders()}, page
