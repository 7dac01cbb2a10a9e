"""Months and days of the week count by what they are, however they are written."""

import pytest

from service.answering.support.rules import broken_rule
from service.answering.support.verdict import Evidence

SAME = [
    ("It sank on 5 September 1911.", "It sank on Sept. 5, 1911."),
    ("It sank on Sep 5.", "It sank on 5 September."),
    ("It sank on 5 January 1911.", "It sank on 1911-01-05."),
    ("It sank on 5 January 1911.", "It sank on 5/1/1911."),
    ("It sank on 5 January 1911.", "It sank on 05.01.1911."),
    ("It sank on 5 January 2014.", "It sank on 5/1/14."),
    ("It sank on 05/01/1911.", "It sank on 5 January 1911."),
    ("It sank on 1911-01-05.", "It sank on 5 January 1911."),
    ("The pool opens on Mondays.", "The pool opens every Monday."),
    ("The pool opened on Monday.", "The pool opened (Mon. 3 June)."),
    ("It was warm in May.", "May was warm."),
    ("May we go? It was warm.", "It was warm."),
    ("The dog may bark.", "The dog barks."),
    ("They march on Friday.", "They march each friday."),
    ("It was printed in The Sun.", "The Sun printed it."),
    ("The boat was seen by Jan.", "Jan saw the boat."),
    ("The march was in March.", "In March there was a march."),
]
OTHER = [
    ("It sank in October 1911.", "It sank in September 1911.", "October"),
    ("It sank on Tuesday.", "It sank on Monday.", "Tuesday"),
    ("It sank on 5 Oct. 1911.", "It sank on 5 September 1911.", "Oct"),
    ("It sank in May.", "It may sink.", "May"),
    ("May 5 was warm.", "The 5 days may be warm.", "May"),
    ("It sank in March.", "They march.", "March"),
    ("It sank in June.", "It sank in summer.", "June"),
    ("It sank on 5 March 1911.", "It sank on 1911-01-05.", "March"),
]


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_a_date_written_otherwise_is_the_same(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence)) is None


@pytest.mark.parametrize(("statement", "evidence", "date"), OTHER)
def test_another_date_is_named(statement: str, evidence: str, date: str) -> None:
    assert broken_rule(statement, Evidence(evidence)) == f"{date} is not in the cited sentences"
