"""The load client: sockets kept alive, answers counted by their length, so that it costs far less than the server.

It shares two cores with what it measures, and its own cost weighs on both sides of a ratio: a very fast page looks a
little nearer to the bare route than it is. Where `wrk` is on the path, pages are measured with that instead.
"""

import re
import selectors
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass

CONNECTIONS = 16
SECONDS = 3.0
AT_ONCE = 1 << 18
PATIENCE = 30  # seconds for one answer


@dataclass(frozen=True)
class Answer:
    """One HTTP answer, read whole."""

    status: int
    head: str
    body: bytes

    @property
    def size(self) -> int:
        return len(self.head.encode("latin-1")) + len(self.body)

    def header(self, name: str) -> str:
        """The first header of this name, '' where there is none."""
        found = re.search(rf"^{name}: *(.*?)\r?$", self.head, re.IGNORECASE | re.MULTILINE)
        return found[1] if found else ""


class Browser:
    """One visitor with cookies on one kept-alive connection; follows nothing by itself."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.cookies: dict[str, str] = {}
        self.rest = b""

    def get(self, path: str, **headers: str) -> Answer:
        return self.send(request("GET", path, headers=self.with_cookies(headers)))

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send(request("POST", path, body, {**kind, **self.with_cookies(headers)}))

    def with_cookies(self, headers: dict[str, str]) -> dict[str, str]:
        words = {name.replace("_", "-"): value for name, value in headers.items()}
        crumbs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**words, **({"Cookie": crumbs} if crumbs else {})}

    def send(self, message: bytes) -> Answer:
        self.socket.sendall(message)
        answer = self.read()
        for name, value in re.findall(r"^set-cookie: *([^=]+)=([^;\r]*)", answer.head, re.IGNORECASE | re.MULTILINE):
            self.cookies[name] = value
        return answer

    def read(self) -> Answer:
        text = self.rest
        while b"\r\n\r\n" not in text:
            text += self.more()
        head, _end, body = text.partition(b"\r\n\r\n")
        status = int(head[9:12])
        found = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        length = int(found[1]) if found and status != 304 else 0
        while len(body) < length:
            body += self.more()
        self.rest = body[length:]
        return Answer(status, head.decode("latin-1") + "\r\n\r\n", body[:length])

    def more(self) -> bytes:
        found = self.socket.recv(AT_ONCE)
        if not found:
            raise ConnectionError("the server hung up")
        return found


def request(method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """An HTTP request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    lines += [f"Content-Length: {len(body)}"] if method == "POST" else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def pages_a_second(port: int, path: str, headers: dict[str, str], *, expect: int = 200) -> float:
    """How many of this page the server gives a second to CONNECTIONS visitors."""
    first = Browser(port).send(request("GET", path, headers=headers))
    if first.status != expect:
        raise AssertionError(f"{path} answers {first.status}, not {expect}")
    if wrk := shutil.which("wrk"):
        return by_wrk(wrk, f"http://127.0.0.1:{port}{path}", headers)
    return by_counting(port, request("GET", path, headers=headers), first.size)


def by_wrk(wrk: str, address: str, headers: dict[str, str]) -> float:
    words = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    flags = ["-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS:.0f}s", "--timeout", f"{PATIENCE}s"]
    said = subprocess.run([wrk, *flags, *words, address], capture_output=True, text=True, check=True).stdout
    if "Non-2xx or 3xx" in said or "Socket errors" in said:
        raise AssertionError(f"{address} failed under load:\n{said}")
    return float(re.findall(r"Requests/sec: *([0-9.]+)", said)[0])


def by_counting(port: int, message: bytes, size: int) -> float:
    """Every answer has the same length, so the bytes that came tell how many did."""
    with selectors.DefaultSelector() as selector:
        for _visitor in range(CONNECTIONS):
            visitor = socket.create_connection(("127.0.0.1", port))
            selector.register(visitor, selectors.EVENT_READ, [0])
            visitor.sendall(message)
        answers, started = 0, time.perf_counter()
        while (spent := time.perf_counter() - started) < SECONDS:
            for key, _events in selector.select(timeout=1):
                asked, came = key.fileobj, key.data
                assert isinstance(asked, socket.socket)
                came[0] += len(asked.recv(AT_ONCE))
                if came[0] >= size:
                    came[0] -= size
                    answers += 1
                    asked.sendall(message)
        for key in list(selector.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
    return answers / spent
