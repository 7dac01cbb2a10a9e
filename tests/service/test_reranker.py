"""A reranker puts what was found into its own order, and nothing else."""

from pathlib import Path

import pytest

from ingest.embedding import Encoder
from ingest.embedding.weights import locate
from ingest.errors import ModelError
from ingest.settings import DEFAULT_MODEL
from service.assembly import Assembly
from service.retrieval.hybrid import Retriever
from service.retrieval.reranker import Reranker
from service.settings import ServiceSettings
from tests.conftest import Ingest
from tests.service.cross_encoders import saved_cross_encoder
from tests.service.retrieved_passages import one_a_document
from tests.service.test_retrieval import MANGO, TRAIN, ZEBRA, retriever_over

QUESTION = "When does the night train leave?"
TEXTS = [f"{text} {number} times." for number in range(3) for text in (MANGO, TRAIN, ZEBRA)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved_cross_encoder(tmp_path_factory.mktemp("reranker"))


def test_passages_stand_in_the_order_of_the_model_and_keep_their_scores(model: str) -> None:
    from sentence_transformers import CrossEncoder

    found = one_a_document(TEXTS)
    pairs = [(QUESTION, f"{one.record.title}\n{one.passage.text}") for one in found]
    scores = CrossEncoder(model).predict(pairs)
    expected = sorted(zip(scores, found, strict=True), key=lambda pair: -pair[0])
    ordered = Reranker(model).order(QUESTION, found)
    assert ordered == [one for _, one in expected]
    assert ordered != found


def test_passages_far_down_are_not_read(model: str) -> None:
    found = one_a_document([f"{text} Again." for text in TEXTS] * 5)
    ordered = Reranker(model).order(QUESTION, found)
    assert ordered[30:] == found[30:]
    assert sorted(ordered, key=lambda one: -one.score) == found


def test_nothing_and_one_passage_need_no_model(model: str) -> None:
    reranker = Reranker(model)
    assert reranker.order(QUESTION, []) == []
    assert reranker.order("", one_a_document(TEXTS[:1])) == one_a_document(TEXTS[:1])


def test_a_search_reranks_before_it_takes_the_best(
    model: str, ingest: Ingest, folder: Path, encoder: Encoder
) -> None:
    for name, text in (("mango", MANGO), ("train", TRAIN), ("zebra", ZEBRA)):
        (folder / f"{name}.txt").write_text(text)
    plain = retriever_over(ingest(folder), encoder)
    reranker = Reranker(model)
    reranked = Retriever(plain.index, plain.fulltext, encoder, reranker)
    expected = reranker.order(QUESTION, plain.retrieve(QUESTION, 3))
    assert reranked.retrieve(QUESTION, 3) == expected
    assert reranked.retrieve(QUESTION, 1) == expected[:1]


def test_a_folder_without_a_cross_encoder_is_refused(tmp_path: Path) -> None:
    for name in (str(tmp_path), str(tmp_path / "missing"), locate(DEFAULT_MODEL)):
        with pytest.raises(ModelError, match=r"the reranker .*: set FOOTNOTE_RERANKER"):
            Reranker(name)


def test_a_name_that_cannot_be_looked_up_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"the reranker 'some/model' cannot be loaded"):
        Reranker("some/model")


def test_a_model_that_scores_no_passage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives 3 scores for a passage, not one"):
        Reranker(saved_cross_encoder(tmp_path / "three", outputs=3))
    reranker = Reranker(saved_cross_encoder(tmp_path / "broken", broken=True))
    with pytest.raises(ModelError, match="gives scores that are no numbers"):
        reranker.order(QUESTION, one_a_document(TEXTS))


def test_the_setting_names_the_reranker(
    model: str, ingest: Ingest, folder: Path, tmp_path: Path
) -> None:
    (folder / "train.txt").write_text(TRAIN)
    index = ingest(folder).location
    wrong = ServiceSettings(index=index, reranker=str(tmp_path / "missing"))
    with pytest.raises(ModelError, match="FOOTNOTE_RERANKER"):
        Assembly(wrong).answerer()
    settings = ServiceSettings(index=index, reranker=model)
    assert Assembly(settings).answerer().ask(QUESTION).passages
