# The commands of the project; `make` alone lists them. Each command sets up what is missing, without root.
# PYTHON=/path names a Python, PULUMI=/path names a Pulumi CLI, INSTALLER=official runs Pulumi's own installer.

.DEFAULT_GOAL := help
.PHONY: docs pictures plugin sdk help up preview policy down test test-pythons test-versions coverage check chaos contract format emulator stop env setup wheels lock mutation clean clean-tools clean-state fleet fleet-points bench bench-full
RUN := @engine/run

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | sed 's/[$$][$$]/$$/' | expand -t 20

up: ## start the emulator, and run `pulumi up` on the dev stack
	$(RUN) up

preview: ## run `pulumi preview` on the dev stack
	$(RUN) preview

policy: ## check the preview and the state of the dev stack by the policy pack (docs/policies)
	$(RUN) policy

down: ## run `pulumi destroy` on the dev stack, then stop the emulator
	$(RUN) down

test: ## run all tests but the large ones, including those with the real engine (ARGS="-k word")
	$(RUN) test

test-pythons: ## run the tests without the engine on each supported Python that this machine has (VERSIONS="3.14")
	$(RUN) test-pythons

test-versions: ## run the tests with the engine on the oldest and the newest supported Pulumi (VERSIONS=oldest)
	$(RUN) test-versions

coverage: ## run all tests, and measure the branch coverage of the provider in all processes
	$(RUN) coverage

chaos: ## run the large tests, then kills, signals and faults at random moments (half an hour; CHAOS="--full" for more)
	$(RUN) chaos

contract: ## check requests and answers by Adobe's OpenAPI (SPECS=<folder>; CONTRACT="--requests 20000 --seed 1")
	$(RUN) contract

mutation: ## run the mutation tests of the core, and list the changes that no test notices (an hour; MUTATION="--again")
	$(RUN) mutation

fleet: ## update the stacks of 20 made-up sandboxes, two at once (FLEET="--stacks 4 --at-once 1 --fail sandbox-3")
	$(RUN) fleet

fleet-points: ## measure stacks and fleets, and write the numbers of docs/how-to/scale.md (5 minutes on a quiet machine)
	$(RUN) fleet-points

bench: ## run the benchmarks beside other providers, and check the budget (25 minutes)
	$(RUN) bench

bench-full: ## run the benchmarks at more sizes and latencies (an hour)
	$(RUN) bench-full

check: ## check format, lint, types and direction of imports, and run the fast tests
	$(RUN) check

docs: ## build the documentation as a site into .site (warnings are errors)
	$(RUN) docs

pictures: ## record the pictures of the command line's pages from real commands
	$(RUN) pictures

plugin: ## build the archive of the native provider that `pulumi plugin install` takes, into .sdk/
	$(RUN) plugin

sdk: ## generate the SDKs of the native provider: Python in provider/, TypeScript and Go in .sdk/
	$(RUN) sdk

format: ## format the code, and let ruff correct what it can
	$(RUN) format

emulator: ## start only the emulator, in the background
	$(RUN) emulator

stop: ## stop the emulator, and keep its data
	$(RUN) stop

env: ## print the variables with which `pulumi` and `adobe-flow` work in a shell: eval "$$(make -s env)"
	$(RUN) env

setup: ## only set up .venv with the packages of `make up`, and .tools with the Pulumi CLI
	$(RUN) setup

wheels: ## build the wheels of the three distributions into dist/, without a network
	$(RUN) wheels

lock: ## resolve requirements/*.in into the lock files beside them (UPGRADE=1 for newer versions)
	$(RUN) lock

clean: ## remove .venv and caches
	$(RUN) clean

clean-tools: ## remove .tools, with the Pulumi CLI
	$(RUN) clean-tools

clean-state: ## remove the state of the dev stack and the data of the emulator
	$(RUN) clean-state
