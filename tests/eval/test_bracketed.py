"""Bracketed answers become statements with numbers, and refusals abstentions."""

import pytest

from eval.targets.bracketed import refuses, statements


def numbered(answer: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.numbers) for one in statements(answer)]


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[1]", (1,)),
        ("[1][2]", (1, 2)),
        (" [1] [2]", (1, 2)),
        ("[1, 2; 4]", (1, 2, 4)),
        ("[1-3]", (1, 2, 3)),
        ("[2–3][3]", (2, 3)),
        ("【1】", (1,)),
        ("【3†L1-L9】", (3,)),
        ("[^1]", (1,)),
        ("[source 1]", (1,)),
        ("[Sources 1, 2]", (1, 2)),
        ("[doc1][doc2]", (1, 2)),
        ("[1](https://a.example/b)", (1,)),
        ("[[2]](https://a.example/b)", (2,)),
    ],
)
def test_a_bracket_belongs_to_the_sentence_it_follows(mark: str, numbers: tuple[int, ...]) -> None:
    inside = f"The port opens at six{mark}. It closes at ten."
    after = f"The port opens at six.{mark} It closes at ten."
    assert numbered(inside) == [("The port opens at six.", numbers), ("It closes at ten.", ())]
    assert numbered(after) == numbered(inside)
    assert numbered(f"The port opens at six.\n{mark}") == [("The port opens at six.", numbers)]


@pytest.mark.parametrize(
    "text", ["It takes x[0] first.", "See [2019] and [9-3].", "So [sic] it is."]
)
def test_other_brackets_stay(text: str) -> None:
    assert numbered(text) == [(text, ())]


def test_lines_of_markdown_become_sentences_and_source_lists_none() -> None:
    answer = (
        "## Hours\n\n- **The port** opens at six.[1]It closes at ten [2].\n1. [3] says so\n\n"
        "[^1]: ports.md\n\n**Sources:**\n[1] ports.md"
    )
    assert numbered(answer) == [
        ("The port opens at six.", (1,)),
        ("It closes at ten.", (2,)),
        ("says so", (3,)),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "I don’t know.",
        "I did not find an answer to this in the documents.",
        "The price is not mentioned in the documents.",
        "The provided context does not contain the price.",
        "I couldn't find the price.",
        "There is no information about the price.",
        "I could not find an answer in the passages.",
    ],
)
def test_a_refusal_is_an_abstention_unless_it_cites(answer: str) -> None:
    assert refuses(answer, cites=False)
    assert not refuses(answer, cites=True)


@pytest.mark.parametrize("answer", ["The port opens at six.", "The minister does not say why."])
def test_an_answer_without_citations_is_no_abstention(answer: str) -> None:
    assert not refuses(answer, cites=False)


def test_words_around_a_bracket_stay_apart() -> None:
    assert numbered("At six[1]and ten [2]!") == [("At six and ten!", (1, 2))]


def test_whoever_refuses_and_then_answers_has_answered() -> None:
    assert not refuses("I could not find out who. It was built in 1999. By Ann.", cites=False)
    assert not refuses("Ann built it. The documents do not mention when.", cites=False)


def test_a_first_line_that_looks_like_a_list_of_sources_loses_nothing() -> None:
    assert numbered("Sources:\nAnn built it [1].") == [("Sources:", ()), ("Ann built it.", (1,))]
