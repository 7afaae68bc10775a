# Works in a fresh clone with only Python 3.11, make and (for the tests) apt. Set-up is part of each target.
.DEFAULT_GOAL := help
.PHONY: help build serve check test lint audit bench sbom coverage wheel starter setup setup-lint setup-test lock clean distclean

VENV := .venv/bin
KNM := $(VENV)/knm
PYTHON := $(VENV)/python
WORKERS ?= 3
ARGS ?=
# Node of the test lock, for npm and for what npm installs
WITH_NODE := PATH="$(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$$PATH"

help: ## deze lijst
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

build: setup ## controleert de bank en zet site en toetsen in build/
	$(KNM) build $(ARGS)

serve: setup ## toont de site en ververst hem bij elke wijziging
	$(KNM) serve $(ARGS)

check: setup ## controleert de bank
	$(KNM) check $(ARGS)

test: setup-test ## alle tests, met hun eigen voorbereiding (ARGS="-k woord" voor een deel)
	@sh .ci/check-locks
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy --strict builder
	@$(PYTHON) -m compileall -q builder
	$(WITH_NODE) $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup-lint ## alleen de snelle controles van de code
	@sh .ci/check-locks
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy --strict builder

audit: setup-test ## de lange bewijzen, de licenties van alle pakketten en de lijst ervan (build/sbom.json)
	@sh .ci/check-licences
	@sh .ci/sbom
	$(WITH_NODE) $(PYTHON) -m pytest -m audit -n $(WORKERS) $(ARGS)

bench: setup-test ## de snelheidsmetingen in één tabel, ook in build/benchmarks.json (ARGS=--quick voor een indruk)
	$(WITH_NODE) $(PYTHON) tests/benchmarks/together.py $(ARGS)

sbom: setup-lint ## waar het product uit bestaat: build/sbom.json (CycloneDX) en build/licenties.csv
	@sh .ci/sbom
	@sh .ci/check-licences

coverage: setup-test ## de tests, met welke regels ze raken
	$(WITH_NODE) $(PYTHON) -m pytest -n $(WORKERS) --cov --cov-report=term-missing $(ARGS)

wheel: setup ## het programma als pakket, voor pipx: build/wheel
	@$(PYTHON) .ci/packing.py wheel

starter: setup ## een zip om op te dubbelklikken, met een lege bank: build/knm-starter.zip
	@$(PYTHON) .ci/packing.py starter

setup: ## alleen de voorbereiding van build
	@sh .ci/setup product

setup-lint:
	@sh .ci/setup product tools

setup-test: ## alleen de voorbereiding van test
	@sh .ci/setup product tools programs node

PIP_COMPILE := $(VENV)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --constraint=requirements/constraints.in
lock: setup-lint ## rekent de slotbestanden opnieuw uit (ARGS=--upgrade voor nieuwere versies)
	$(PIP_COMPILE) $(ARGS) --output-file=requirements/product.txt pyproject.toml requirements/build.in
	$(PIP_COMPILE) $(ARGS) --output-file=requirements/test.txt requirements/test.in
	$(PIP_COMPILE) $(ARGS) --output-file=requirements/sbom.txt requirements/sbom.in
	# the oldest Python that is promised (Debian 12) must be able to install both
	$(PYTHON) -m pip install --quiet --dry-run --no-deps --ignore-installed --target=build/oldest --python-version=3.11.2 \
		--only-binary=:all: --require-hashes -r requirements/product.txt -r requirements/test.txt
	$(WITH_NODE) $(VENV)/npm install --package-lock-only --loglevel=error
	@sh .ci/check-locks

clean: ## gooit build/ en de tijdelijke bestanden weg
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* test-results

distclean: clean ## gooit ook .venv en node_modules weg
	rm -rf .venv node_modules
