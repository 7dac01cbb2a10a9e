"""How the log is written: our lines, uvicorn's and those of libraries in one form, to stderr."""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from service.observing.private_tracebacks import private_traceback
from service.observing.request_ids import request_id
from service.settings import ServiceSettings

_OURS = ("footnote", "service", "ingest", "uvicorn")
_NOT_VISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def configure_logs(settings: ServiceSettings) -> None:
    """For this process. Libraries are heard from warnings on: what they say of their work may
    hold the texts of questions."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings))
    level = settings.log_level.upper()
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    for name in ("uvicorn", "uvicorn.error"):  # which may have been set up by uvicorn already
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.error").setLevel(logging.NOTSET)
    logging.getLogger("uvicorn.access").disabled = True  # ours say more, and no queries
    logging.getLogger("asgi_correlation_id").setLevel(logging.ERROR)  # of each unusable id
    logging.captureWarnings(True)


def _formatter(settings: ServiceSettings) -> logging.Formatter:
    processors: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if not settings.log_questions:
        processors.append(structlog.processors.ExceptionRenderer(private_traceback))
    else:
        processors.append(structlog.processors.format_exc_info)
    if settings.log_format == "json":
        processors.append(structlog.processors.JSONRenderer(ensure_ascii=False))
    else:
        shown = structlog.dev.ConsoleRenderer(colors=False, sort_keys=False, pad_event_to=0)
        processors += [_in_one_line, shown]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.ExtraAdder(),
            _add_request_id,
        ],
        processors=processors,
    )


def _add_request_id(_: Any, __: str, line: EventDict) -> EventDict:
    made_for = request_id()
    if made_for is not None:
        line.setdefault("request_id", made_for)
    line.pop("color_message", None)  # uvicorn's own
    return line


def _in_one_line(_: Any, __: str, line: EventDict) -> EventDict:
    """So that no text can look like a line of its own, or steer a terminal."""
    shown = {name: value for name, value in line.items() if name != "exception"}
    for name, value in shown.items():
        if isinstance(value, str):
            line[name] = _NOT_VISIBLE.sub(lambda found: ascii(found[0])[1:-1], value)
    if "exception" in line:
        lines = line["exception"].split("\n")
        line["exception"] = "\n".join(_NOT_VISIBLE.sub(" ", one) for one in lines)
    return line
