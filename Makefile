# Every target hands over to a script; make help says what each does. STACK chooses the stack.
STACK ?= dev
export STACK

.DEFAULT_GOAL := help
.PHONY: help setup env up preview down purge info token logs shell submit backup restore forget-machine engine-start engine-stop testbed-kubernetes-up testbed-kubernetes-down testbed-podman-up testbed-podman-down testbed-swarm-up testbed-swarm-down test test-unit test-platforms test-nightly test-releases format

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { gsub(/[$$][$$]/, "$$"); printf "  make %-24s %s\n", $$1, $$2 }' Makefile
	@printf '  STACK=%s names the stack; see stacks/ for those that are there\n' '$(STACK)'

setup: ## find or get everything that pulumi needs here
	@toolchain/setup

env: ## shell lines with which pulumi works here: eval "$$(make -s env)"
	@toolchain/env

up: ## make the cluster and run a small job on it
	@ops/cluster up

preview: ## show what up would change
	@ops/cluster preview

down: ## take the cluster away; the workspace and the images stay
	@ops/cluster down

purge: ## take everything away, the workspace with its files too
	@ops/cluster purge

info: ## addresses, versions and workers of the running cluster
	@ops/cluster info

token: ## print JupyterLab's token
	@ops/cluster token

logs: ## what the nodes logged; NODE=master|worker|edge for one kind
	@ops/cluster logs

shell: ## a shell on the edge node
	@ops/cluster shell

submit: ## run FILE=job.py on the cluster with spark-submit; ARGS='...' are given to the job
	@ops/cluster submit

backup: ## save the workspace's files in FILE=workspace.tar.gz on this machine
	@ops/workspace backup

restore: ## put FILE=workspace.tar.gz into the workspace; OVERWRITE=yes replaces files that differ
	@ops/workspace restore

forget-machine: ## take MACHINE=name out of a Swarm's stack when it is gone for good
	@ops/forget-machine

engine-start: ## a Docker engine for this machine: the one that answers, else one that is installed and started as root on Debian
	@ops/engine up

engine-stop: ## end the Docker engine that up started, if it did
	@ops/engine stop

testbed-kubernetes-up: ## a Kubernetes node on this machine, built on the first run; prints its kubeconfig
	@testbed/kubernetes/up

testbed-kubernetes-down: ## take that node away without a trace
	@testbed/kubernetes/down

testbed-podman-up: ## Podman on this machine beside a Docker engine; prints its socket
	@testbed/podman/up

testbed-podman-down: ## take that Podman away without a trace
	@testbed/podman/down

testbed-swarm-up: ## three machines for a Docker Swarm, as containers of this machine's engine, and the stack swarm-testbed for them
	@testbed/swarm/up

testbed-swarm-down: ## take those machines away without a trace
	@testbed/swarm/down

test: ## units, scripts, images, and live tests on Docker; says beforehand how long it takes and what it installs
	@testbed/test

test-unit: ## the tests that need no engine
	@testbed/test unit

test-platforms: ## live tests on Kubernetes, Podman and a Docker Swarm, on test beds of this machine
	@testbed/test platforms

test-nightly: ## the rest, in parts of at most an hour: PART=NAME runs one, without it they are listed
	@testbed/test nightly $(PART)

test-releases: ## a cluster of every Spark release; builds what is not built yet
	@testbed/test releases

format: ## format all sources
	@ops/format
