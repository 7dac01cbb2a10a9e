"""Whether the documents answer a question: few features, alike for one article and for many."""

import math
from collections.abc import Sequence

from service.answering.answer_type import answer_type, offers
from service.answering.asked import AskedWords
from service.answering.sentences import ScoredSentence
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import stems

CONFIDENCE_FEATURES = (
    "best_score",
    "best_share",
    "second_share",
    "best_fit",
    "best_answer",
    "best_holds",
    "passage_similarity",
    "sentence_coverage",
    "passage_coverage",
    "all_coverage",
    "passage_score",
    "offers_type",
    "lacks_type",
    "misses_rarest",
    "words",
)
_LOOKED_AT = 3  # sentences in which an answer of the asked type is sought


def confidence_features(
    question: str,
    asked: AskedWords,
    passages: Sequence[RetrievedPassage],
    scored: Sequence[ScoredSentence],
) -> list[float]:
    """Features of what was found for a question, in the order of `CONFIDENCE_FEATURES`."""
    best = scored[:_LOOKED_AT]
    wordings = [stems(_with_context(passage)) for passage in passages]
    together = [word for words in wordings for word in words]
    wanted = answer_type(question)
    has_type = any(offers(one.sentence.text, wanted, question) for one in best)
    return [
        scored[0].score if scored else 0.0,
        scored[0].share if scored else 0.0,
        scored[1].share if len(scored) > 1 else 0.0,
        max((one.scores.fit for one in scored), default=0.0),
        max((one.scores.answer for one in scored), default=0.0),
        max((one.scores.holds for one in scored), default=0.0),
        max((passage.similarity for passage in passages), default=0.0),
        max((one.coverage for one in best), default=0.0),
        max((asked.coverage(words) for words in wordings[:_LOOKED_AT]), default=0.0),
        asked.coverage(together),
        passages[0].score if passages else 0.0,
        1.0 if wanted != "open" and has_type else 0.0,
        1.0 if not has_type else 0.0,
        1.0 if all(asked.misses_rarest(stems(one.sentence.text)) for one in best) else 0.0,
        math.log1p(len(asked.idf)),
    ]


def _with_context(retrieved: RetrievedPassage) -> str:
    passage = retrieved.passage
    return " ".join([retrieved.record.title, *passage.headings, passage.text])
