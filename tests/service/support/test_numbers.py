"""Numbers count by their values, however they are written."""

import pytest

from service.answering.support.rules import broken_rule
from service.answering.support.spelt_numbers import spelt_numbers
from service.answering.support.verdict import Evidence

SAME = [
    ("The pier cost 1200 crowns.", "The pier cost 1,200 crowns."),
    ("The pier cost 1,200 crowns.", "The pier cost twelve hundred crowns."),
    ("It sold 1.2 million tickets.", "It sold 1,200,000 tickets."),
    ("It sold 1.2 million tickets.", "Tickets sold: 1.2m."),
    ("It made $3 billion.", "It made $3bn last year."),
    ("It made 3bn dollars.", "It made $3 billion."),
    ("The farm has 40k hens.", "The farm has forty thousand hens."),
    ("The rope is 100 metres long.", "The rope is 100 m long."),
    ("The rope is 100m long.", "The rope measures 100 metres."),
    ("A limit of 50 mph holds.", "A limit of 50mph holds."),
    ("Two hundred and five boats came.", "205 boats came."),
    ("205 boats came.", "Two hundred and five boats came."),
    ("It took 21 days.", "It took twenty-one days."),
    ("It opened in 1984.", "It opened in nineteen eighty-four."),
    ("It was the 21st race.", "It was the twenty-first race."),
    ("It was the 3rd race.", "It was the third race."),
    ("She came 2nd.", "She came second."),
    ("She won 1 medal.", "She won one medal."),
    ("It cost 1 million crowns.", "It cost a million crowns."),
    ("One of the lamps broke.", "A lamp broke."),
    ("One of the lamps broke in a second.", "A lamp broke at once."),
    ("About five percent of them left.", "About 5 % of them left."),
    ("About 5 per cent of them left.", "About 5% of them left."),
    ("50 percent of the crew left.", "Half of the crew left."),
    ("Two of the lamps broke.", "Both lamps broke."),
    ("12 eggs were laid.", "A dozen eggs were laid."),
    ("It lasted 50 years.", "It lasted five decades."),
    ("It ran from 1686 to 1689.", "It ran 1686–89."),
    ("It ran 1686–89.", "It ran from 1686 to 1689."),
    ("It ran from 2014 to 2015.", "It ran in the season 2014/15."),
    ("Between 15 and 20 people came.", "Between fifteen and twenty people came."),
    ("Between 2 million and 3 million came.", "Between 2 and 3 million came."),
    ("From $2 billion to $3 billion was lost.", "Some $2-3 billion was lost."),
    ("The mill was built in the 1980s.", "The mill was built in the ’80s."),
    ("The mill was built in the 1980s.", "The mill was built in the eighties."),
    ("The mill was built in the 1980s.", "The mill was built in 1983."),
    ("The mill was built in the 19th century.", "The mill was built in 1851."),
    ("The mill was built in the nineteenth century.", "The mill was built in the 19th century."),
    ("The mill was built in 1998.", "The mill was built in ’98."),
    ("The pier cost 10,000 crowns.", "The pier cost 10 000 crowns."),
    ("The gauge showed 3.5 bars.", "The gauge showed 3,5 bars."),
    ("Two thirds of the hall were empty.", "Two-thirds of the hall were empty."),
    ("2/3 of the hall was empty.", "Two-thirds of the hall was empty."),
    ("It starts at 7:30 pm.", "It starts at 7.30pm."),
    ("The 25-year-old sailor won.", "The sailor, 25, won."),
    ("It grew by 1.50 metres.", "It grew by 1.5 metres."),
    ("It takes two and a half hours.", "It takes 2.5 hours."),
    ("It takes 2.5 hours.", "It takes 2½ hours."),
    ("It sold 2.5 million tickets.", "It sold two and a half million tickets."),
    ("It starts at 7:30 pm.", "It starts at 19:30."),
    ("It starts at 19:30.", "It starts at 7:30 p.m. in winter."),
    ("It cost 1'000 francs.", "It cost 1,000 francs."),
    ("20 percent of them left.", "One in five of them left."),
    ("One in five of them left.", "Some 20 % of them left."),
    ("Three reasons were named.", "Fog, ice and a strong wind were named."),
    ("It names four reasons.", "It names fog, ice, rain, and a strong wind as reasons."),
    ("The two men left.", "Smith and Jones left."),
]
OTHER = [
    ("The pier cost 1,300 crowns.", "The pier cost 1,200 crowns.", "1,300"),
    ("It sold 1.3 million tickets.", "It sold 1.2 million tickets.", "1.3 million"),
    ("It sold 2 billion tickets.", "It sold 2 million tickets.", "2 billion"),
    ("It made 3 million dollars.", "It made $3 bn.", "3 million"),
    ("Three boats came.", "Two boats came.", "Three"),
    ("Two boats came.", "Boats came.", "Two"),
    ("It opened in 1985.", "It opened in 1984.", "1985"),
    ("It opened in the 1970s.", "It opened in 1983.", "1970s"),
    ("It opened in the 18th century.", "It opened in 1851.", "18th"),
    ("It was the fourth race.", "It was the third race.", "fourth"),
    ("It was the 4th race.", "It was the 3rd race.", "4th"),
    ("It lost 5.2%.", "It lost 5.3%.", "5.2"),
    ("It lost 52%.", "It lost 5.2%.", "52"),
    ("It paid £25.", "It paid £20.", "25"),
    ("It ran 1686–88.", "It ran from 1686 to 1689.", "88"),
    ("Between 15 and 30 people came.", "Between fifteen and twenty people came.", "30"),
    ("Flight AB 120 was late.", "Flight AB 210 was late.", "120"),
    ("It starts at 7:30 am.", "It starts at 19:30.", "7"),
    ("It takes two and a half hours.", "It takes 3.5 hours.", "two"),
    ("One in four of them left.", "Some 20 % of them left.", "four"),
    ("Four reasons were named.", "Fog, ice and a strong wind were named.", "Four"),
    ("It took three years.", "Fog, ice and a strong wind were named.", "three"),
    ("It lost 3 %.", "Fog, ice and a strong wind were named.", "3"),
    ("Two boats left.", "The boats left and sank.", "Two"),
]


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_a_number_written_otherwise_is_the_same(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence)) is None


@pytest.mark.parametrize(("statement", "evidence", "number"), OTHER)
def test_another_number_is_named(statement: str, evidence: str, number: str) -> None:
    broken = broken_rule(statement, Evidence(evidence))
    assert broken == f"the number {number} is not in the cited sentences"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("five", [5]),
        ("twenty-one", [21]),
        ("fifteen and twenty", [15, 20]),
        ("fifty-fifty", [50, 50]),
        ("one hundred and five thousand", [105_000]),
        ("two million three hundred thousand and six", [2_300_006]),
        ("nineteen hundred", [1900]),
        ("twenty twenty", [2020]),
        ("two thousand and nineteen", [2019]),
        ("two thirds", [2, 3]),
        ("twenty-third", [23]),
        ("third fourth", [3, 4]),
        ("Ninetieth", [90]),
        ("tents and honey", []),
    ],
)
def test_numbers_in_words_are_read(text: str, values: list[int]) -> None:
    assert [number.value for number in spelt_numbers(text)] == values
    assert all(text[n.start :].startswith(n.written) for n in spelt_numbers(text))
