# SLTrain Bench. `make help` lists what there is to make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SCALE ?=
ONLY ?=
SEED ?=
AGAIN ?=
CONFIGURATION ?= release

# The OpenBLAS kernels that the committed results were made with. They give the same bits on every x86-64 processor with
# AVX2 (others take what OpenBLAS chooses); set OPENBLAS_CORETYPE yourself to use others, and other bits come out.
ifneq ($(shell grep -m 1 -w avx2 /proc/cpuinfo 2> /dev/null),)
export OPENBLAS_CORETYPE ?= Haswell
endif
export OPENBLAS_NUM_THREADS := 1

PACKAGES := libopenblas-pthread-dev libjemalloc-dev libsentencepiece-dev libzip-dev libssl-dev zlib1g-dev pkg-config gnuplot-nox curl
SLTRAIN := .build/$(CONFIGURATION)/sltrain
SELECTION := $(if $(SCALE),--scale $(SCALE)) $(if $(ONLY),--only '$(ONLY)') $(if $(SEED),--seed $(SEED)) $(if $(AGAIN),--again)

.PHONY: help setup build test lint smoke reproduce verdicts audit report check-page regress baseline bench bench-pytorch doctor clean distclean

help: ## List the targets.
	@echo "SLTrain Bench: does SLTrain (arXiv 2406.02214) hold? Targets:"
	@grep -hE '^[a-z][a-zA-Z0-9%-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([^:]+):.*## /\1\t/' | sort | awk -F'\t' '{printf "  %-24s %s\n", $$1, $$2}'
	@echo "Selections: SCALE=smoke|quick|desktop|paper (default quick, or what the table has), ONLY='row/size' (a pattern), SEED=n; AGAIN=1 takes times anew."

setup: ## Install what is missing from Debian; with nothing missing, do nothing.
	@command -v swift > /dev/null || { echo "setup: Swift 6.2 or later is not on the PATH; install it from swift.org" >&2; exit 69; }
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2> /dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	python3 -m pip --version > /dev/null 2>&1 || missing="$$missing python3-pip"; \
	if [ -z "$$missing" ]; then echo "setup: nothing is missing"; exit 0; fi; \
	if [ "$$(id -u)" != 0 ]; then \
	  echo "setup: not root, so nothing was installed; run: sudo apt-get update && sudo apt-get install -y --no-install-recommends$$missing" >&2; exit 69; fi; \
	echo "setup: installing$$missing"; \
	apt-get update -q > /dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing > /dev/null || \
	  { echo "setup: apt-get failed; run it by hand to see why: apt-get install$$missing" >&2; exit 69; }; \
	echo "setup: done"

build: setup ## Build the harness.
	@swift build -c $(CONFIGURATION) --product sltrain --quiet

reproduce: build ## Reproduce everything that this machine can; it says first what there is to run and how long that takes.
	@$(SLTRAIN) reproduce $(SELECTION)

reproduce-%: build ## Reproduce a table or figure: reproduce-table-2, reproduce-figure-1.
	@$(SLTRAIN) reproduce $* $(SELECTION)

bench: build ## Measure kernels, layers and whole updates against what the machine can do: results/bench (about 25 minutes).
	@$(SLTRAIN) bench $(if $(ONLY),--only '$(ONLY)') $(if $(SCALE),--scale $(SCALE))

# PyTorch comes into an environment of its own; PYTORCH_PYTHON=… takes a Python that has it already.
PYTORCH_PYTHON ?= .work/pytorch/bin/python
PYTORCH_REQUIREMENTS := Tests/Peers/pytorch/requirements.txt

.work/pytorch/bin/python: $(PYTORCH_REQUIREMENTS)
	@echo "bench-pytorch: installing PyTorch and what goes with it into .work/pytorch, once (several GB)"
	@python3 -m venv .work/pytorch || { echo "bench-pytorch: python3 makes no environments; on Debian: apt-get install python3-venv" >&2; exit 69; }
	@.work/pytorch/bin/python -m pip install --quiet --requirement $(PYTORCH_REQUIREMENTS) || { rm -rf .work/pytorch; exit 69; }
	@touch $@

bench-pytorch: build $(PYTORCH_PYTHON) ## Measure whole updates in turn with PyTorch's: results/bench/pytorch.md.
	@$(SLTRAIN) bench --peer '$(PYTORCH_PYTHON) Tests/Peers/pytorch/peer.py' $(if $(SCALE),--scale $(SCALE))

verdicts: build ## Judge every claim of the paper on the records that are there: results/<scale>/verdicts.md.
	@$(SLTRAIN) report verdicts $(if $(SCALE),--scale $(SCALE))

audit: build ## Show the known problems of the published numbers on the records: results/<scale>/audit.md.
	@$(SLTRAIN) report audit $(if $(SCALE),--scale $(SCALE))

report: build ## Write everything that there is of a scale as one page of HTML: results/<scale>/report.html.
	@$(SLTRAIN) report page $(if $(SCALE),--scale $(SCALE))

# The browser is the system's; its driver and the rules come into an environment of their own, PAGE_PYTHON=… takes another.
PAGE_PYTHON ?= .work/page/bin/python
PAGE_REQUIREMENTS := Tests/Peers/page/requirements.txt

.work/page/bin/python: $(PAGE_REQUIREMENTS)
	@python3 -m venv .work/page || { echo "check-page: python3 makes no environments; on Debian: apt-get install python3-venv" >&2; exit 69; }
	@.work/page/bin/python -m pip install --quiet --requirement $(PAGE_REQUIREMENTS) || { rm -rf .work/page; exit 69; }
	@touch $@

check-page: report $(PAGE_PYTHON) ## Open the page in a headless Chromium as readers do, and say what is wrong with it.
	@$(PAGE_PYTHON) Tests/Peers/page/check.py results/$(or $(SCALE),quick)/report.html

smoke: ## Make the whole of table 2 at the smallest scale, in under a minute.
	@$(MAKE) --no-print-directory reproduce-table-2 SCALE=smoke

# make ends with 2 whatever the recipe ended with, and prints that as "Error 4".
regress: build ## Hold this build to results/baseline/smoke.json: Error 2 worse, 3 a cell failed, 4 better, 5 no baseline.
	@$(SLTRAIN) regress $(if $(ONLY),--only '$(ONLY)')

baseline: build ## Record what regress compares with, and show what that moves.
	@$(SLTRAIN) baseline

# No test wants testable imports; with them everything would be built a second time.
test: setup ## Run the tests.
	swift test -c $(CONFIGURATION) --no-parallel --quiet --disable-testable-imports

lint: ## Check the format of the sources.
	swift format lint --strict --recursive Package.swift Sources Tests

doctor: build ## Check this machine.
	@$(SLTRAIN) doctor

clean: ## Remove what was built; data and results stay.
	rm -rf .build .build-*

distclean: clean ## Remove what was built and what was downloaded or trained; committed results stay.
	rm -rf .work
