"""A minus, a currency and a percent sign are part of a number."""

import pytest

from service.answering.support.rules import broken_rule
from service.answering.support.verdict import Evidence

CHANGED = [
    ("It was 5 °C at night.", "It was -5 °C at night.", "5 °C"),
    ("It was -5 °C at night.", "It was 5 °C at night.", "-5 °C"),
    ("It was −5 degrees.", "It was 5 degrees.", "−5"),
    ("It was 5 °C at night.", "It was minus five °C at night.", "5 °C"),
    ("It was 5 degrees.", "It was 5 degrees below zero.", "5"),
    ("It dropped to 5 °C.", "It dropped to -5 °C.", "5 °C"),
    ("The change was 3 points.", "Change: -3 points.", "3 points"),
    ("It was 5 °C.", "It was 5 °F.", "5 °C"),
    ("It cost $5.", "It cost €5.", "$5"),
    ("It cost $5 million.", "It cost 5 million euros.", "$5 million"),
    ("It cost 5 dollars.", "It cost £5, and $7 in all.", "5 dollars"),
    ("It cost 5 EUR.", "It cost USD 5.", "5 EUR"),
    ("It cost $5.", "It cost 5 crowns.", "$5"),
    ("It lost 5 %.", "It lost 5 boats.", "5 %"),
    ("It lost five percent.", "It lost five boats.", "five percent"),
    ("It lost 5 boats.", "It lost 5 % of its boats.", "5"),
]
KEPT = [
    ("It cost $5.", "It cost 5 dollars."),
    ("It cost 5 dollars.", "It cost US$5."),
    ("It cost US$5.", "It cost 5 U.S. dollars."),
    ("It cost $5 million.", "It was a 5-million-dollar mill."),
    ("It cost $5m.", "It cost five million American dollars."),
    ("It cost 5 euros.", "It cost 5€."),
    ("It cost 5 pounds.", "It cost £5."),
    ("It cost 5.", "It cost $5."),
    ("It weighs 5 pounds.", "It weighs 5 lb."),
    ("It cost $5 or $6.", "It cost $5 or 6."),
    ("It cost $5 to $6 million.", "It cost 5 to 6 million dollars."),
    ("It lost 5 %.", "It lost 5 percent."),
    ("It lost 5 to 6 %.", "It lost between 5% and 6%."),
    ("It lost 5% to 6%.", "It lost 5-6 per cent."),
    ("It gained 5 points.", "It gained 5 percentage points."),
    ("She scored 5 points.", "She scored 5."),
    ("5 % of the boats sank.", "Of every hundred boats, 5 in 100 sank."),
    ("Turnout was 52 %.", "Turnout (%) | 52"),
    ("The rate was 5 %.", "The rate was 5."),
    ("It was -5 °C.", "It was −5 °C."),
    ("It was minus 5 °C.", "It was -5 degrees Celsius."),
    ("It was 5 degrees below zero.", "It was -5 °C."),
    ("It fell by 5 %.", "Change: -5 %."),
    ("It lost $5 million.", "Result: -$5 million."),
    ("It was -10 to -5 °C.", "It was −10–−5 °C."),
    ("It ran from 5 to 7.", "It ran 5-7."),
    ("It ran from 5 to 7.", "It ran 5 –7."),
    ("It was seen 19 times.", "COVID-19 was seen."),
    ("It was seen in fog - 5 boats sank.", "It was seen in fog: 5 boats sank."),
    ("It is 5 °C.", "It is 5 degrees."),
    ("It is 5 degrees.", "It is 5 °F."),
    ("One of the boats sank.", "The boat sank: 1 %."),
]


@pytest.mark.parametrize(("statement", "evidence", "written"), CHANGED)
def test_another_sign_or_unit_is_told(statement: str, evidence: str, written: str) -> None:
    broken = broken_rule(statement, Evidence(evidence))
    assert broken == f"{written} has another sign or unit in the cited sentences"


@pytest.mark.parametrize(("statement", "evidence"), KEPT)
def test_the_same_written_otherwise_is_left_alone(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence)) is None
