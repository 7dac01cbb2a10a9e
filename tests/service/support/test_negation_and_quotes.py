"""What is denied stays denied, what is quoted stays as it was said."""

import pytest

from service.answering.support.rules import broken_rule, is_quotation
from service.answering.support.verdict import Evidence

TURNED = [
    ("The mayor did not resign.", "The mayor resigned on Monday."),
    ("The mayor didn’t resign.", "The mayor resigned."),
    ("The mayor never resigned.", "The mayor resigned."),
    ("The mayor resigned.", "The mayor did not resign."),
    ("The mayor resigned.", "The mayor never resigned."),
    ("Boats can enter in winter.", "Boats cannot enter in winter."),
    ("The lamp was not repaired.", "The lamp was repaired."),
    ("The lamp is safe.", "The lamp isn't safe."),
    ("The town did not build a mill.", "The town built a mill."),
    ("There was damage.", "There was no damage."),
    ("The lamp is common.", "The lamp is no longer common."),
    ("Diets may not be harmful after heart failure.", "Diets may be harmful after heart failure."),
]
KEPT = [
    ("The mayor did not resign.", "The mayor never resigned."),
    ("The mayor refused to resign.", "The mayor would not resign."),
    ("The mayor did not resign.", "The mayor refused to resign."),
    ("The talks did not reach a deal.", "The talks failed to reach a deal."),
    ("Nobody was hurt.", "No one was hurt."),
    ("No one was hurt.", "People were not hurt."),
    ("Students did not pass.", "No students passed."),
    ("Brandt and Kolm did not attend.", "Neither Brandt nor Kolm attended."),
    ("The town is ancient and rich.", "The town is not only ancient but rich."),
    ("The ferry arrived on Monday.", "The ferry did not arrive until Monday."),
    ("The lamp is not common any more.", "The lamp is no longer common."),
    ("He was ill, and did not come.", "He did not come because he was ill."),
    ("He was ill.", "He did not come because he was ill."),
    ("He denied that he took it.", "He said he did not take it."),
    ("No. 5 was lit.", "Number 5 was lit."),
    ("The port is closed, and fog is common.", "The port is not open. Fog is common."),
    ("They were not able to swim.", "They were unable to swim."),
    ("It is the largest mill in Norway.", "No mill in Norway is larger."),
    ("The mill is the most modern.", "None of the mills is more modern."),
    ("Local judges took the place of a lord.", "It was made not by a lord but by local judges."),
]
MISQUOTED = [
    ("He called it “a great day”.", "He called it “a good day”.", "a great day"),
    ('He called it "a great day".', "He called it 'a good day'.", "a great day"),
    ("He called it ‘a great day’.", "He called it a good day.", "a great day"),
    ("He said “art is all”.", "He said that a party is all.", "art is all"),
]
QUOTED = [
    ("He called it “a good day.”", "“It was a good day,” he said."),
    ("He called it 'a good day'.", "He called it “a good day”."),
    ("“A good day”, he said.", "It was a good day for him, he said."),
    ("He said “it was … for all”.", "“It was a good day for all,” he said."),
    ("He said “[it] was a good day”.", "“The fair was a good day,” he said."),
    ("He said “we won’t go”.", "“We won't go,” he said."),
    ("He said “they cried ‘no’ at us”.", "“They cried “no” at us,” he said."),
    ("He said “come in—now”.", "“Come in — now!” he said."),
    ("The players' boat and the workers' hall burnt.", "Hall and boat burnt."),
    ("In the '90s the players' boat sank.", "The players' boat sank in the 1990s."),
]


@pytest.mark.parametrize(("statement", "evidence"), TURNED)
def test_a_statement_turned_round_is_found(statement: str, evidence: str) -> None:
    broken = broken_rule(statement, Evidence(evidence))
    assert broken == "it denies what the cited sentences say, or leaves their “not” out"


@pytest.mark.parametrize(("statement", "evidence"), KEPT)
def test_denials_in_other_words_are_kept(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence)) is None
    assert broken_rule(evidence, Evidence(statement)) is None


@pytest.mark.parametrize(("statement", "evidence", "quoted"), MISQUOTED)
def test_quoted_words_are_those_of_the_evidence(statement: str, evidence: str, quoted: str) -> None:
    broken = broken_rule(statement, Evidence(evidence))
    assert broken == f"the quoted words “{quoted}” are not in the cited sentences"


