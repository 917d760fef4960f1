"""How search engines do on the articles of foreign help centres.

usage: python benchmarks/search --content FOLDER [--queries FILE] [--synonyms FILE] [options]
       python benchmarks/search --docs FILE [--queries FILE] [--synonyms FILE] [options]
       python benchmarks/search --tickets banking77|clinc150 [--data FOLDER] [options]
       python benchmarks/search --table FILE … [--split dev|test]

options: [--engines NAMES] [--sets NAMES] [--split dev|test] [--limit QUERIES] [--no-costs] [--write FOLDER]

NAMES stand between commas. Sets are made of the documents (exact, typo, typo2, prefix, deep, and synonym with a file of
words and what they are replaced by), taken from --queries (questions: a list of {"query", "relevant": [paths]}) or from
labelled sentences (tickets). Settings are chosen on the half of the queries called dev, and judged on test; both are
measured unless --split names one. Figures are printed as JSON, one object a line; --table makes tables of them for
RESULTS.md. --write only writes the query sets. npm packages are installed in the first run. Needs Linux and Chromium.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # where the other benchmarks are

from build import among
from documents import Corpus, load_corpus, read_corpus
from engines import ENGINES, Engine
from intents import FOLDER, PREFIXES, held_out, intents
from peers import reason
from playwright.sync_api import Error, sync_playwright
from queries import Query, Split, read_queries, write_queries
from query_sets import SETS, query_sets
from report import read_figures, report
from trial import Trial
from visits import chromium


def main(options: argparse.Namespace) -> None:
    if options.table:
        print(report(read_figures(options.table), options.split or "test"))
        return
    corpus = the_corpus(options)
    sets = {name: some[: options.limit] for name, some in all_sets(options, corpus).items() if name in options.sets}
    if not sets:
        sys.exit("error: no queries can be made of these documents")
    if options.write:
        for name, queries in sets.items():
            write_queries(options.write / f"{corpus.name}-{name}.json", queries)
        return
    measure(options, corpus, sets)


def measure(options: argparse.Namespace, corpus: Corpus, sets: Mapping[str, Sequence[Query]]) -> None:
    splits: list[Split] = [options.split] if options.split else ["dev", "test"]
    with sync_playwright() as playwright, chromium(playwright.chromium) as browser:
        trial = Trial(corpus=corpus, sets=sets, splits=splits, browser=browser, costs=options.costs)
        for engine in ENGINES:
            if engine.name in options.engines:
                print_figures(trial, engine)


def print_figures(trial: Trial, engine: Engine) -> None:
    """One object a line; why an engine has none, or no more, is told beside."""
    try:
        for figure in trial.figures(engine):
            print(json.dumps(figure), flush=True)
    except (OSError, subprocess.SubprocessError, Error) as error:
        print(f"{engine.title}: skipped, because {reason(error)}", file=sys.stderr)


def the_corpus(options: argparse.Namespace) -> Corpus:
    if options.tickets:
        return intents(options.data, options.tickets)
    return load_corpus(options.docs) if options.docs else read_corpus(options.content)


def all_sets(options: argparse.Namespace, corpus: Corpus) -> dict[str, list[Query]]:
    if options.tickets:
        return {"tickets": held_out(options.data, options.tickets)}
    synonyms = json.loads(options.synonyms.read_text()) if options.synonyms else {}
    sets = query_sets(corpus.documents, synonyms)
    return sets | ({"questions": read_queries(options.queries)} if options.queries else {})


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(usage="\n".join((__doc__ or "").partition("usage: ")[2].splitlines()))
    source = made.add_mutually_exclusive_group(required=True)
    source.add_argument("--content", type=Path)
    source.add_argument("--docs", type=Path)
    source.add_argument("--tickets", choices=PREFIXES)
    source.add_argument("--table", type=Path, nargs="+")
    for name in ("queries", "synonyms", "write"):
        made.add_argument(f"--{name}", type=Path)
    made.add_argument("--data", type=Path, default=FOLDER)
    for name, known in (("engines", [engine.name for engine in ENGINES]), ("sets", SETS)):
        made.add_argument(f"--{name}", type=among(known), default=known)
    made.add_argument("--split", choices=("dev", "test"))
    made.add_argument("--limit", type=int)
    made.add_argument("--no-costs", dest="costs", action="store_false")
    return made


if __name__ == "__main__":
    try:
        main(parser().parse_args())
    except subprocess.SubprocessError as error:
        sys.exit(f"error: {reason(error)}")
