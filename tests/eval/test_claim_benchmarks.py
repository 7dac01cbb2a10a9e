"""The benchmarks of verification draw, check and count as they say."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
import numpy as np

from eval.benchmarks.paced_model import paced_model
from eval.benchmarks.perturbed_claims import check, drawn, texts_of
from eval.benchmarks.real_claims import f1, nearest, read
from eval.claims.material import told_in
from service.answering.support.verdict import Evidence, SupportVerdict
from service.language_models.limits import Limits

TEXT = (
    "Lissen harbour\n\n"
    "In March 1931, the harbour of Lissen was closed by Ann Brandt. She sold 25 boats to the town "
    "of Torvik. The ferry did not sail on Monday, which made many people angry.\n"
)


class Verbatim:
    """Supports what stands in the evidence word for word."""

    name = "verbatim"
    prompts: Mapping[str, str] = {}

    def check(
        self, statement: str, evidence: Sequence[Evidence], limits: Limits | None = None
    ) -> list[SupportVerdict]:
        found = [statement in one.text for one in evidence]
        return [SupportVerdict(float(one), one, "" if one else "it is not there") for one in found]

    def warm_up(self) -> None:
        """Nothing."""


def test_claims_of_each_kind_are_drawn_and_checked(tmp_path: Path) -> None:
    (tmp_path / "lissen.txt").write_text(TEXT, "utf-8")
    claims = drawn(told_in(texts_of([tmp_path / "lissen.txt"])), 2)
    kinds = [claim.kind for claim, _ in claims]
    assert {"unchanged", "number", "date", "negated", "neighbour"} <= set(kinds)
    assert max(map(kinds.count, kinds)) <= 2
    assert all(evidence.context.startswith("Lissen harbour") for _, evidence in claims)
    checked = check(Verbatim(), claims)
    right = {one.claim.kind: one.supported == one.claim.supported for one in checked}
    assert right["unchanged"] and right["number"] and right["neighbour"]
    assert not right["reordered"]


def test_real_claims_are_read_and_their_nearest_sentences_found(tmp_path: Path) -> None:
    row = {"claim": "The lamp is red.", "evidence": ["Boats.", "A red lamp."], "label": "supported"}
    (tmp_path / "claims.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (claim,) = read(tmp_path / "claims.jsonl")
    assert claim.label == "supported"
    assert [place for place, _ in nearest(claim.text, claim.page, 1)] == [1]


def test_f1_takes_its_threshold_from_the_other_half() -> None:
    supported = np.array([True, True, False, False] * 5)
    assert f1(supported, supported.astype(float)) == 1.0
    assert f1(supported, 1 - supported.astype(float)) < 0.7


def test_the_paced_model_quotes_its_prompt_and_tells_when() -> None:
    with paced_model(0.0) as model:
        body = {"messages": [{"role": "user", "content": "[1] One lamp.\n[2] Two boats.\n"}]}
        reply = httpx.post(f"{model.url}/chat/completions", json=body).text
    said = "".join(
        json.loads(line[6:])["choices"][0]["delta"].get("content", "")
        for line in reply.splitlines()
        if line.startswith("data: {")
    )
    assert said.split() == ["One", "lamp.", "[1]", "Two", "boats.", "[2]"]
    assert 0 < model.sentence_sent <= model.next_sent
