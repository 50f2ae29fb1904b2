# make app     install, serve the page and build the library beside it
# make dist    a wheel in dist/, for pip or pipx on another computer
# make test    install and run the tests, side by side     make test ARGS="-k citations"
# make check   ruff and mypy
# make eval    measure the accuracy on the dev questions; fails below benchmarks/floors*.toml
# make bench   time the build, the search and the page
# make kills   kill commands at random moments, and take disk and rights away, on a copy of a small library
# make fuzz    give everything that reads what nobody would write, for ten minutes
# make sbom    what is installed, as a CycloneDX bill of materials in build/sbom.json
# make clean   remove .venv and the tools' caches (the built library stays in the user's data folder)

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
BENCHMARKS := encoder default_library find check links
EVAL_HOME ?= build/eval-home
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt

.PHONY: app dist test check eval bench fuzz kills sbom clean

app: .venv/.stamp-app
	exec $(BIN)/python app.py --build $(ARGS)

dist: .venv/.stamp-python
	$(BIN)/python -m pip wheel --disable-pip-version-check --no-deps --wheel-dir dist .
	@echo "装到别的电脑：pip install -c constraints.txt dist/faju-*.whl，然后 faju serve --build"

test: .venv/.stamp-dev
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/.stamp-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: .venv/.stamp-app
	$(BIN)/faju build --home $(EVAL_HOME)
	$(BIN)/faju evaluate qa/sets/plan-dev.jsonl --run lexical --run dense --run hybrid \
		--home $(EVAL_HOME) --floors benchmarks/floors.toml --out build/eval
	$(BIN)/python -m benchmarks.measure.held_out build/held-out --every 4 --floors benchmarks/floors-held-out.toml

bench: .venv/.stamp-app
	@for name in $(BENCHMARKS); do \
		echo "== $$name"; $(BIN)/python -m "benchmarks.measure.$$name" || exit 1; \
	done

fuzz: .venv/.stamp-dev
	$(BIN)/faju build --home $(EVAL_HOME)
	$(BIN)/python -m benchmarks.measure.fuzz $(EVAL_HOME) --seconds 600

kills: .venv/.stamp-app
	$(BIN)/faju build --home $(EVAL_HOME)
	$(BIN)/python -m benchmarks.measure.kills $(EVAL_HOME) --times 500 --seconds 1200
	$(BIN)/python -m benchmarks.measure.straits $(EVAL_HOME)

# In an environment of its own: the tool is no part of what it lists.
sbom: .venv/.stamp-app
	"$(PYTHON)" -m venv build/sbom-tool
	build/sbom-tool/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	build/sbom-tool/bin/cyclonedx-py environment $(BIN)/python --of JSON --output-file build/sbom.json

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps stand for a finished step: an interrupted one is done again.
.venv/.stamp-python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "没有找到 $(PYTHON)。请先安装 Python 3.11 或更新的版本,或指明它:make app PYTHON=路径" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "需要 Python 3.11 或更新的版本,而 $(PYTHON) 是 $$("$(PYTHON)" -V 2>&1)。请指明一个新的:make app PYTHON=python3.11" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv
	@touch $@

.venv/.stamp-app: .venv/.stamp-python pyproject.toml constraints.txt
	@echo "正在安装依赖,约需几分钟……"
	$(INSTALL) -e .
	@touch $@

.venv/.stamp-dev: .venv/.stamp-python pyproject.toml constraints.txt
	@echo "正在安装依赖,约需几分钟……"
	$(INSTALL) -e '.[dev]'
	@touch .venv/.stamp-app $@
