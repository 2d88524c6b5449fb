"""What the server logs, as text for people or as one JSON object a line; every line knows its request."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered, as in X-Request-ID and in the body of an error; empty outside one."""

STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}
LOGGERS = ("backpropscope", "uvicorn")


def identity(record: logging.LogRecord) -> str:
    """The request that a record belongs to; one that was given with the record goes first."""
    return str(getattr(record, "request_id", "") or REQUEST_ID.get())


class JSONLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request_id, what else was given, and the exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record; ASCII, so that nothing in a message can break out of it."""
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if request_id := identity(record):
            entry["request_id"] = request_id
        entry |= {name: value for name, value in record.__dict__.items() if name not in STANDARD and name not in entry}
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


class Lines(logging.Formatter):
    """Text: time, level, logger, request id in brackets, message; a line break within a message is shown as such."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record, and its exception below."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(" ", timespec="milliseconds")
        request_id = identity(record)
        mark = f" [{request_id}]" if request_id else ""
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        line = f"{when} {record.levelname} {record.name}{mark}: {message}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configuration(level: str, form: str, access: bool) -> dict[str, Any]:
    """The logging of a process, for ``logging.config.dictConfig``; everything goes to the standard error.

    Args:
        level: the least level that is logged: error, warning or info.
        form: ``text`` or ``json``.
        access: whether each request has its line, whatever the level.
    """
    formatter = JSONLines if form == "json" else Lines
    wanted = {"level": level.upper(), "handlers": ["stderr"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{formatter.__module__}.{formatter.__name__}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            **dict.fromkeys(LOGGERS, wanted),
            "backpropscope.access": {"level": "INFO" if access else "CRITICAL"},
        },
    }
