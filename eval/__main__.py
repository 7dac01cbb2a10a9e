"""`python -m eval`: whether answers are right and footnotes are true."""

import importlib
import sys

from ingest.errors import FootnoteError

WRONG_USE = 2
DEFAULT = "run"
COMMANDS = {
    "run": "eval.commands.run",
    "compare": "eval.commands.compare",
    "draft": "eval.commands.draft",
    "import-squad": "eval.commands.import_squad",
    "import-csv": "eval.commands.import_csv",
    "import-feedback": "eval.commands.import_feedback",
    "agreement": "eval.commands.agreement",
    "mutations": "eval.commands.mutations",
}


def main(arguments: list[str] | None = None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    named = bool(given) and given[0] in COMMANDS
    name, rest = (given[0], given[1:]) if named else (DEFAULT, given)
    command = importlib.import_module(COMMANDS[name])  # each imports what it alone needs
    try:
        return int(command.main(rest))
    except FootnoteError as error:
        print(f"eval: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("eval: stopped", file=sys.stderr)
        return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
