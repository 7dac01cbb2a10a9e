"""Mistyped words of a question become the ones that were meant; all others stay."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.index.opening import open_index
from ingest.run import run
from ingest.settings import IngestSettings
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.slips import Slip, slip
from service.retrieval.spelling import Spelling
from tests.conftest import Ingest

LIGHTHOUSE = """The lighthouse of Skarvnes

The lighthouse keeper Torvald Brekkhus lit the lantern every evening. The harbour commission paid
for a new lens in 1891, and the government painted the tower red and white. Its colour has been the
same ever since. Ingeborg Aamodt was the first woman to keep the light.
"""
BAKERY = """The bakery in Hjelmvik

Solveig's bakery opens at six and sells rye bread, cardamom buns and flatbread. People from the
whole town wait outside. The oven was built by the mason Kvistgaard. Wages are paid weekly.
"""
TOWNS = """Towns of the north

Rosenfjord has a ferry, a library and a museum of fishing. Østhavn is known for its whaling
station, and the BVK runs the buses between both.
"""


@pytest.fixture(scope="module")
def spelling(tmp_path_factory: pytest.TempPathFactory) -> Spelling:
    place = tmp_path_factory.mktemp("spelling")
    documents = place / "documents"
    documents.mkdir()
    for name, text in (("lighthouse", LIGHTHOUSE), ("bakery", BAKERY), ("towns", TOWNS)):
        (documents / f"{name}.txt").write_text(text)
    run(IngestSettings(index=str(place / "index")), [str(documents)])
    index = open_index(str(place / "index"))
    fulltext = FullText(fulltext_place(index.location, Path("unused")))
    fulltext.sync(index)
    return Spelling(fulltext)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("waht is teh colour of the lighthuose", "what is the colour of the lighthouse"),
        ("wen did the harbor comission pay", "when did the harbor commission pay"),
        ("Wich peple wiat outside?", "Which people wait outside?"),
        ("wat was biult by the mason", "what was built by the mason"),
        ("Wo paid for a new lense, adn why?", "Wo paid for a new lens, and why?"),
        ("how many freinds has the goverment", "how many friends has the government"),
        ("where is the musuem of fihsing", "where is the museum of fishing"),
        (
            "does the libary seperate the definately old boks",
            "does the library separate the definitely old books",
        ),
    ],
)
def test_mistyped_words_become_what_was_meant(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who was torvald brekhus", "who was torvald brekkhus"),
        ("Who was Torvald Brekkhsu?", "Who was Torvald Brekkhus?"),
        ("what did ingeborg aamdot keep", "what did ingeborg aamodt keep"),
        ("what does Rosenfjrod have", "what does Rosenfjord have"),
        ("what is osthvan known for", "what is osthavn known for"),
        ("did Kvistgard build it?", "did Kvistgaard build it?"),
        ("what is in hjlemvik?", "what is in hjelmvik?"),
    ],
)
def test_mistyped_names_become_those_of_the_documents(
    spelling: Spelling, typed: str, meant: str
) -> None:
    assert spelling.corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Waht is it?", "What is it?"),
        ("It is red. Wihch tower is it?", "It is red. Which tower is it?"),
        ('is the "lighthuose", (sicne 1891) red?', 'is the "lighthouse", (since 1891) red?'),
        ("what is the lighthuose's colour", "what is the lighthouse's colour"),
        ("what is Sovleig’s  bakery", "what is Solveig’s  bakery"),
        ("\twhat is \n the lighthuose?! ", "\twhat is \n the lighthouse?! "),
    ],
)
def test_capitals_endings_and_what_stands_around_a_word_stay(
    spelling: Spelling, typed: str, meant: str
) -> None:
    assert spelling.corrected(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "what is the organisation's favourite colour, and the organization's favorite color?",
        "how do traveling theater people practice in their neighborhood",
        "don't the baker's ovens need cleaning, and isn't that the keeper's job",
        "whats dont and doesnt, and who's the mothers' friend",
        "which fjords, skerries and moraines are there",
        "is a well-being co-founder anti-corruption",
        "who is an axolotl, a samurai or a shogun",
        "what is photosynthesis, and what are mitochondria",
        "where do i file html and pdf for the nhs in the usa",
        "lighthouse keeper wages",
        "How did Wanda's sister write to Krzysztof?",
        "Hoes and wens are what?",
    ],
)
def test_right_words_that_no_document_has_stay(spelling: Spelling, question: str) -> None:
    assert spelling.corrected(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "Who is Torvald Brekkstad?",  # not Brekkhus
        "Who is Solvang, and who is Rosenfeld?",  # not Solveig, Rosenfjord
        "Was Ingeburg the first?",  # differs from Ingeborg no more than many names do
        "Does Dr. Storn know Mr. Lens?",  # after an abbreviation no sentence starts
        "what did knausgard and ferrante write",
    ],
)
def test_names_that_the_documents_do_not_have_become_no_others(
    spelling: Spelling, question: str
) -> None:
    assert spelling.corrected(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "is it 1819 or 18911, the 3rd or the 2dn",
        "does the BKV or the BVKK or WAHT run buses",
        "WAHT IS TEH COLOUR",
        "is it at https://lighthuose.example/teh or me@teh.example",
        "is teh_lens or lense.txt or co2 or mp4a it",
        "the iPohne, the McDnoald and the eBya",
        "is ab or cd or ot of it",
    ],
)
def test_figures_abbreviations_addresses_and_short_words_stay(
    spelling: Spelling, question: str
) -> None:
    assert spelling.corrected(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n",
        "?!",
        "\0",
        "\U0001f600",
        "…",
        "'s",
        "-",
        "wie hoch ist der leuchtturm am hafen",
        "quelle est la hauteur du phare",
        "quien escribio el libro sobre los faros",
        "hur hög är fyren vid hamnen",
        "kto napisał książkę o mieście",
        "Как высок маяк? 灯台の高さは？",
        "how tall is the маяк",
    ],
)
def test_what_is_not_english_stays(spelling: Spelling, question: str) -> None:
    assert spelling.corrected(question) == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what is ther to see", "what is there to see"),  # not their: frequency
        ("what is thier colour", "what is their colour"),  # not there: swapped letters
        ("what do the bns cost", "what do the bns cost"),  # too short for "buns", or for "ins"
        ("what do the uns cost", "what do the uns cost"),
        ("where is the towwr", "where is the tower"),  # not "toward": the documents have it
    ],
)
def test_of_several_words_the_likeliest_is_meant(
    spelling: Spelling, typed: str, meant: str
) -> None:
    assert spelling.corrected(typed) == meant


COMMON = """
tall high build open answer river mountain children weather often because through enough thought
their whose favourite neighbor analyse analyze centre theater cheque travelled traveled
"""
_OWN = st.sampled_from(f"{LIGHTHOUSE} {BAKERY} {TOWNS}".split())
_COMMON = st.sampled_from(COMMON.split())


@settings(max_examples=300, deadline=None)
@given(words=st.lists(_OWN | _COMMON | _OWN.map(str.lower), min_size=1, max_size=12))
def test_a_question_of_right_words_stays(spelling: Spelling, words: list[str]) -> None:
    question = f"What about {' '.join(words)}?"
    assert spelling.corrected(question) == question


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=60) | st.from_regex(r"([a-z' ]{9})*"))
def test_any_text_keeps_its_shape(spelling: Spelling, text: str) -> None:
    corrected = spelling.corrected(text)
    assert re.sub(r"[a-zA-Z]+", "", corrected) == re.sub(r"[a-zA-Z]+", "", text)


@pytest.mark.parametrize(
    ("typed", "meant", "made"),
    [
        ("wrok", "work", Slip.SWAPPED),
        ("hwat", "what", Slip.SWAPPED),
        ("wrk", "work", Slip.SIMPLE),
        ("ork", "work", Slip.SIMPLE),
        ("wor", "work", Slip.SIMPLE),
        ("worrk", "work", Slip.SIMPLE),
        ("eork", "work", Slip.SIMPLE),
        ("worj", "work", Slip.SIMPLE),
        ("bokk", "book", Slip.SIMPLE),
        ("bigennin", "beginnin", Slip.OTHER),
        ("seperate", "separate", Slip.VOWEL),
        ("woerk", "work", Slip.BESIDE),
        ("workl", "work", Slip.BESIDE),
        ("wozrk", "work", Slip.OTHER),
        ("mork", "work", Slip.OTHER),
        ("krow", "work", Slip.OTHER),
    ],
)
def test_slips_are_told_apart(typed: str, meant: str, made: Slip) -> None:
    assert slip(typed, meant) == made


def test_words_of_a_deleted_document_are_not_meant(ingest: Ingest, folder: Path) -> None:
    (folder / "one.txt").write_text("Skarvnes\n\nSkarvnes has a lighthouse.\n")
    (folder / "two.txt").write_text("Hjelmvik\n\nHjelmvik has a bakery.\n")
    index = ingest(folder)
    fulltext = FullText(fulltext_place(index.location, Path("unused")))
    fulltext.sync(index)
    spelling = Spelling(fulltext)
    assert spelling.corrected("what is in Hjelmvki") == "what is in Hjelmvik"
    (folder / "two.txt").unlink()
    fulltext.sync(ingest(folder, prune=True))
    assert spelling.corrected("what is in Hjelmvki") == "what is in Hjelmvki"
    assert spelling.corrected("what is in Skarvnse") == "what is in Skarvnes"
