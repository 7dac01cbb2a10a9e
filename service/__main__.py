"""`python -m service`: serve; `python -m service ask "QUESTION"`: one answer in the terminal;
`python -m service check`: does the language model work?"""

import argparse
import sys

from ingest.errors import FootnoteError, SettingsError
from ingest.settings import load_settings
from service.settings import MOST_QUESTION, ServiceSettings

WRONG_USE = 2
INTERRUPTED = 130  # as shells have it


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m service",
        description="Serve answers over HTTP with a chat page, or answer one question here.",
    )
    _add_index(made)
    made.add_argument("--host", help="address to listen on (default: FOOTNOTE_HOST or 127.0.0.1)")
    made.add_argument("--port", type=int, help="port to listen on (default: FOOTNOTE_PORT or 8000)")
    made.add_argument(
        "--workers", type=int, help="processes that answer (default: FOOTNOTE_WORKERS or 1)"
    )
    made.add_argument(
        "--allow-unauthenticated",
        action="store_true",
        default=None,
        help="listen on other addresses than this machine's without keys",
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer one question in the terminal")
    ask.add_argument("question", metavar="QUESTION")
    _add_index(ask)
    commands.add_parser(
        "check",
        help="say whether the language model (FOOTNOTE_MODEL) answers, streams and cites",
        description="Ask the language model one question. Exit code: 0 all well, 1 the model "
        "fails a point, 2 wrong settings.",
    )
    return made


def _add_index(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--index",
        metavar="DIR_OR_URL",
        default=argparse.SUPPRESS,
        help="the index (default: FOOTNOTE_INDEX or data/index)",
    )


def main(arguments: list[str] | None = None) -> int:
    options = vars(parser().parse_args(arguments))
    try:
        settings = load_settings(
            ServiceSettings,
            index=options.get("index"),
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            allow_unauthenticated=options["allow_unauthenticated"],
        )
        if options["command"] == "ask":
            return ask(settings, options["question"])
        if options["command"] == "check":
            from service.check import check

            return check(settings, lambda line: print(line, flush=True))
        from service.serving.server import serve

        return serve(settings)
    except FootnoteError as error:
        print(f"service: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED


def ask(settings: ServiceSettings, question: str) -> int:
    """Print one answer. Raises FootnoteError."""
    if not 0 < len(question.strip()) <= MOST_QUESTION:
        raise SettingsError(f"the question must have 1 to {MOST_QUESTION} characters")
    from rich.console import Console

    from service.assembly import Assembly
    from service.terminal import show

    asked = question.strip().encode("utf-8", "replace").decode()  # arguments may be in no encoding
    answer = Assembly(settings).answerer().ask(asked)
    show(answer, Console(highlight=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
