"""What every answer says about itself: what may run on it, who may keep it, who may frame it."""

from flask import Flask, Response, current_app

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


FIXED = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(), microphone=()"),
)


def policy(parts: dict[str, str]) -> tuple[str, str]:
    return "Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in parts.items())


LINES = (policy(POLICY), *FIXED)  # of every answer, and so written once
WITH_DECODER = (
    policy({**POLICY, "script-src": "'self' 'wasm-unsafe-eval'"}),
    *FIXED,
)  # the door decodes in WebAssembly


STAY_SECURE = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")  # where we are under https
PRIVATE = ("Cache-Control", "no-store, private")


class Headers:
    """Writes the security headers of every answer, errors and files included."""

    def init_app(self, app: Flask) -> None:
        app.after_request(secure)


def secure(answer: Response) -> Response:
    """The headers of docs/decisions; a view that needs less sets its own first."""
    lines = WITH_DECODER if answer.headers.pop("X-Needs-Wasm", None) else LINES
    given = {name.lower() for name, _value in answer.headers}
    answer.headers.extend([(name, value) for name, value in lines if name.lower() not in given])
    if current_app.config["BASE_URL"].startswith("https://"):
        answer.headers.setdefault(*STAY_SECURE)
    if "cache-control" not in given:
        answer.headers.add(*PRIVATE)  # nobody keeps it unless the view said so
    return answer
