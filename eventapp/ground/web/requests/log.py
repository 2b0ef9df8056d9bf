"""The log as lines of JSON, one for each thing that is told, so that a program can search them."""

import json
import logging
from datetime import UTC, datetime

from flask import Flask

from eventapp.ground.web.requests.facts import request_id

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
            "message": record.getMessage(),
        }
        line |= {name: vars(record)[name] for name in OF_A_REQUEST if name in vars(record)}
        if "request" not in line and (asked := request_id()):
            line["request"] = asked
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up(app: Flask) -> None:
    """Write the log of this process as the setting LOG_FORMAT says: as it always was, or as JSON on stderr."""
    REQUESTS.disabled = app.config["LOG_FORMAT"] != "json"
    if REQUESTS.disabled:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    app.logger.handlers.clear()  # Flask's own, which writes to stderr too
