"""An answer in the terminal, with its footnotes below it."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from ingest.legible import legible, on_one_line
from service.answering.answer import Answer


def show(answer: Answer, console: Console) -> None:
    """Print an answer: statements with numbers, then each number with its exact words.

    A reply is its text alone. Of what documents and models say, nothing steers the terminal.
    """
    if answer.standalone_question != answer.question:
        console.print(
            Text(f"Understood as: {on_one_line(answer.standalone_question)}", style="dim")
        )
    console.print(Text(legible(answer.text)))
    if answer.notice:
        console.print(Text(legible(answer.notice), style="dim italic"))
    if answer.kind == "reply":
        return
    console.print()
    for citation, number in answer.numbers.items():
        page = "" if citation.page is None else f"page {citation.page}, "
        place = f"{page}characters {citation.start_char_index}-{citation.end_char_index}"
        console.print(
            f"[bold]\\[{number}][/bold] {escape(on_one_line(citation.record.title))} "
            f"[dim]({escape(on_one_line(citation.record.source))}, {place})[/dim]"
        )
        console.print(Padding(Text(legible(citation.cited_text)), (0, 0, 0, 4), expand=False))
    if answer.abstained:
        for found in answer.passages:
            named = on_one_line(f"{found.record.title} ({found.record.source})")
            console.print(Text(named, style="bold"))
            console.print(
                Padding(Text(on_one_line(found.passage.text)), (0, 0, 0, 4), expand=False)
            )
