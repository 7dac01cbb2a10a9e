"""Prompt templates are versioned files, filled completely or not at all."""

from pathlib import Path

import pytest

from service.prompts import FOLDER, Prompt, PromptError, fence, load_prompt


def write(folder: Path, text: str) -> None:
    (folder / "greeting.md").write_text(text, "utf-8")


def test_a_file_becomes_a_prompt_with_its_version(tmp_path: Path) -> None:
    write(tmp_path, "---\nversion: 2.1\n---\nHello $name, that is $$5.\n")
    prompt = load_prompt("greeting", tmp_path)
    assert prompt == Prompt("greeting", "2.1", "Hello $name, that is $$5.")
    assert prompt.fill(name="$name {x}") == "Hello $name {x}, that is $5."


def test_values_and_placeholders_must_fit() -> None:
    prompt = Prompt("greeting", "1", "$first $last")
    with pytest.raises(PromptError, match=r"greeting: no value for \$last"):
        prompt.fill(first="a")
    with pytest.raises(PromptError, match=r"greeting has no placeholder \$middle"):
        prompt.fill(first="a", middle="b", last="c")
    with pytest.raises(PromptError, match=r"write \$\$ for it"):
        Prompt("greeting", "1", "5$ please").fill()


@pytest.mark.parametrize("text", ["Hello", "---\nversion:\n---\nHello", "---\nname: x\n---\nHello"])
def test_a_file_without_a_version_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(PromptError, match=r"greeting\.md must begin with"):
        load_prompt("greeting", tmp_path)


def test_only_a_name_finds_a_file(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="cannot be read from"):
        load_prompt("missing", tmp_path)
    with pytest.raises(PromptError, match="is no name of a prompt"):
        load_prompt("../README", FOLDER)


def test_the_prompts_here_can_be_read_and_are_listed() -> None:
    names = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    listed = (FOLDER / "README.md").read_text("utf-8")
    for name in names:
        assert load_prompt(name).text
        assert f"`{name}.md`" in listed


def test_a_fence_is_in_none_of_its_texts_and_repeats_itself() -> None:
    word = fence("a", "b")
    assert word == fence("a", "b") != fence("a", "c")
    text = word
    for _ in range(5):
        text += fence(text)
        assert fence(text) not in text
