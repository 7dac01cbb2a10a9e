"""Citations: whether footnotes say what they claim to, and point at what answers the question."""

from eval.asked import Asked, covered, place_of, places_of
from eval.cases.gold import Place
from eval.targets.response import CitedSpan


def verbatim(asked: Asked) -> float | None:
    """Share of an answer's footnotes whose words are those of the named document at their offsets.

    A number without a citation, a citation that is in no document or names another one, and one of
    no words count as not verbatim.
    """
    response = asked.response
    used = {number for s in response.statements for number in s.citations}
    unknown = sum(number > len(response.citations) for number in used)
    checked = [is_verbatim(asked, citation) for citation in response.citations]
    marks = len(checked) + unknown
    return sum(checked) / marks if marks else None


def is_verbatim(asked: Asked, citation: CitedSpan) -> bool:
    place = place_of(citation)
    if place is None or asked.library.find(citation.source) != place.document_id:
        return False
    text = asked.library.text(place.document_id)
    inside = 0 <= place.start < place.end <= len(text)
    return inside and text[place.start : place.end] == citation.cited_text


def statements_cited(asked: Asked) -> float | None:
    """Share of an answer's statements that carry a citation."""
    statements = asked.response.statements
    if not statements:
        return None
    return sum(bool(asked.response.cited_by(s)) for s in statements) / len(statements)


def cites_gold(asked: Asked, first: int | None = None) -> float | None:
    """1 when the citations of the (first so many) statements hold words of some gold group."""
    if not asked.gold:
        return None
    statements = asked.response.statements[:first]
    cited = tuple(place for s in statements for place in places_of(asked.response, s))
    return float(any(wholly(place, cited) for place in asked.gold_places))


def span_recall(asked: Asked) -> float | None:
    """Share of the gold groups of which one alternative lies wholly inside the cited spans.

    The recall of rationales (DeYoung et al. 2020, ERASER) with alternatives; an abstention has 0.
    """
    if not asked.gold:
        return None
    cited = asked.cited_places
    groups = [any(wholly(place, cited) for place in group) for group in asked.gold]
    return sum(groups) / len(groups)


def span_precision(asked: Asked) -> float | None:
    """Share of the sentences that the citations touch which hold gold words.

    Sentences, not characters, are counted (DeYoung et al. 2020 do both): gold words are as short
    as can be, and a footnote to a whole sentence is not a fault; one to a whole file is.
    A citation that is in no document counts as one sentence without gold.
    """
    if not asked.gold or not asked.cited:
        return None
    touched = asked.sentences_under(asked.cited_places)
    good = touched & asked.sentences_under(asked.gold_places)
    lost = sum(place_of(citation) is None for citation in asked.cited)
    return len(good) / (len(touched) + lost) if touched or lost else 0.0


def wholly(place: Place, cited: tuple[Place, ...]) -> bool:
    """Whether every character of a place is cited."""
    return covered(place, cited) == place.end - place.start
