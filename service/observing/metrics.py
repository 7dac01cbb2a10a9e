"""The metrics there are. The help of each is its line in docs/monitoring.md.

With several worker processes prometheus_client keeps the values in files that all of them share
(PROMETHEUS_MULTIPROC_DIR, set before this is imported); else in memory.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)

# When a count began would be a series for each, which nobody asks for.
disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
_SECONDS = (
    *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5),
    *(1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0),
)

HTTP_REQUESTS = Counter(
    "footnote_http_requests",
    "Requests that were answered; route: the template of the path; none where there is none, or "
    "the request was refused before it got there.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
HTTP_SECONDS = Histogram(
    "footnote_http_request_duration_seconds",
    "From a request's first byte to its response's last one, streams included.",
    ["method", "route"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
REFUSALS = Counter(
    "footnote_refusals",
    "Requests and questions that were refused; reason: key, role, rate, requests (too many open), "
    "overload (too many questions) or stopping.",
    ["reason"],
    registry=REGISTRY,
)
QUESTIONS = Gauge(
    "footnote_questions",
    "Questions now; state: running or waiting.",
    ["state"],
    multiprocess_mode="livesum",
    registry=REGISTRY,
)
ANSWERS = Counter(
    "footnote_answers",
    "Answers that were given; kind: answer, abstention or reply; model: what made them.",
    ["kind", "model"],
    registry=REGISTRY,
)
STAGE_SECONDS = Histogram(
    "footnote_answer_stage_duration_seconds",
    "Where the time of an answer goes; stage: retrieve, answer, verify or total.",
    ["stage"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
STATEMENTS = Counter(
    "footnote_statements", "Statements that were shown, each with citations.", registry=REGISTRY
)
CITATIONS = Counter(
    "footnote_citations", "Footnotes of answers, each span counted once.", registry=REGISTRY
)
DROPPED = Counter(
    "footnote_dropped_statements",
    "Statements that were not shown, since nothing cited supports them.",
    registry=REGISTRY,
)
CACHE_LOOKUPS = Counter(
    "footnote_cache_lookups",
    "What was looked up among things made before; cache: sentence_vectors or ranker; "
    "outcome: hit or miss.",
    ["cache", "outcome"],
    registry=REGISTRY,
)
MODEL_FAILURES = Counter(
    "footnote_language_model_failures",
    "Failures of the language model, after all retries; kind: unreachable, timeout, bad_key, "
    "no_model, rate_limited, server_error, malformed, broke_off or resting (not asked).",
    ["kind"],
    registry=REGISTRY,
)
OPEN_CIRCUITS = Gauge(
    "footnote_language_model_open_circuits",
    "Processes that leave the language model alone for a while, since it failed again and again.",
    multiprocess_mode="livesum",
    registry=REGISTRY,
)
FEEDBACK = Counter(
    "footnote_feedback",
    "Feedback that was given; rating: up or down.",
    ["rating"],
    registry=REGISTRY,
)
FORGOTTEN_ANSWERS = Counter(
    "footnote_forgotten_answers",
    "Answers that could not be remembered, so that no feedback can be given on them.",
    registry=REGISTRY,
)

# Shown as 0 until there is one.
for _state in ("running", "waiting"):
    QUESTIONS.labels(_state)
for _reason in ("key", "role", "rate", "requests", "overload", "stopping"):
    REFUSALS.labels(_reason)
