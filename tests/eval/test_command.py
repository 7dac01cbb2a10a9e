"""`python -m eval` as a person and a CI system use it: tables, files, gate and exit status."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from eval.__main__ import COMMANDS, main
from eval.cases.files import load_cases
from eval.suite import SHIPPED
from tests.conftest import ROOT
from tests.eval.chat_server import Reply, chat_server

BASELINE = ROOT / "eval" / "suites" / "seeds.baseline.json"
CASES = """
- id: a
  question: Who keeps the mill today and shows it to visitors on Sundays?
  document: mill.txt
  gold: Old Jonas keeps it
  speaker: []
  tags: [must]
- id: b
  question: When did the mill burn down?
  document: mill.txt
  gold: in 1871
  facts: ["1871"]
- id: c
  question: What is the speed of light?
  abstain: must
"""
TEXT = """The mill

The mill of Aune burned down in 1871 and was built again by the village.

Old Jonas keeps it today and shows it to visitors on Sundays.
"""


@pytest.fixture
def mill(tmp_path: Path) -> list[str]:
    """Arguments for a small suite of one's own."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "mill.txt").write_text(TEXT)
    (tmp_path / "cases.yaml").write_text(CASES)
    return [str(tmp_path / "cases.yaml"), "--documents", str(tmp_path / "documents")]


