# `make run` installs and serves the app; `make test` installs and passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test bench lint clean

run: $(VENV)/app
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -m "not browser" -n 2 --dist loadfile
	$(BIN)/python -m pytest -m browser

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