@pytest.mark.parametrize(("statement", "evidence"), QUOTED)
def test_marks_around_quoted_words_may_differ(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence)) is None


@pytest.mark.parametrize(
    ("statement", "evidence", "whole"),
    [
        ("The lamp is lit.", "The lamp is lit.", True),
        ("the lamp is lit", "The lamp is lit. Fog is common.", True),
        ("Fog is common.", "The lamp is lit. Fog is common.", True),
        ("The lamp is lit. Fog is common.", "The lamp is lit.  Fog is common. Rain too.", True),
        ("Rain fell.", "They say rain fell. Rain fell.", True),
        ("The lamp is lit.", "Nobody says the lamp is lit.", False),
        ("The lamp is lit.", "The lamp is lit at night.", False),
        ("The earth is flat.", "“The earth is flat,” he said.", False),
        ("Fog.", "", False),
        ("", "Fog.", False),
        ("...", "Fog.", False),
        ("Smith stole the money.", "Police deny that Mr. Smith stole the money.", False),
        ("Olaf fell.", "They deny that St. Olaf fell.", False),
        ("Army men fled.", "He denied that the U.S. Army men fled.", False),
        ("The mayor lied to us.", 'It was false to say: "The mayor lied to us."', False),
        ("The bridge is unsafe.", 'Holm said: "The bridge is unsafe."', False),
        ("The bridge is unsafe.", 'Holm said: "It is old. The bridge is unsafe. Go."', False),
        ("The bridge is unsafe.", 'Holm said: "It is old. The bridge is unsafe."', False),
        ("The bridge is unsafe.", "He said: «It is old. The bridge is unsafe.»", False),
        ("It was a success.", "He asked whether 'it was a success.'", False),
        ("It was lit.", "Nobody knew (it was lit.)", False),
        ("The lamp is lit.", "Is it true? The lamp is lit?", False),
        ("The lamp is lit. Fog is common.", "The lamp is lit. Rain fell. Fog is common.", False),
        ("“The lamp is lit”", 'Rain fell. "The lamp is lit!"', True),
        ("Holm said: “It is old.”", 'Holm said: "It is old." Rain fell.', True),
    ],
)
def test_whole_sentences_of_the_evidence_are_a_quotation(
    statement: str, evidence: str, whole: bool
) -> None:
    assert is_quotation(statement, evidence) == whole


@pytest.mark.parametrize(
    ("statement", "evidence", "speakers"),
    [
        ('Smith said: "It is unsafe."', 'Jones said: "It is unsafe."', ("Smith", "Jones")),
        ('Ida Smith said: “It is unsafe.”', '"It is unsafe," said Otto Jones.',
         ("Ida Smith", "Otto Jones")),
        ('"It is unsafe," Smith warned.', 'Dr. Jones told Smith: "It is unsafe."',
         ("Smith", "Jones")),
        ('According to Smith, "it is unsafe".', 'Mr. Jones later wrote that it "it is unsafe".',
         ("Smith", "Jones")),
        ('Smith called it "unsafe".', '"The bridge is unsafe," Jones said.', ("Smith", "Jones")),
    ],
)  # fmt: skip
def test_words_of_another_speaker_are_found(
    statement: str, evidence: str, speakers: tuple[str, str]
) -> None:
    broken = broken_rule(statement, Evidence(evidence, "Smith and Ida Smith left."))
    assert broken == f"the quoted words are those of {speakers[1]}, not of {speakers[0]}"


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ('Smith said: "It is unsafe."', '"It is unsafe," he said.'),
        ('Smith said: "It is unsafe."', '"It is unsafe," the mayor said.'),
        ('Smith said: "It is unsafe."', '"It is unsafe," said Ida Smith.'),
        ('Smith said: "It is unsafe."', '"It is unsafe," she said. Jones said: "Go."'),
        ('Smith said: "It is unsafe."', 'Smith: "It is unsafe." Jones said: "Go."'),
        ('Smith said: "Go."', 'Jones said: "Go." Smith said: "Go."'),
        ('The WHO said: "Go."', 'The World Health Organization said: "Go."'),
        ('Smith said: "It is unsafe."', 'They said: "It is unsafe."'),
    ],
)
def test_a_speaker_may_be_named_otherwise(statement: str, evidence: str) -> None:
    assert broken_rule(statement, Evidence(evidence, "Smith left.")) is None
