"""A follow-up is rewritten into a question that stands alone, and only a follow-up."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from service.answering.conversation import Turn, joined, understand
from service.answering.engine import Question

MUSEUM = (
    "Who founded the Halden lighthouse museum?",
    "Ingrid Solberg founded the Halden lighthouse museum in 1974. [1]",
)
PUMPS = (
    "Which pumps does the plant have?",
    "The plant has three cooling pumps and a backup generator. [1]",
)
WARRANTY = ("How long is the warranty on the heat pump?", "Five years. [1]")


def history(*contents: str) -> list[Turn]:
    """Turns of the user and the assistant, taking turns."""
    return [Turn("assistant" if n % 2 else "user", said) for n, said in enumerate(contents)]


def standalone(question: str, before: list[Turn]) -> Question:
    return joined(understand(question, before))


def understood(question: str, *before: str) -> str:
    return standalone(question, history(*before)).standalone


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (MUSEUM, "When was it founded?", "When was the Halden lighthouse museum founded?"),
        (MUSEUM, "What did she say?", "What did Ingrid Solberg say?"),
        (MUSEUM, "how old is she", "how old is Ingrid Solberg"),
        (MUSEUM, "What's her job?", "What's Ingrid Solberg’s job?"),
        (MUSEUM, "what else did she do", "what else did Ingrid Solberg do"),
        (PUMPS, "When were they installed?", "When were the cooling pumps installed?"),
        (PUMPS, "how many of them are broken?", "how many of the cooling pumps are broken?"),
        (PUMPS, "Are those safe?", "Are the cooling pumps safe?"),
        (WARRANTY, "Is that enough?", "Is the warranty on the heat pump enough?"),
        (
            ("Where does the ferry dock?", "At the old pier in Visby. [1]"),
            "What can I eat there?",
            "What can I eat at the old pier?",
        ),
        (
            ("What does “the quiet room” mean?", "A room without phones. [1]"),
            "Who may use it?",
            "Who may use “the quiet room”?",
        ),
    ],
)
def test_a_pronoun_becomes_what_it_stands_for(
    before: tuple[str, ...], question: str, whole: str
) -> None:
    assert understood(question, *before) == whole


def test_two_pronouns_become_two_things() -> None:
    before = ("Which treaties did Norway sign?", "Norway signed two treaties on fishing. [1]")
    assert understood("When did it sign them?", *before) == (
        "When did Norway sign the treaties on fishing?"
    )


def test_he_is_the_one_a_who_question_was_answered_with() -> None:
    before = ("Who criticized Tove Halvorsen?", "The mayor, Arne Dahl, criticized Halvorsen. [1]")
    assert "Halvorsen" not in understood("What did he say?", *before)


def test_it_is_not_the_one_who_acts_on_it() -> None:
    before = ("What did the report on herring find?", "Fewer herring. [1]")
    whole = understood("Does Norway accept it?", *before)
    assert whole == "Does Norway accept the report on herring?"


@pytest.mark.parametrize(
    "question",
    [
        "If the pump fails, who repairs it?",
        "Is it true that herring swim in schools?",
        "How long does it take to boil an egg?",
        "Are there parking places at the Varde bridge?",
    ],
)
def test_a_pronoun_that_points_nowhere_or_into_the_question_stays(question: str) -> None:
    assert understood(question, *MUSEUM) == question


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (
            ("Who wrote the report on herring?", "Arne Dahl. [1]"),
            "When did the report come out?",
            "When did the report on herring come out?",
        ),
        (MUSEUM, "Where was Solberg born?", "Where was Ingrid Solberg born?"),
        (
            ("who is mona lindqvist", "Mona Lindqvist is the harbour master of Visby. [1]"),
            "where does lindqvist live",
            "where does Mona Lindqvist live",
        ),
        (PUMPS, "When was the generator installed?", "When was the backup generator installed?"),
    ],
)
def test_a_short_name_becomes_the_whole_one(
    before: tuple[str, ...], question: str, whole: str
) -> None:
    assert understood(question, *before) == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (MUSEUM, "What about the Bergen boat museum?", "Who founded the Bergen boat museum?"),
        (MUSEUM, "Who else?", "Who else founded the Halden lighthouse museum?"),
        (MUSEUM, "And why?", "Who founded the Halden lighthouse museum, and why?"),
        (MUSEUM, "And her brother?", "What about Ingrid Solberg’s brother?"),
        (PUMPS, "Which ones are broken?", "Which cooling pumps are broken?"),
        (PUMPS, "Which one is the oldest?", "Which cooling pump is the oldest?"),
        (WARRANTY, "and on the compressor?", "How long is the warranty on the compressor?"),
        (WARRANTY, "what about the compressor?", "How long is the warranty on the compressor?"),
        (
            ("How much is a ticket on Sundays?", "12 euros. [1]"),
            "And on Mondays?",
            "How much is a ticket on Mondays?",
        ),
        (
            ("How many ships sank in 1912?", "Nine. [1]"),
            "And in 1913?",
            "How many ships sank in 1913?",
        ),
        (
            ("What does clause 7 of the lease say?", "No pets. [1]"),
            "and clause 9?",
            "What does clause 9 of the lease say?",
        ),
        (
            ("Did the council approve the budget?", "Yes. [1]"),
            "when?",
            "when did the council approve the budget?",
        ),
        (
            ("Which laws apply to fishing?", "The Coast Act. [1]"),
            "And in Norway?",
            "Which laws apply to fishing in Norway?",
        ),
        (
            ("What did Norway sign?", "Norway signed two treaties on fishing. [1]"),
            "Which ones?",
            "Which treaties on fishing did Norway sign?",
        ),
    ],
)
def test_what_is_left_out_comes_from_the_question_before(
    before: tuple[str, ...], question: str, whole: str
) -> None:
    assert understood(question, *before).lower() == whole.lower()


def test_the_second_one_is_the_second_of_what_there_are_several() -> None:
    before = ("How many pumps are there?", "There are two cooling pumps. [1]", "What is the first?")
    assert understood("And the second one?", *before, "Pump A. [1]") == (
        "What is the second cooling pump?"
    )


def test_a_few_words_without_a_topic_take_it_along() -> None:
    whole = understood("opening hours?", *MUSEUM)
    assert whole == "opening hours for the Halden lighthouse museum?"
    whole = understood("and the entrance fee?", *MUSEUM)
    assert whole == "what about the entrance fee for the Halden lighthouse museum?"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("OK, different question: how tall is the Varde bridge?", "How tall is the Varde bridge?"),
        ("New subject. What does it cost?", "What does it cost?"),
        ("thanks. how do i boil an egg?", "how do i boil an egg?"),
        ("What is the difference between gneiss and granite?", None),
        ("Who won the Varde regatta in 1988?", None),
        ("What does the Fishing Waters Act ban?", None),
        ("Which ferries go to Gotland in winter?", None),
    ],
)
def test_a_new_topic_is_not_dragged_back(question: str, whole: str | None) -> None:
    assert understood(question, *MUSEUM) == (whole or question)


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("ok thanks, how tall is the Varde bridge?", "How tall is the Varde bridge?"),
        ("And one more thing: who owns the Varde bridge?", "Who owns the Varde bridge?"),
        ("By the way, who owns the Varde bridge?", "Who owns the Varde bridge?"),
        ("thanks!", "thanks!"),
        ("so", "so"),
    ],
)
def test_what_leads_up_to_a_question_is_left_out(question: str, whole: str) -> None:
    assert understood(question) == whole


def test_who_comes_back_to_something_means_that() -> None:
    before = (
        *("What does the report say about the herring?", "It says that they are few. [1]"),
        *("Who pays the harbour master?", "The town. [1]"),
    )
    whole = understood("Back to the report for a moment: who wrote it?", *before)
    assert whole == "Who wrote the report?"


def test_who_corrects_the_question_means_the_correction() -> None:
    before = ("When was the bridge act passed?", "In 1990. [1]", "Who built the tunnel?", "Ek. [1]")
    whole = understood("No, I meant the act. When was that changed?", *before)
    assert whole == "When was the bridge act changed?"


def test_a_follow_up_to_a_follow_up_reaches_what_both_lean_on() -> None:
    whole = understood("And why?", *MUSEUM, "When was it closed?", "In 2001. [1]")
    assert whole == "Why was the Halden lighthouse museum closed?"


def test_the_later_of_two_topics_is_meant() -> None:
    whole = understood("When was it?", *MUSEUM, "Who opened the Varde bridge?", "The queen. [1]")
    assert whole == "When was the Varde bridge?"


def test_an_abstention_names_nothing() -> None:
    before = (MUSEUM[0], "I did not find an answer to this in the documents.")
    assert understood("When was it founded?", *before) == (
        "When was the Halden lighthouse museum founded?"
    )


def test_an_answer_to_nothing_is_no_conversation() -> None:
    greeting = [Turn("assistant", "Ask me about the Halden lighthouse museum.")]
    assert standalone("When was it founded?", greeting).standalone == "When was it founded?"


def test_line_breaks_and_spaces_are_evened_out() -> None:
    before = [Turn("user", "Who founded\n the  Halden museum? ")]
    question = standalone(" When\twas it \n founded?", before)
    assert question.asked == "When was it founded?"
    assert question.standalone == "When was the Halden museum founded?"


def test_a_long_conversation_is_understood_in_no_time() -> None:
    before = history(*(MUSEUM + PUMPS + WARRANTY) * 10)
    standalone("When was it founded?", before)
    start = time.perf_counter()
    for _ in range(10):
        standalone("When was it founded?", before)
    assert (time.perf_counter() - start) / 10 < 0.05  # usually a few ms; machines are busy


_PIECES = [
    *("and", "what about", "it", "the second one", "ones", "which", "why", "he", "her", "they"),
    *("that", "there", "Mona", "Lind", "two pumps", "in 1912", "“quiet room”", "’s", "Halden?"),
    *(".", ",", ":", "thanks", "ok", "no,", "I meant", "of", "for", "?", "did", "is", "the"),
]
_SAID = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(_PIECES),
        max_size=12,
    ).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(_SAID, st.lists(st.tuples(st.sampled_from(("user", "assistant")), _SAID), max_size=6))
def test_no_conversation_breaks_it(question: str, turns: list[tuple[str, str]]) -> None:
    said = [Turn("user" if role == "user" else "assistant", text) for role, text in turns]
    made = standalone(question, said)
    assert bool(made.standalone.strip()) == bool(made.asked.strip()) == bool(question.strip())
    assert standalone(question, said) == made


@settings(max_examples=200, deadline=None)
@given(_SAID)
def test_without_a_conversation_twice_is_as_once(question: str) -> None:
    assume(len(understand(question, [])) == 1)
    once = standalone(question, []).standalone
    assert standalone(once, []).standalone == once
