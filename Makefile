# The same commands for newcomers and for CI. The virtual environment is made on first use and renewed when
# its requirements change; with nothing to install there is no network traffic.

VENV := .venv
BIN := $(VENV)/bin
# Exact versions with hashes, for every Python and platform; `make lock` writes them.
LOCKS := requirements.txt .ci/dev.txt
STAMP := $(VENV)/installed-$(shell cat $(LOCKS) | cksum | cut -d' ' -f1)
TOOLS := $(VENV)/tools

.DEFAULT_GOAL := help
.PHONY: help demo run ops service test bench chaos lint texts pictures lock audit

help:
	@echo "make demo     the whole shop with stand-ins for Telegram and Pakasir; RESET=1 starts afresh"
	@echo "make run      the shop against real Telegram and Pakasir, set up in .env"
	@echo "make ops      the operators' commands on this machine; ARGS='doctor'"
	@echo "make service  make run as a systemd service that survives a reboot"
	@echo "make test     all tests but the slow ones; ARGS='tests/queue -x' for some"
	@echo "make bench    measurements"
	@echo "make chaos    fault runs, and the slow tests: they wait, or start processes and browsers"
	@echo "make lint     ruff and types"
	@echo "make texts    bring the translations up to date with the sentences in the code"
	@echo "make pictures the README's pictures, and every screen in .quickcart/screens"
	@echo "make lock     pin what pyproject.toml allows; UPGRADE=1 takes the newest"
	@echo "make audit    known advisories against what is pinned"

demo: $(STAMP)
	@$(BIN)/python -m app.sandbox --end-with-parent $(if $(filter-out 0,$(RESET)),--reset)

run: $(STAMP)
	@$(BIN)/python -m app.local.run

ops: $(STAMP)
	@$(BIN)/python -m app.local.ops $(ARGS)

service: $(STAMP)
	@$(BIN)/python -m app.local.service

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

texts: $(STAMP)
	@$(BIN)/python .ci/texts.py

pictures: $(STAMP)
	@$(BIN)/python -m tests.browser.pictures

lock: $(STAMP)
	@$(BIN)/python -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip install -qq --disable-pip-version-check uv
	@$(TOOLS)/bin/python .ci/lock.py $(if $(filter-out 0,$(UPGRADE)),--upgrade)

audit: $(STAMP)
	@$(BIN)/python -m venv $(TOOLS)
	@if $(TOOLS)/bin/python -m pip install -qq --disable-pip-version-check --retries 1 --timeout 15 pip-audit; \
		then $(TOOLS)/bin/python .ci/audit.py; \
		else echo "Known advisories could not be looked up here: there is no way to install pip-audit."; fi

$(STAMP): $(LOCKS)
	@python=; for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if $$candidate -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
		then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer is needed, with its venv module (Debian: apt install python3-venv)." >&2; exit 1; \
	fi; \
	echo "Preparing $(VENV) with $$($$python --version) …"; \
	$$python -m venv $(VENV)
	@echo "Installing dependencies …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes $(LOCKS:%=-r %)
	@rm -f $(VENV)/installed-*
	@touch $@
