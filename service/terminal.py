"""An answer in the terminal, with its footnotes below it."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from service.answering.answer import Answer


def show(answer: Answer, console: Console) -> None:
    """Print an answer: statements with numbers, then each number with its exact words.

    A reply is its text alone.
    """
    if answer.standalone_question != answer.question:
        console.print(Text(f"Understood as: {answer.standalone_question}", style="dim"))
    console.print(Text(answer.text))
    if answer.notice:
        console.print(Text(answer.notice, style="dim italic"))
    if answer.kind == "reply":
        return
    console.print()
    for citation, number in answer.numbers.items():
        page = "" if citation.page is None else f"page {citation.page}, "
        place = f"{page}characters {citation.start_char_index}-{citation.end_char_index}"
        console.print(
            f"[bold]\\[{number}][/bold] {escape(citation.record.title)} "
            f"[dim]({escape(citation.record.source)}, {place})[/dim]"
        )
        console.print(Padding(Text(citation.cited_text), (0, 0, 0, 4), expand=False))
    if answer.abstained:
        for found in answer.passages:
            console.print(Text(f"{found.record.title} ({found.record.source})", style="bold"))
            console.print(
                Padding(Text(" ".join(found.passage.text.split())), (0, 0, 0, 4), expand=False)
            )
