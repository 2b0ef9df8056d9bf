"""What every answer says about itself: what may run on it, who may keep it, who may frame it."""

from flask import Flask, Response, current_app, request, session

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


class Headers:
    """Writes the security headers of every answer, errors and files included."""

    def init_app(self, app: Flask) -> None:
        app.after_request(secure)


def secure(answer: Response) -> Response:
    """The headers of docs/decisions; a view that needs less sets its own first."""
    put = answer.headers.setdefault
    policy = dict(POLICY)
    if answer.headers.pop("X-Needs-Wasm", None):  # the door decodes QR codes in WebAssembly
        policy["script-src"] = "'self' 'wasm-unsafe-eval'"
    put("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items()))
    put("X-Content-Type-Options", "nosniff")
    put("Referrer-Policy", "same-origin")
    put("Cross-Origin-Opener-Policy", "same-origin")
    put("Cross-Origin-Resource-Policy", "same-origin")
    put("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    if current_app.config["BASE_URL"].startswith("https://"):
        put("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        keep_private(answer)
    return answer


def keep_private(answer: Response) -> None:
    """Nothing is kept by anybody unless the view said that it may be."""
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store, private"
    if session.accessed:
        answer.vary.add("Cookie")
