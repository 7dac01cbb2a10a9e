"""Answers over an index that is mostly drawn at random, and how near drawn vectors lie."""

from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks.answer_time import main
from eval.benchmarks.drawn_vectors import DrawnVectors
from ingest.embedding import Encoder


def test_times_memory_and_opening_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--passages", "40", "--questions", "4", "--no-plain", "--keep", str(tmp_path)]
    main(options)
    said = capsys.readouterr().out
    assert "53 passages of 3 documents" in said
    assert "of 4 questions answered" in said
    for part in ("retrieve", "answer", "verify", "total"):
        assert f"footnote: {part}" in said
    assert "new p50" in said and "MB once open" in said


def test_drawn_vectors_are_near_within_a_document_and_the_same_each_time(encoder: Encoder) -> None:
    drawn = DrawnVectors(encoder)
    texts = [f"Title {n % 2}\nText {n}" for n in range(60)]
    vectors = drawn.get_text_embedding_batch(texts)
    assert np.array_equal(vectors, drawn.get_text_embedding_batch(texts))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    cosines = vectors @ vectors.T
    assert cosines[::2, ::2][~np.eye(30, dtype=bool)].mean() == pytest.approx(0.46, abs=0.05)
    assert abs(cosines[::2, 1::2].mean()) < 0.25
