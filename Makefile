# Everything that one does with this project. `make` alone lists it.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PACKAGES := cms home participation_pages budgeting_blocks feedback_forms search
# Workers of the test suite, one more than two cores: a test that waits for its browser leaves a core to another one.
TEST_WORKERS ?= 3
PYTEST := $(BIN)/pytest -n $(TEST_WORKERS) --dist loadgroup --no-loadscope-reorder
APT := DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120

.DEFAULT_GOAL := help
.PHONY: help run dev test test-postgres check audit format messages compile-messages catalogue guide-pictures bench-pages bench-vote storm pins clean system-packages bench-tally

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-18s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Environment --------------------------------------------------------------------------------------------------------

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version). Set PYTHON to another one."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory install-venv
	@$(PYTHON) -m venv $(VENV)

.PHONY: install-venv
install-venv:
	@echo "Python's venv module is missing; installing Debian's python3-venv."
	@$(call apt-install,python3-venv)

# Root installs by itself, others through sudo if it asks no password; otherwise say what to type.
define apt-install
	if [ "$$(id -u)" = 0 ]; then $(APT) update -qq && $(APT) install -y -qq --no-install-recommends $(1) >/dev/null; \
	elif sudo -n true 2>/dev/null; then sudo $(APT) update -qq && sudo $(APT) install -y -qq --no-install-recommends $(1) >/dev/null; \
	else echo "Missing system packages. Install them and try again: sudo apt-get install $(1)"; exit 1; fi
endef

$(VENV)/.runtime: requirements.txt | $(PY)
	@$(PY) -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt | $(PY)
	@$(PY) -m pip install -qq --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $(VENV)/.runtime $@

system-packages: ## Install Debian's chromium and gettext where they are missing
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium fonts-dejavu-core"; \
	command -v xgettext >/dev/null || missing="$$missing gettext"; \
	if [ -n "$$missing" ]; then echo "Installing$$missing"; $(call apt-install,$$missing); fi

# --- The site -----------------------------------------------------------------------------------------------------------

run: $(VENV)/.runtime ## Start the site with demo content on http://127.0.0.1:$(PORT)
	@BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} DJANGO_SETTINGS_MODULE=cms.settings.dev; \
	export BASE_URL DJANGO_SETTINGS_MODULE; \
	$(PY) manage.py prepare_demo || exit 1; \
	$(PY) manage.py run_scheduler & scheduler=$$!; \
	trap 'kill $$scheduler 2>/dev/null' EXIT INT TERM; \
	$(BIN)/gunicorn cms.wsgi --preload --bind 127.0.0.1:$(PORT)

dev: $(VENV)/.development ## Start Django's own server, which reloads changed code
	@DEBUG=1 $(PY) manage.py prepare_demo
	@DEBUG=1 $(PY) manage.py runserver 127.0.0.1:$(PORT)

# --- Quality ------------------------------------------------------------------------------------------------------------

test: $(VENV)/.development system-packages ## Run the whole suite, browser tests included
	@$(PYTEST) $(ARGS)

test-postgres: $(VENV)/.development ## Run what needs no browser on the PostgreSQL server that DATABASE_URL names
	@case "$(DATABASE_URL)" in postgres*) ;; *) echo "Set DATABASE_URL, such as postgres://user:password@127.0.0.1/osallistu"; exit 1;; esac
	@$(PYTEST) --ignore tests/e2e --ignore tests/a11y --ignore tests/architecture $(ARGS)

check: $(VENV)/.development system-packages ## Check style, contracts, types, templates, settings, migrations, translations
	@$(MAKE) --no-print-directory --keep-going -j2 --output-sync=target $(ALSO) $(CHECKS) && echo "All checks passed."

CHECKS := $(addprefix check-,style contracts types templates dependencies migrations production architecture)
.PHONY: demo-site $(CHECKS)

check-style:
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . || { echo "make format mends most of it"; exit 1; }

check-contracts:
	@$(BIN)/lint-imports --no-logo --no-cache

check-types:
	@$(BIN)/mypy $(PACKAGES)

check-templates:
	@$(BIN)/djlint --lint --quiet $(wildcard $(addsuffix /templates,$(PACKAGES) cms/common cms/users cms/images))

check-dependencies:
	@$(PY) -m pip check --disable-pip-version-check && $(BIN)/deptry .

check-migrations:
	@$(PY) manage.py makemigrations --check --dry-run --settings cms.settings.test

# Production settings with what an installation sets, and a key made for this one run.
check-production:
	@SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=osallistu.example.fi \
		$(PY) manage.py check --deploy --fail-level WARNING --settings cms.settings.production

# Directions of templates and foreign keys, conventions, pins, documents that are generated, translations.
check-architecture:
	@$(BIN)/pytest -q --tb=short -p no:randomly -n 0 tests/architecture

# The tests' demo site on an empty database, made anew; `.ci/run` has it made beside the checks.
DEMO_SITE := var/demo-site
demo-site:
	@rm -rf $(DEMO_SITE)
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(PY) -m tests.siteserver $(DEMO_SITE)

audit: $(VENV)/.development ## Ask the package index for known holes in the pinned packages (needs the network)
	@$(BIN)/pip-audit --progress-spinner off --disable-pip --no-deps -r requirements.txt

format: $(VENV)/.development ## Format the code
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

bench-pages: $(VENV)/.development ## Requests per second of pages cached, uncached, and of a static file
	@$(PY) -m tests.load.bench_pages

bench-vote: $(VENV)/.development ## Votes per second beside a bare view with the same two inserts; on DATABASE_URL too
	@$(PY) -m tests.load.bench_vote

storm: $(VENV)/.development ## 200 clients vote at once, and the server is killed in the middle; on DATABASE_URL too; ARGS=--kill-database: and PostgreSQL itself
	@$(PY) -m tests.load.storm $(ARGS)
# Voting files of the Pabulib library to count; those of the tests, unless larger ones lie beside the project.
VOTING_FILES ?= $(firstword $(wildcard ../shared/data/pabulib) tests/budgeting_blocks/counting/data)

bench-tally: $(VENV)/.development var/pabutools/.installed ## Seconds that a count takes, beside pabutools on real files
	@$(PY) -m tests.load.bench_tally var/pabutools/bin/python $(VOTING_FILES)

# An outside judge in an environment of its own: its licence (GPL) and its packages stay out of the project's pins.
var/pabutools/.installed:
	@$(PYTHON) -m venv var/pabutools
	@var/pabutools/bin/pip install -qq --disable-pip-version-check pabutools==1.2.3
	@touch $@

# --- Generated files ----------------------------------------------------------------------------------------------------

messages: $(VENV)/.development system-packages ## Gather new texts into the catalogues of cms/locale
	@mkdir -p cms/locale
	@$(PY) manage.py makemessages -l en -l sv --extension html,py,txt --ignore tests --ignore docs --ignore var \
		--no-wrap --add-location file
	@$(PY) manage.py compilemessages -v 0 --ignore .venv

catalogue: $(VENV)/.development system-packages ## Write docs/reference/blocks.md and its pictures from the block previews
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(PY) -m tests.a11y.catalogue_pictures

guide-pictures: $(VENV)/.development system-packages ## Take the pictures of the editors' guide and the README from the real site
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(PY) -m tests.e2e.guide_pictures

pins: $(VENV)/.development ## Export the exact pins from pyproject.toml
	@$(BIN)/uv pip compile --quiet --python-version 3.11 --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --python-version 3.11 --no-header --group dev -c requirements.txt -o requirements-dev.txt

clean: ## Remove what can be made again: the environment, caches and the demo site's data in var/
	@rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
