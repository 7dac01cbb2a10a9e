"""A follow-up takes along the questions it leans on, and only those."""

import pytest

from service.answering.conversation import Turn, standalone

RELEASED = "Who released the report on forced labor?"
CONVERSATION = [
    Turn("user", RELEASED),
    Turn("assistant", "Tomoya Obokata released it. [1]"),
]


@pytest.mark.parametrize(
    "question",
    [
        "When was it released?",
        "What country is he from?",
        "Does China agree with that?",
        "And in Tibet?",
        "and what did Beijing say about labor transfers?",
        "What about Kazakhs in vocational centers?",
        "How about supply chains in Germany?",
        "Why?",
        "Which ones?",
        "Who else?",
    ],
)
def test_a_question_that_points_back_takes_the_one_before_along(question: str) -> None:
    understood = standalone(question, CONVERSATION)
    assert understood.asked == question
    assert understood.standalone == f"{RELEASED} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "Who is Omer Kanat of the Uyghur Human Rights Project?",
        "Which ILO conventions did China ratify?",
        "What does the Uyghur Forced Labor Prevention Act ban?",
        "Where was the ratification ceremony held?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert standalone(question, CONVERSATION).standalone == question


def test_without_a_conversation_a_question_is_itself() -> None:
    assert standalone("When was it released?", []).standalone == "When was it released?"


def test_a_follow_up_to_a_follow_up_reaches_what_both_lean_on() -> None:
    history = [*CONVERSATION, Turn("user", "When was it released?"), Turn("assistant", "Tuesday.")]
    understood = standalone("And why?", history)
    assert understood.standalone == f"{RELEASED} When was it released? And why?"


def test_a_question_does_not_reach_past_one_that_stands_alone() -> None:
    history = [Turn("user", "Which ILO conventions did China ratify?"), *CONVERSATION]
    assert standalone("When was it?", history).standalone == f"{RELEASED} When was it?"


def test_no_more_than_two_earlier_questions_go_along() -> None:
    history = [Turn("user", f"And {name}?") for name in ("Tibet", "Beijing", "Artux")]
    assert standalone("And Geneva?", history).standalone == "And Beijing? And Artux? And Geneva?"


def test_answers_are_not_taken_for_questions() -> None:
    history = [Turn("assistant", "Ask me about the report.")]
    assert standalone("When was it released?", history).standalone == "When was it released?"


def test_line_breaks_and_spaces_in_questions_are_evened_out() -> None:
    history = [Turn("user", "Who released\n the  report on forced labor? ")]
    understood = standalone(" When\twas it \n released?", history)
    assert understood.asked == "When was it released?"
    assert understood.standalone == f"{RELEASED} When was it released?"
