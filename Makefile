# The same commands for newcomers and for CI. The virtual environment is made on first use and renewed when
# its requirements change; with nothing to install there is no network traffic.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed-$(shell cat requirements.txt pyproject.toml | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help demo run test bench chaos lint

help:
	@echo "make demo   the whole shop with stand-ins for Telegram and Pakasir; RESET=1 starts afresh"
	@echo "make run    the shop against real Telegram and Pakasir, set up in .env"
	@echo "make test   all tests; ARGS='tests/queue -x' for some"
	@echo "make bench  measurements"
	@echo "make chaos  fault runs"
	@echo "make lint   ruff and types"

demo: $(STAMP)
	@$(BIN)/python -m app.sandbox --end-with-parent $(if $(filter-out 0,$(RESET)),--reset)

run: $(STAMP)
	@$(BIN)/python -m app.sandbox.run

test: $(STAMP)
	@$(BIN)/python -m pytest $(ARGS)

bench: $(STAMP)
	@$(BIN)/python -m tests.bench $(ARGS)

chaos: $(STAMP)
	@$(BIN)/python -m tests.chaos $(ARGS)

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

$(STAMP): requirements.txt pyproject.toml
	@python=; for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if $$candidate -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
		then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer is needed, with its venv module (Debian: apt install python3-venv)." >&2; exit 1; \
	fi; \
	echo "Preparing $(VENV) with $$($$python --version) …"; \
	$$python -m venv $(VENV)
	@$(BIN)/python -c 'import sys, pip; sys.exit(tuple(map(int, pip.__version__.split(".")[:2])) < (25, 1))' \
		|| $(BIN)/python -m pip install -qq --upgrade "pip>=25.1"
	@echo "Installing dependencies …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt --group dev
	@rm -f $(VENV)/installed-*
	@touch $@
