"""The log as lines of JSON, one for each thing that is told, so that a program can search them."""

import json
import logging
import re
from datetime import UTC, datetime

from flask import Flask

from eventapp.ground.web.requests.facts import request_id

# What mail servers and PostgreSQL repeat of what was sent to them: "<ada@example.org>: user unknown", "DETAIL: Key
# (email)=(ada@example.org) already exists."
ADDRESS = re.compile(r"[^\s<>\"'(),:;=]+@[^\s<>\"'(),:;=]+")
DETAIL = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)
REQUESTS = logging.getLogger("eventapp.requests")
OF_A_REQUEST = ("request", "method", "path", "endpoint", "status", "ms")


class Lines(logging.Formatter):
    """One object a line: time (UTC), level, logger, message, the id of the request, and where it broke."""

    def format(self, record: logging.LogRecord) -> str:
        """The record in JSON. What people wrote is in none: queries hide their values, addresses their secrets."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_people(record.getMessage()),
        }
        line |= {name: vars(record)[name] for name in OF_A_REQUEST if name in vars(record)}
        if "request" not in line and (asked := request_id()):
            line["request"] = asked
        if record.exc_info:
            line["exception"] = without_people(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def without_people(text: str) -> str:
    """The text without addresses of emails, and without the lines in which PostgreSQL says values of a row."""
    return DETAIL.sub(r"\1: …", ADDRESS.sub("…@…", text))


def set_up(app: Flask) -> None:
    """Write the log of this process as the setting LOG_FORMAT says: as it always was, or as JSON on stderr."""
    REQUESTS.disabled = app.config["LOG_FORMAT"] != "json"
    if REQUESTS.disabled:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    app.logger.handlers.clear()  # Flask's own, which writes to stderr too
