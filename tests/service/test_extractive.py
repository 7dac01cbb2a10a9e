"""The default engine quotes, and says who makes the claims it quotes."""

from pathlib import Path

from tests.conftest import Ingest
from tests.service.test_verify import answerer_over


def test_a_statement_names_who_makes_the_claim(ingest: Ingest, folder: Path) -> None:
    (folder / "harbour.txt").write_text(
        "The harbour\n\nThe harbour of Lissen opened in 1893.\n\n"
        "“The northern mole is falling apart,” said harbour master Ada Brandt. "
        "“It has to be closed this winter.”\n"
    )
    answerer = answerer_over(ingest(folder))
    claimed = answerer.ask("What has to be closed this winter?").statements
    assert [statement.attribution for statement in claimed] == ["harbour master Ada Brandt"]
    plain = answerer.ask("When did the harbour of Lissen open?").statements
    assert [statement.attribution for statement in plain] == [None]