def test_the_shipped_suite_passes_its_baseline(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--baseline", str(BASELINE), "--json", str(tmp_path / "run.json")]) == 0
    assert "PASSED" in capsys.readouterr().out
    written = json.loads((tmp_path / "run.json").read_text())
    run, verdict = written["run"], written["verdict"]
    assert verdict["passed"] and not verdict["problems"]
    figures = {figure["name"]: figure["value"] for figure in run["figures"]}
    assert figures["verbatim"] == figures["statements cited"] == 1.0
    assert len(run["cases"]) >= 120


def test_one_s_own_cases_in_every_form_of_output(
    mill: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made" / "by" / "it"
    files = [f"--{kind}={out / kind}" for kind in ("json", "junit", "markdown", "html")]
    assert main([*mill, *files]) == 0
    assert "3 of 3 cases right" in capsys.readouterr().out
    assert len(ET.parse(out / "junit").findall(".//testcase")) == 3
    assert "hit" in (out / "markdown").read_text()
    assert "Old Jonas" in (out / "html").read_text()


def test_a_change_for_the_worse_fails_and_names_the_case(
    mill: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    baseline = tmp_path / "baseline.json"
    assert main([*mill, "--save-baseline", str(baseline)]) == 0
    assert main([*mill, "--baseline", str(baseline)]) == 0
    capsys.readouterr()
    monkeypatch.setenv("FOOTNOTE_ABSTAIN_BELOW", "1")
    assert main([*mill, "--baseline", str(baseline)]) == 1
    told = capsys.readouterr().out
    assert "a must not break, and did: abstains, but the documents answer" in told
    assert "Who keeps the mill today" in told


def test_without_its_gold_a_question_has_to_be_refused(
    mill: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*mill, "--without-gold"]) == 2
    assert "no other document" in capsys.readouterr().err
    (tmp_path / "documents" / "other.txt").write_text("Bees\n\nBees make honey in summer.")
    main([*mill, "--without-gold", "--json", str(tmp_path / "run.json")])
    run = json.loads((tmp_path / "run.json").read_text())["run"]
    asked = {result["case"]["id"]: result for result in run["cases"]}
    assert asked["a"]["case"]["within"] == ["other.txt"]
    assert asked["a"]["case"]["speaker"] is None
    assert all(result["response"]["abstained"] for result in asked.values())
    documents = {p["document_id"] for r in run["cases"][:2] for p in r["response"]["passages"]}
    assert len(documents) == 1


def test_drafts_are_said_to_be_drafts(
    mill: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts = tmp_path / "drafts.yaml"
    assert main(["draft", mill[2], "--out", str(drafts), "--most", "5"]) == 0
    assert main([str(drafts), *mill[1:]]) in (0, 1)
    assert "are drafts that nobody has checked" in capsys.readouterr().out


def test_a_peer_is_scored_with_the_same_cases(
    mill: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, words = "mill.txt", TEXT.splitlines()[4]
    source = {"source": {"name": name}, "document": [words], "metadata": [{"source": name}]}
    with chat_server() as server:
        server.says(Reply("Old Jonas keeps it today [1].", body={"sources": [source]}))
        arguments = [*mill, "--openai", server.url, "--model", "m", "--case", "a"]
        assert main([*arguments, "--json", str(tmp_path / "run.json")]) == 0
    assert "1 of 1 cases right" in capsys.readouterr().out
    figures = {
        figure["name"]: figure["value"]
        for figure in json.loads((tmp_path / "run.json").read_text())["run"]["figures"]
    }
    assert figures["verbatim"] == figures["span recall"] == figures["span precision"] == 1.0
    assert figures["hit@1"] is None
    assert figures["tokens"] == 18


def test_a_language_model_cites_our_passages_and_another_judges_it(
    mill: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with chat_server() as writer, chat_server() as judge:
        writer.says("Old Jonas keeps the mill these days [1].")
        judge.says('{"verdict": "supported"}')
        model = ["--openai", writer.url, "--model", "w", "--give-passages", "3"]
        judged = ["--judge", "j", "--judge-url", judge.url]
        assert main([*mill, *model, *judged, "--case", "a"]) == 0
    told = capsys.readouterr().out
    assert "Old Jonas keeps it today" in writer.asked[0]["messages"][-1]["content"]
    assert "1 of 1 cases right" in told
    assert "kappa" in told


def test_a_table_of_questions_becomes_cases(
    mill: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "questions.csv").write_text(
        "question,answer,tags\nWhen did the mill burn down?,in 1871,fire\nWho paid?,Nobody knows,\n"
    )
    out = tmp_path / "imported.yaml"
    arguments = [str(tmp_path / "questions.csv"), *mill[1:], "--out", str(out)]
    assert main(["import-csv", *arguments]) == 0
    told = capsys.readouterr()
    assert "2 cases" in told.out
    assert "3" in told.err and "fact" in told.err
    assert [case.gold[0][0].words for case in load_cases(out) if case.gold] == ["in 1871"]


def test_feedback_becomes_drafts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    citation = {"index": 1, "source": "mill.txt", "start_char_index": 0, "cited_text": "The mill"}
    statement = {"text": "It is the mill.", "citations": [1]}
    record = {
        "answer_id": "1",
        "question": "What is it?",
        "rating": "up",
        "created": "2026-01-01T00:00:00Z",
        "response": {"abstained": False, "statements": [statement], "citations": [citation]},
    }
    (tmp_path / "feedback.jsonl").write_text(json.dumps(record) + "\n")
    out = tmp_path / "imported.yaml"
    assert main(["import-feedback", str(tmp_path / "feedback.jsonl"), "--out", str(out)]) == 0
    (case,) = load_cases(out)
    assert case.gold[0][0].words == "The mill"
    assert "1 drafts" in capsys.readouterr().out


def test_a_squad_file_is_asked_as_it_is_or_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = {"text": "1871", "answer_start": TEXT.splitlines()[2].index("1871")}
    asked = {"id": "q", "question": "In which year did the mill burn?", "answers": [answer]}
    paragraph = {"context": TEXT.splitlines()[2], "qas": [asked]}
    squad = tmp_path / "squad.json"
    squad.write_text(json.dumps({"data": [{"title": "Mill", "paragraphs": [paragraph]}]}))
    assert main([str(squad), "--no-plain"]) == 0
    assert "of 1 cases right" in capsys.readouterr().out
    out, documents = tmp_path / "imported.jsonl", tmp_path / "articles"
    assert main(["import-squad", str(squad), "--documents", str(documents), "--out", str(out)]) == 0
    assert main([str(out), "--documents", str(documents), "--plain"]) == 0
    assert "plain" in capsys.readouterr().out


def test_a_sample_is_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    def asked() -> str:
        main(["--sample", "5", "--failures"])
        return capsys.readouterr().out.split("latency")[0].split("p50")[0]

    first, second = asked(), asked()
    assert "of 5 cases right" in first
    assert first.splitlines()[0] == second.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["none.jsonl"], "none.jsonl"),
        (["{cases}"], "--documents FOLDER"),
        (["{cases}", "--documents", "nowhere"], "nowhere"),
        (["{cases}", "--documents", "seeds"], "cases.yaml:2: a: gold.0.0: no document 'mill.txt'"),
        (["--case", "no-such"], "no case of seeds has the id no-such"),
        (["--baseline", "none.json"], "--save-baseline writes one"),
        (["--openai", "http://127.0.0.1:9/v1"], "--model NAME"),
        (["--url", "http://127.0.0.1:9"], "refused"),
        (["--url", "http://127.0.0.1:9", "--openai", "x"], "give one"),
        (["--judge", "m"], "--judge-url"),
        (["--tag", "miss", "--failures"], "near it: near-miss"),
        (["--case", "off-01", "--save-baseline", "{folder}"], "keeps a suite as it is"),
        (["--json", "/proc/none/run.json"], "cannot be written"),
        (["compare", "none.toml", "none.toml"], "none.toml cannot be read"),
        (["compare", "a", "b", "--svg", "/proc/none/a.svg"], "cannot be written"),
        (["agreement", "none.jsonl"], "none.jsonl"),
        (["import-squad", "{cases}", "--documents", "{folder}"], "cases.yaml"),
        (["import-feedback", "none.jsonl"], "none.jsonl"),
    ],
)
def test_wrong_use_is_told_without_a_traceback(
    arguments: list[str],
    told: str,
    mill: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"cases": mill[0], "folder": str(tmp_path / "out")}
    assert main([argument.format(**places) for argument in arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("eval: ")
    assert told in error


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "usage: python -m eval" in capsys.readouterr().out


def test_the_shipped_cases_are_many_and_of_all_kinds() -> None:
    cases = load_cases(SHIPPED)
    tags = {tag for case in cases for tag in case.tags}
    assert len(cases) >= 120
    assert tags >= {
        "fact",
        "list",
        "says",
        "both-sides",
        "number",
        "when",
        "follow-up",
        "near-miss",
        "false-premise",
        "off-topic",
        "hostile",
        "typo",
        "wording",
    }
