# Everything goes through here; `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test hostile bench setup packs lint

CARGO ?= cargo
# The story is timed, so it runs optimised; CI takes the build that the tests have made already.
PROFILE ?= $(if $(CI),dev,release)
BUILD = $(if $(filter dev,$(PROFILE)),--workspace --bins --tests,--profile $(PROFILE) -p sanbao)
BINARY = $${CARGO_TARGET_DIR:-target}/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))/sanbao

help: ## This list
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: packs ## Play the life of two dozen tickets, then leave the host running (FRESH=1 starts over, CI=1 ends by itself)
	@echo '== host ($(PROFILE); the first build takes some minutes)'
	@$(CARGO) build --locked $(BUILD)
	@"$(BINARY)" demo $(if $(FRESH),--fresh)

# Not nextest, which gives every test a process of its own: the tests of one process share a PostgreSQL cluster.
test: export SANBAO_SETUP = test
test: lint packs ## Formatting, lints, policy packs, then every test on SQLite and PostgreSQL
	@echo '== tests of the policy packs'
	@cd plugins && env -u CARGO_TARGET_DIR $(CARGO) test --locked --workspace -q
	@echo '== tests of the host'
	@$(CARGO) test --locked --workspace --no-fail-fast

# Beyond what `make test` tries of the same; SANBAO_HOSTILE is how many of each kind.
hostile: packs ## Hostile uploads by the hundred thousand: cut, altered and random components (an hour, optimised)
	@SANBAO_HOSTILE=$(or $(SANBAO_HOSTILE),100000) $(CARGO) test --release --locked --workspace --test uploads -- damaged:: random::

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

bench: export SANBAO_SETUP = test
bench: packs ## The benchmarks
	@$(CARGO) bench --locked -p sanbao-policy -p sanbao-tests --benches

setup: ## Find or install what the build needs: a C compiler; PostgreSQL and Chromium for the tests
	@host/cli/scripts/setup.sh $(SANBAO_SETUP)
