"""Names are found in all their forms, or where the evidence points back to them."""

import pytest

from service.answering.support.rules import broken_rule
from service.answering.support.verdict import Evidence

SAME = [
    ("Anna Brandt's boat sank.", "The boat of Anna Brandt sank."),
    ("Brandt was rescued.", "Anna Brandt was rescued."),
    ("The Brandts were rescued.", "Anna and Otto Brandt were rescued."),
    ("Mr Brandt was rescued.", "Otto Brandt was rescued."),
    ("It was seen by Mr Brandt.", "Otto Brandt saw it."),
    ("It was seen in World War I.", "It was seen in the First World War."),
    ("The UN sent a boat.", "The United Nations sent a boat."),
    ("A boat came from the United Nations.", "A UN boat came."),
    ("A boat came from the U.N. on time.", "A UN boat came on time."),
    ("The World Health Organization warned them.", "They were warned by the WHO."),
    ("The World Health Organisation warned them.", "The World Health Organization warned them."),
    ("The warning came from the WHO.", "The World Health Organization gave the warning."),
    ("The Department of Fisheries closed it.", "It was closed by the DoF."),
    ("The gauge uses AI.", "The gauge uses artificial intelligence."),
    ("Ships from China came.", "Chinese ships came."),
    ("The Chinese came.", "Many came from China."),
    ("Dutch ships came.", "Ships came from the Netherlands."),
    ("French ships came.", "Ships came from France."),
    ("Ships came from Turkey.", "Turkish ships came."),
    ("Canadian ships came.", "Ships came from Canada."),
    ("Ships came from Mexico.", "Mexican ships came."),
    ("Ships came from the United States.", "American ships came."),
    ("Ships came from the US.", "Ships came from the United States of America."),
    ("Ships came from the U.S. in time.", "USA sent ships in time."),
    ("British ships came.", "Ships came from the UK."),
    ("Roman ships came.", "Ships came from Rome."),
    ("Quiet streets were found.", "They found the streets quiet."),
    ("However, Critics were quiet.", "However, critics were quiet."),
    ("Zoë Nuñez sang.", "Zoe Nunez sang."),
    ("Søren Łuk sang.", "Soren Luk sang."),
    ("Jean-Luc Orban sang.", "Jean Luc Orban sang."),
    ("O’Brien sang.", "Then O'Brien sang."),
    ("She sold an iPhone.", "An IPHONE was sold."),
    ("J. Orban sang.", "Jean Orban sang."),
    ("Jean Orban sang.", "J. Orban sang."),
    ("Jean K. Orban sang.", "Jean Klaus Orban sang."),
    ("St. Olaf stands there.", "Saint Olaf stands there."),
    ("It was before World War II.", "It was before the Second World War."),
    ("It was before the Second World War.", "It was before World War II."),
    ("The Labour Party won.", "The Labor Party won."),
    ("It was found by AT&T.", "AT&T found it."),
    ("The Internet was slow.", "The internet was slow."),
    ("Orban taught at the University of the Arts.", "At the University of the Arts taught Orban."),
    ("NASA found it.", "It was found by NASA."),
    ("It cost US$5.", "It cost $5."),
    ("It was in New York City.", "It was in NYC."),
    ("It was sung by John Lennon.", "The Beatles' John Lennon sang it."),
    ("Californian ships came.", "Ships came from California."),
    ("Russian ships came.", "Ships came from Russia."),
    ("It is 40°C.", "It is 40C."),
]
OTHER = [
    ("The boat of Anna Brandt sank.", "The boat of Vera Kolm sank.", "Anna Brandt"),
    ("The boat was seen by Kolm.", "The boat was seen by Brandt.", "Kolm"),
    ("The boat came from Lissen.", "The boat came from Torvik.", "Lissen"),
    ("Germany sent a boat.", "France sent a boat.", "Germany"),
    ("The German boat sank.", "The Austrian boat sank.", "German"),
    ("A Mexican boat sank.", "A Canadian boat sank.", "Mexican"),
    ("Mexican boats sank.", "Canadian boats sank.", "Mexican"),
    ("A boat came from Austria.", "A boat came from Australia.", "Austria"),
    ("The EU sent a boat.", "The United Nations sent a boat.", "EU"),
    ("The boat came from the United Nations.", "The EU sent a boat.", "United Nations"),
    ("Ships came from the UK.", "Ships came from the US.", "UK"),
    ("He sold an iPad.", "He sold an iPhone.", "iPad"),
    ("It is an Airbus.", "It is a Boeing.", "Airbus"),
    ("Rain fell in Torvik and Lissen.", "Rain fell in Torvik and Brenn.", "Lissen"),
    ("NASA found it.", "It was found by the navy.", "NASA"),
    ("It was said by Dr. May Paris.", "It was said by Dr. Orban.", "Paris"),
    ("It was said by Maria Kolm.", "It was said by Marian Kolm.", "Maria Kolm"),
    ("It was said by Julian.", "It was said by Julia.", "Julian"),
    ("It was said by Martin.", "It was said by Martina.", "Martin"),
    ("It was said by Carla.", "It was said by Carlo.", "Carla"),
    ("It was seen by Plan B.", "It was seen by Plan A.", "Plan B"),
    ("It was said by Bruce M. Kolm.", "It was said by Bruce M. Brandt.", "Bruce M Kolm"),
]
CONTEXT = "The harbour of Torvik. Anna Brandt kept the lamp for years."
KNOWN = [
    ("Anna Brandt left in winter.", "She left in winter."),
    ("Torvik lies in the north.", "It lies in the north."),
    ("The harbour of Torvik lies in the north.", "The harbour lies in the north."),
    ("Anna Brandt left in winter.", "Brandt left in winter."),
    ("Torvik lost boats.", "Boats were lost by the town."),
]
UNKNOWN = [
    ("Vera Kolm left in winter.", "She left in winter.", "Kolm"),
    ("Vera Brandt left in winter.", "Brandt left in winter.", None),
    ("It was left by Vera Brandt.", "It was left by Brandt.", "Vera Brandt"),
    ("Some left with Anna Brandt.", "Some left in winter.", "Anna Brandt"),
]


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_a_name_in_another_form_is_known(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence)) is None


@pytest.mark.parametrize(("statement", "evidence", "name"), OTHER)
def test_another_name_is_named(statement: str, evidence: str, name: str) -> None:
    broken = broken_rule(statement, Evidence(evidence))
    assert broken == f"the name {name} is not in the cited sentences"


@pytest.mark.parametrize(("statement", "evidence"), KNOWN)
def test_a_pronoun_points_to_a_name_of_the_context(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence, CONTEXT)) is None


@pytest.mark.parametrize(("statement", "evidence", "name"), UNKNOWN)
def test_a_name_that_nothing_points_to_is_missing(
    statement: str, evidence: str, name: str | None
) -> None:
    broken = broken_rule(statement, Evidence(evidence, CONTEXT))
    expected = name and f"the name {name} is not in the cited sentences"
    assert broken == expected
