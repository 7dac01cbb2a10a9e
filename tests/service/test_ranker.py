"""The sentence ranker runs an exported cross-encoder, and scores a pair the same in any company."""

from pathlib import Path

import pytest

from eval.training.export_ranker import main as export_ranker
from ingest.errors import ModelError
from service.answering.ranker import SentenceRanker

QUESTION = "Who keeps the lamp?"
SENTENCES = ["Ann keeps the lamp.", "The sea is grey today, and it will be tomorrow.", "No."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ranker of two small layers with random weights, exported as the real one is."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from ingest.embedding.weights import locate
    from ingest.settings import DEFAULT_MODEL

    made = tmp_path_factory.mktemp("trained")
    tokenizer = AutoTokenizer.from_pretrained(locate(DEFAULT_MODEL))
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(made)
    tokenizer.save_pretrained(made)
    out = tmp_path_factory.mktemp("exported")
    export_ranker(str(made), str(out))
    return out


def test_a_pair_is_scored_the_same_alone_and_among_others(folder: Path) -> None:
    together = SentenceRanker(folder).fits(QUESTION, SENTENCES)
    alone = SentenceRanker(folder)
    assert together == [alone.fits(QUESTION, [sentence])[0] for sentence in SENTENCES]
    assert len(set(together)) == len(SENTENCES)


def test_a_pair_is_scored_once_while_it_is_remembered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranker = SentenceRanker(folder)
    first = ranker.fits(QUESTION, SENTENCES)
    monkeypatch.setattr(ranker, "_score", lambda *_: pytest.fail("scored again"))
    assert ranker.fits(QUESTION, [*SENTENCES, SENTENCES[0]]) == [*first, first[0]]


def test_a_long_sentence_is_read_as_far_as_it_goes(folder: Path) -> None:
    ranker = SentenceRanker(folder)
    long = "word " * 5000
    assert ranker.fits(QUESTION, [long]) == ranker.fits(QUESTION, [long + "more"])


def test_a_folder_without_a_ranker_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no sentence ranker"):
        SentenceRanker(tmp_path)
