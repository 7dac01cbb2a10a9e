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


def test_a_contested_matter_is_answered_by_both_sides(ingest: Ingest, folder: Path) -> None:
    (folder / "mole.txt").write_text(
        "The mole\n\nThe northern mole of Lissen is unsafe for ships, inspector Carl Holm said.\n\n"
        "The town has some nine hundred people and a school.\n\n"
        "Harbour master Ada Brandt denied that the mole of Lissen is unsafe.\n"
    )
    answerer = answerer_over(ingest(folder))
    sides = answerer.ask("Is the mole of Lissen unsafe for ships?").statements
    assert {s.attribution for s in sides} == {"inspector Carl Holm", "Harbour master Ada Brandt"}
    one = answerer.ask("Who said that the mole of Lissen is unsafe for ships?").statements
    assert one[0].attribution == "inspector Carl Holm"


def test_the_same_story_in_many_papers_is_one_statement_with_many_places(
    ingest: Ingest, folder: Path
) -> None:
    story = "The northern mole of Lissen was closed on Monday after a storm broke two of its piers."
    for number, paper in enumerate(("The Lissen Post", "Shore News", "Evening Mail")):
        (folder / f"{number}.txt").write_text(f"{paper}\n\n{story}\n")
    answerer = answerer_over(ingest(folder))
    answer = answerer.ask("When was the northern mole of Lissen closed?")
    (statement,) = answer.statements
    assert len({citation.document_id for citation in statement.citations}) == 3
    assert {citation.cited_text for citation in statement.citations} == {story}
    assert len(answer.passages) == 1
    assert len(answer.passages[0].also) == 2


def test_a_sentence_at_the_start_of_a_passage_brings_the_end_of_the_one_before(
    ingest: Ingest, folder: Path
) -> None:
    filler = " ".join(f"The boat of family number {n} lies in the inner harbour." for n in range(9))
    (folder / "lamp.txt").write_text(
        f"The lamp\n\n{filler} The lamp of Lissen has a keeper named Marta Vell.\n\n"
        f"She painted the lamp house yellow in 1940. {filler.replace('boat', 'net')}\n"
    )
    answerer = answerer_over(ingest(folder))
    first = answerer.ask("When was the lamp house painted yellow?").statements[0]
    assert first.text == (
        "The lamp of Lissen has a keeper named Marta Vell. "
        "She painted the lamp house yellow in 1940."
    )
    assert len(first.citations) == 2


def test_an_abbreviation_is_explained_by_the_sentence_that_spells_it_out(
    ingest: Ingest, folder: Path
) -> None:
    (folder / "harbour.txt").write_text(
        "The harbour\n\nThe LHB opened the harbour of Oster in 1893. The LHB has nine members.\n\n"
        "The mole was paid for by the Lissen Harbour Board (LHB) alone.\n"
    )
    answer = answerer_over(ingest(folder)).ask("What does LHB stand for?")
    assert [statement.text for statement in answer.statements] == [
        "The mole was paid for by the Lissen Harbour Board (LHB) alone."
    ]


def test_an_abbreviation_that_nothing_spells_out_is_not_explained(
    ingest: Ingest, folder: Path
) -> None:
    (folder / "harbour.txt").write_text("The harbour\n\nThe LHB opened the harbour in 1893.\n")
    assert not answerer_over(ingest(folder)).ask("What does LHB stand for?").statements


def test_each_question_of_a_message_is_answered(ingest: Ingest, folder: Path) -> None:
    (folder / "mill.txt").write_text("The mill\n\nThe mill of Aune was built by Jonas Berg.\n")
    (folder / "bridge.txt").write_text("The bridge\n\nThe bridge of Varde was opened in 1902.\n")
    answerer = answerer_over(ingest(folder))
    answer = answerer.ask("Who built the mill of Aune, and when was the bridge of Varde opened?")
    assert [statement.text for statement in answer.statements] == [
        "The mill of Aune was built by Jonas Berg.",
        "The bridge of Varde was opened in 1902.",
    ]
    half = answerer.ask("Who built the mill of Aune, and how tall is the Oster lighthouse?")
    assert half.statements[0].text == "The mill of Aune was built by Jonas Berg."
