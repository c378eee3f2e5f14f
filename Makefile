# What the project can do; `make` alone tells. Every step sets up what is missing, without root.
# PYTHON=/path names a Python, PULUMI=/path a Pulumi CLI, INSTALLER=official lets Pulumi's installer bring one.

.DEFAULT_GOAL := help
.PHONY: docs pictures help up preview policy down test coverage check chaos contract format emulator stop env setup lock mutation clean clean-tools clean-state fleet fleet-points bench bench-full
RUN := @engine/run

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | sed 's/[$$][$$]/$$/' | expand -t 20

up: ## start the emulator and bring the dev stack to what __main__.py declares
	$(RUN) up

preview: ## show what `make up` would do
	$(RUN) preview

policy: ## judge what `make up` would make, and what there is, by the policy pack (docs/policies)
	$(RUN) policy

down: ## delete what the dev stack made, then stop the emulator
	$(RUN) down

test: ## all tests, those with the real engine included (ARGS="-k word")
	$(RUN) test

coverage: ## all tests, with the branch coverage of the provider in all processes
	$(RUN) coverage

chaos: ## kills, signals and faults at random moments (a quarter of an hour; CHAOS="--full" for a whole campaign)
	$(RUN) chaos

contract: ## judge requests and answers by Adobe's OpenAPI (SPECS=<folder>; CONTRACT="--requests 20000 --seed 1")
	$(RUN) contract

mutation: ## change the core in thousands of ways, and see which no test notices (an hour; MUTATION="--again")
	$(RUN) mutation

fleet: ## 20 sandboxes, a stack for each, two at once (FLEET="--stacks 4 --at-once 1 --fail sandbox-3")
	$(RUN) fleet

fleet-points: ## measure what a fleet costs, and write docs/scale.md anew (five minutes on a quiet machine)
	$(RUN) fleet-points

bench: ## what it costs beside others, and whether that is within the budget (ten minutes)
	$(RUN) bench

bench-full: ## the same at more sizes and latencies (an hour)
	$(RUN) bench-full

check: ## format, lint, types, direction of imports and the fast tests
	$(RUN) check

docs: ## the documentation as a site, into .site (warnings are errors)
	$(RUN) docs

pictures: ## record the pictures of the command line's pages, from the real commands in a pseudo-terminal
	$(RUN) pictures

format: ## let ruff format and mend what it can
	$(RUN) format

emulator: ## start the emulator alone, in the background
	$(RUN) emulator

stop: ## stop the emulator; its data stays
	$(RUN) stop

env: ## print what a shell needs for a bare `pulumi`: eval "$$(make -s env)"
	$(RUN) env

setup: ## set up only: .venv with Python's packages, .tools with the Pulumi CLI
	$(RUN) setup

lock: ## resolve requirements.in into requirements.lock (UPGRADE=1 for newer versions)
	$(RUN) lock

clean: ## remove .venv and caches
	$(RUN) clean

clean-tools: ## remove .tools, with the Pulumi CLI
	$(RUN) clean-tools

clean-state: ## forget the dev stack and empty the emulator
	$(RUN) clean-state
