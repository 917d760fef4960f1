.PHONY: demo serve pictures test test-slow coverage check fix bench clean lock environment
KBGEN := .venv/bin/kbgen
PYTEST := .venv/bin/python -m pytest
# One process more than there are cores: browsers and disks keep some of them waiting.
TOGETHER = --numprocesses $$(.venv/bin/python -c 'import os; print(os.cpu_count() + 1)') --dist loadfile

# Build this help centre, mine the sample tickets, write drafts.
demo: environment
	@$(KBGEN) build
	@echo
	@$(KBGEN) topics import tests/data/sample-tickets.csv
	@echo
	@$(KBGEN) topics list --limit 5
	@echo
	@$(KBGEN) topics draft
	@echo
	@$(KBGEN) topics report
	@echo
	@echo "Where to look:"
	@echo "  site/index.html                the help centre; with search and votes: make serve"
	@echo "  content/drafts/                drafts of the articles that customers miss"
	@echo "  .kbgen/topics-report.html      what customers ask, and what to write first, on one page"
	@echo "  $(KBGEN) topics list   every topic, and the article that answers it"
	@echo "  $(KBGEN) search WORDS  search in the terminal"

# Site, search and votes on http://127.0.0.1:8000, rebuilt when a file is saved.
serve: environment
	@$(KBGEN) serve

# Everything that must hold: lint, types, import rules, unit, site and browser tests.
test: environment check
	@.ci/environment tests
	$(PYTEST) -m "not slow" $(TOGETHER)

# Longer trials: packaging, faults, fuzzing.
test-slow: environment
	@.ci/environment tests
	$(PYTEST) -m slow $(TOGETHER)

# The lines that no test runs.
coverage: environment
	@.ci/environment tests
	$(PYTEST) -m "not slow" $(TOGETHER) --cov --cov-report=term

check: environment
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	$(KBGEN) check

fix: environment
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: environment
	@echo "benchmarks/topics needs scikit-learn, and BERTopic for the peer: see its first lines"
	@for benchmark in build pages feedback; do echo "== $$benchmark"; .venv/bin/python benchmarks/$$benchmark.py || exit 1; done

# Removes what can be made again; votes and drafts stay.
clean:
	rm -rf site .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage dist build
	rm -rf .kbgen/preview .kbgen/build .kbgen/whoosh* .kbgen/answers .kbgen/vectors.sqlite

# What make installs; Presidio brings half a gigabyte for an option that few need.
EXTRAS = --extra brotli --extra dask --extra postgres --extra service --extra topics

# Write requirements.lock anew from pyproject.toml (needs uv).
lock:
	uv pip compile pyproject.toml $(EXTRAS) --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet --output-file requirements.lock

environment:
	@.ci/environment

# A picture of every page type, wide and narrow, light and dark, in .kbgen/pictures/.
pictures: environment
	@.ci/environment browser
	.venv/bin/python tests/browser/pictures.py
