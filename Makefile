# Everything goes through here; `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test bench setup packs lint

CARGO ?= cargo
# The story is timed, so it runs optimised; CI takes the build that the tests have made already.
PROFILE ?= $(if $(CI),dev,release)
BINARY = $${CARGO_TARGET_DIR:-target}/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))/sanbao

help: ## This list
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: packs ## Play the life of two dozen tickets, then leave the host running (FRESH=1 starts over, CI=1 ends by itself)
	@echo '== host ($(PROFILE); the first build takes some minutes)'
	@$(CARGO) build --locked --profile $(PROFILE) -p sanbao
	@"$(BINARY)" demo $(if $(FRESH),--fresh)

test: export SANBAO_SETUP = test
test: lint packs ## Formatting, lints, policy packs, then every test on SQLite and PostgreSQL
	@echo '== tests of the policy packs'
	@cd plugins && env -u CARGO_TARGET_DIR $(CARGO) test --locked --workspace -q
	@echo '== tests of the host'
	@if $(CARGO) nextest --version >/dev/null 2>&1; \
	then $(CARGO) nextest run --locked --workspace --no-fail-fast; \
	else $(CARGO) test --locked --workspace --no-fail-fast; fi

lint: setup ## Formatting and clippy alone, for the host and the packs; warnings are errors
	@echo '== formatting'
	@$(CARGO) fmt --all --check
	@cd plugins && $(CARGO) fmt --all --check
	@echo '== clippy'
	@$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	@cd plugins && env -u CARGO_TARGET_DIR $(CARGO) clippy --locked --workspace --all-targets -- -D warnings

packs: setup ## The policy packs, as WebAssembly
	@echo '== policy packs'
	@env -u CARGO_TARGET_DIR plugins/build.sh

bench: packs ## The benchmarks
	@$(CARGO) bench --locked -p sanbao-tests

setup: ## Find or install what the build needs: a C compiler, and PostgreSQL for the tests
	@host/cli/scripts/setup.sh $(SANBAO_SETUP)
