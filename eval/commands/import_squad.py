"""Turn a SQuAD-format file (Rajpurkar et al. 2016, 2018) into documents and cases."""

import argparse
from pathlib import Path

from eval.cases.files import save_cases
from eval.cases.squad import load_squad, squad_cases, write_articles


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval import-squad", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=Path, required=True, help="folder for the articles")
    parser.add_argument("--out", type=Path, default=Path("cases.jsonl"), help="(cases.jsonl)")
    options = parser.parse_args(arguments)
    articles = load_squad(options.file)
    cases = squad_cases(articles)
    write_articles(articles, options.documents)
    save_cases(cases, options.out)
    print(f"{len(cases)} cases in {options.out}, {len(articles)} documents in {options.documents}")
    left_out = sum(article.left_out for article in articles)
    if left_out:
        print(f"{left_out} questions are left out: cleaning drops the paragraphs they are about.")
    print(f"Then: python -m eval {options.out} --documents {options.documents}")
    return 0
