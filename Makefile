# The commands of this checkout. All the work is in tools/stack, which needs nothing but Python 3.11.
SHELL := /bin/sh
STACK := @sh tools/stack/bootstrap.sh
.DEFAULT_GOAL := help
.PHONY: help setup packages demo test check browser-test smoke bench clean-state

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: ## install what is missing: system packages, Python and Node packages, the page's build
	$(STACK) setup

packages: ## install the system packages only (for a machine where root does that: sudo make packages)
	$(STACK) packages

demo: ## run the whole platform with a built city until Ctrl-C (PORT=8000, PARCELS=12000)
	$(STACK) demo

test: ## gates, unit and database tests, browser tests
	$(STACK) test

check: ## the gates only: style, types, import contracts, migrations, deployment
	$(STACK) check

browser-test: ## the browser tests only
	$(STACK) browser-test

smoke: ## build a small city, walk one request over HTTP, print what was seen as one line of JSON
	$(STACK) smoke

bench: ## measure this platform against the limits of this machine
	$(STACK) bench

clean-state: ## remove the private databases and queues, after asking (YES=1: without)
	$(STACK) clean-state
