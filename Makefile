# `make run` installs and serves the app; `make test` installs and passes the tests, `make check` the quick ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test check bench lint clean

run: $(VENV)/app
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/python -m pytest -m "not browser" -n 2 --dist loadfile
	$(BIN)/python -m pytest -m browser

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/python -m pytest -m "not browser and not slow" -n 2 --dist loadfile \
	    tests/test_layers.py tests/test_readme.py tests/contracts tests/jobs tests/pages/*.py tests/pages/parts

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

lint: $(VENV)/dev
	$(BIN)/ruff check .

clean:
	rm -rf $(VENV)

$(VENV)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/app: $(VENV)/python requirements.txt
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/dev: $(VENV)/app requirements-dev.txt
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@
