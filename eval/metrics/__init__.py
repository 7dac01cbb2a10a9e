"""The metrics, in the order in which they are shown."""

from functools import partial

from eval.metrics import abstention, alce, answers, attribution, citations, cost, retrieval
from eval.metrics.metric import Metric, each, ratio
from eval.metrics.verdict import is_right

RETRIEVAL = (
    Metric("hit@1", "retrieval", each(partial(retrieval.hit_at, 1)), gated=True),
    Metric("hit@5", "retrieval", each(partial(retrieval.hit_at, 5)), gated=True),
    Metric("MRR", "retrieval", each(retrieval.reciprocal_rank)),
    Metric("nDCG@5", "retrieval", each(partial(retrieval.ndcg_at, 5))),
    Metric("span hit@5", "retrieval", each(partial(retrieval.span_hit_at, 5))),
    Metric("span MRR", "retrieval", each(retrieval.span_reciprocal_rank)),
    Metric("span nDCG@5", "retrieval", each(partial(retrieval.span_ndcg_at, 5))),
)

METRICS = (
    *RETRIEVAL,
    Metric("verbatim", "citations", each(citations.verbatim), gated=True),
    Metric("statements cited", "citations", each(citations.statements_cited), gated=True),
    Metric("cites gold", "citations", each(citations.cites_gold)),
    Metric("cites gold first", "citations", each(partial(citations.cites_gold, first=1))),
    Metric("span recall", "citations", each(citations.span_recall), gated=True),
    Metric("span precision", "citations", each(citations.span_precision), gated=True),
    # An abstention says nothing that is not supported.
    Metric("ALCE recall", "citations", each(alce.citation_recall), gated=True, absent=1.0),
    Metric("ALCE precision", "citations", each(alce.citation_precision)),
    Metric("right", "answers", each(is_right), gated=True),
    Metric("fact recall", "answers", each(answers.fact_recall), gated=True),
    Metric("forbidden said", "answers", each(answers.forbidden_said), "lower", gated=True),
    Metric("attribution right", "answers", each(attribution.speaker_named), gated=True),
    Metric("statements", "answers", each(answers.statement_count), "neither"),
    Metric("answered when answerable", "abstention", each(abstention.answered), gated=True),
    Metric("abstention recall", "abstention", each(abstention.abstention_recall), gated=True),
    Metric("abstention precision", "abstention", abstention.abstention_row, combine=ratio),
    Metric("AUROC", "abstention", abstention.confidence_row, combine=abstention.auroc, gated=True),
    Metric(
        "calibration error",
        "abstention",
        abstention.confidence_row,
        "lower",
        abstention.calibration_error,
    ),
    Metric("latency p50 ms", "cost", cost.latency_row, "lower", cost.median),
    Metric("latency p95 ms", "cost", cost.latency_row, "lower", cost.percentile_95),
    Metric("tokens", "cost", each(cost.tokens), "lower"),
)

__all__ = ["METRICS", "RETRIEVAL", "Metric"]
