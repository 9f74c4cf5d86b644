# All the set-up there is: each target installs what it lacks into .venv, once, and starts at once the next time.
PORT ?= 5000
GOOGLE_PORT ?= 5001

PY := .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
# One worker more than cores, four at most: browsers wait, too. Each has servers of its own, so its tests go to whoever is free.
PARALLEL := -n $(shell expr $$(nproc) + 1) --maxprocesses 4 --dist worksteal
# Every test has a database of its own, whose commits wait for the disk: in memory they do not, where there is enough of it.
MEMORY := $(shell [ -w /dev/shm ] && [ "$$(df -Pk /dev/shm | awk 'NR == 2 { print $$4 }')" -gt 4000000 ] && echo /dev/shm || echo "$${TMPDIR:-/tmp}")
ONLY := $(if $(S),-k "$(S)")
TOLD := --write report --junit-xml test-results/junit.xml --tracing retain-on-failure --log-level INFO
ELSEWHERE := $(if $(BASE_URL),--wizard-url="$(BASE_URL)") $(if $(GOOGLE_URL),--google-url="$(GOOGLE_URL)")

.DEFAULT_GOAL := help
.PHONY: run test check fmt e2e e2e-watch e2e-trust friday contact-sheet catalogue bench crash peers lock clean help browser postgres

test e2e catalogue contact-sheet friday e2e-trust crash: export TMPDIR = $(MEMORY)

run: .venv/run.stamp ## Start the wizard, the stand-in for PIMSY and the fake Google with a sample clinic (PORT=, GOOGLE_PORT=)
	PORT=$(PORT) GOOGLE_PORT=$(GOOGLE_PORT) $(PY) -m wizard practice

test: browser postgres ## Run every test, from unit to browser
	$(PY) -m pytest $(PARALLEL)

check: .venv/dev.stamp ## Check format, lint, types, import contracts, and that no file names a package index
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m pytest -q tests/test_architecture.py

fmt: .venv/dev.stamp ## Format the code and mend what the linter can mend
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

e2e: browser ## Run the browser suite and write its report; S=CODE runs one scenario, BASE_URL= plays at a try-out elsewhere
	$(PY) -m pytest $(if $(S)$(BASE_URL),,$(PARALLEL)) e2e $(TOLD) $(ELSEWHERE) $(ONLY)

e2e-watch: .venv/dev.stamp ## Run the browser suite in a window, slowly and with captions; S=CODE shows one scenario
	$(PY) -m scripts.browser --window
	$(PY) -m pytest --headed --slowmo 700 e2e $(ELSEWHERE) $(ONLY)

contact-sheet: browser ## Picture what every scenario is about in light, dark, 390 px and print: test-results/contact-sheet.html
	$(PY) -m pytest -q $(if $(S),,$(PARALLEL)) e2e/test_catalogue.py --write contact-sheet $(ONLY)

catalogue: browser ## Write the page of every code with its words, its cure and a picture: test-results/catalogue.html
	$(PY) -m pytest -q $(if $(S),,$(PARALLEL)) e2e/test_catalogue.py --write catalogue $(ONLY)

friday: browser ## Set 12 people up at 5 desks in a browser, from the day before to 60 Verified cells (some minutes)
	$(PY) -m pytest e2e/friday_round.py

e2e-trust: browser ## Run the browser suite 5 times and its smallest story 60 times, and print what that proves (about an hour on 2 cores)
	$(PY) -m scripts.trust

bench: .venv/dev.stamp ## Measure the fake Google, the overview, deliveries and the patrol, each in ratios of one run; bench/results.json keeps the figures
	$(PY) -m bench.fake_google
	$(PY) -m bench.overview
	$(PY) -m bench.deliveries
	$(PY) -m bench.patrol

crash: .venv/dev.stamp postgres ## Break and kill it thousands of times over both databases, prove that each zero can fail (hours; SEED= repeats a run)
	$(PY) -m crash $(if $(SEED),--seed $(SEED))
	$(PY) -m tests.background.following --examples 500 $(if $(SEED),--seed $(SEED))

peers: .venv/dev.stamp ## Ask the fake Google through public clients of two languages, sign in at another provider (needs npm, Node 20, Java)
	$(PY) -m pytest peers

lock: ## Pin requirements.in, grown.in and dev.in anew, with every hash (needs uv; UPGRADE=1 takes the newest)
	uv pip compile -q $(if $(UPGRADE),--upgrade) --no-header --generate-hashes --universal --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile -q $(if $(UPGRADE),--upgrade) --no-header --generate-hashes --universal --python-version 3.11 grown.in -o grown.txt
	uv pip compile -q $(if $(UPGRADE),--upgrade) --no-header --generate-hashes --universal --python-version 3.11 dev.in -o dev.txt

clean: ## Remove .venv and what the tools left behind; the sample clinic's data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

browser: .venv/dev.stamp ## Find a browser for the tests, or install one
	$(PY) -m scripts.browser

postgres: .venv/dev.stamp ## Find a PostgreSQL for the tests, or install one
	$(PY) -m scripts.postgres

# Stamps are written last: what was interrupted is done again.
.venv/run.stamp: requirements.txt
	scripts/venv.sh
	$(INSTALL) -r requirements.txt
	touch $@

.venv/dev.stamp: requirements.txt dev.txt
	scripts/venv.sh
	$(INSTALL) -r dev.txt
	touch .venv/run.stamp $@
