"""The options that say what is asked, and the target they mean."""

import argparse
import os
from pathlib import Path

from eval.targets.chat_endpoint import ChatEndpoint
from eval.targets.in_process import InProcess
from eval.targets.service_url import ServiceUrl
from eval.targets.target import Target, TargetError
from ingest.run import run as ingest
from ingest.settings import load_settings
from service.assembly import Assembly
from service.settings import ServiceSettings


def add_target_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is asked (default: this checkout, in process)")
    group.add_argument("--url", metavar="URL", help="a running service")
    group.add_argument(
        "--openai",
        metavar="URL",
        help="an OpenAI-compatible endpoint whose answers carry bracketed citations",
    )
    group.add_argument("--model", metavar="NAME", help="the endpoint's model (with --openai)")
    group.add_argument(
        "--give-passages",
        metavar="N",
        type=positive,
        help="with --openai: retrieve N passages here and put them into the prompt",
    )
    group.add_argument(
        "--api-key",
        metavar="KEY",
        default=os.environ.get("FOOTNOTE_EVAL_API_KEY", ""),
        help="for --url or --openai (default: FOOTNOTE_EVAL_API_KEY)",
    )
    group.add_argument("--workers", metavar="N", type=positive, default=1, help="cases at a time")


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def open_target(
    options: argparse.Namespace, documents: Path | None, index: str | None, scratch: Path
) -> Target:
    """Raises TargetError or SettingsError, in words that name the option at fault."""
    if options.url and options.openai:
        raise TargetError("--url and --openai are two targets: give one")
    if options.url:
        return ServiceUrl(options.url, options.api_key)
    here = open_here(documents, index, scratch)
    return _chat_endpoint(options, here) if options.openai else here


def open_here(
    documents: Path | None, index: str | None, scratch: Path, **overrides: object
) -> InProcess:
    """This checkout over an index, made of the documents in `scratch` unless there is one."""
    if index is None and documents is None:
        raise TargetError("where are the documents? give --documents FOLDER, --index or --url")
    place = index if index is not None else str(scratch / "index")
    settings = load_settings(ServiceSettings, **{**overrides, "index": place})
    assembly = Assembly(settings)
    if index is None:
        report = ingest(settings, [str(documents)], embedding=assembly.embedding())
        if not report.added:
            raise TargetError(f"{documents} has no document that could be read")
    assembly.warm_up()
    return InProcess(assembly)


def _chat_endpoint(options: argparse.Namespace, here: InProcess) -> ChatEndpoint:
    if not options.model:
        raise TargetError("--openai needs --model NAME")
    given = here.passages(options.give_passages) if options.give_passages else None
    return ChatEndpoint(
        options.openai, options.model, options.api_key, here.library, passages=given
    )
