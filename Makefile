# Everything a newcomer needs. Each target makes .venv by itself; no root, no system packages, no running service.
.DEFAULT_GOAL := help
.PHONY: help demo chat test check format lock clean bench-answers crisis-model
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORKERS := 2
BENCH ?= ../shared/bench/answers

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

demo: $(STAMP) ## play both sides, member and officer, on a throw-away database
	@$(BIN)/steward demo

chat: $(STAMP) ## talk to the bot in this terminal
	@$(BIN)/steward chat

test: $(STAMP) ## run the tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: $(STAMP) ## style, types, floors and dependencies
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo
	@$(BIN)/deptry bot handlers

format: $(STAMP) ## lay the code out and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# The lock must name the public files with their hashes, never a mirror of the machine it was made on.
# So this one command leaves the machine's pip settings aside. The rest of the Makefile respects them.
lock: $(STAMP) ## choose newer releases and write requirements.lock
	@env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_CONSTRAINT PIP_CONFIG_FILE=/dev/null \
		CUSTOM_COMPILE_COMMAND="make lock" \
		$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --all-extras --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --no-header \
		--annotation-style=line --output-file=requirements.lock pyproject.toml

bench-answers: $(STAMP) ## measure answers on third-party questions (BENCH=folder with score.py)
	@$(BIN)/python -m benchmarks.answers --bench $(BENCH)

crisis-model: $(STAMP) ## learn words of danger anew after content/crisis_examples.tsv changed
	@$(BIN)/python -m bot.crisis_model

clean: ## remove what was installed and cached; your .env, keys and data stay
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find bot handlers tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml
	@python=''; \
	for candidate in python3.11 python3.12 python3.13 python3; do \
		if $$candidate -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; \
		then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'Steward needs Python 3.11, 3.12 or 3.13, and none was found on the PATH.' >&2; \
		echo 'Install one of them with its venv module, then run make again.' >&2; exit 1; \
	fi; \
	echo "Installing into $(VENV), once; this takes a minute or two." >&2; \
	$$python -m venv --clear $(VENV) </dev/null || { \
		echo "$$python could not make a virtual environment; install its venv module and run make again." >&2; exit 1; }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock </dev/null
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . </dev/null
	@touch $(STAMP)
