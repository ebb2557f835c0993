# Every target runs a script; make help says what each does. STACK chooses the stack.
STACK ?= dev
export STACK

.DEFAULT_GOAL := help
.PHONY: help setup env up images update push preview down purge info token logs shell submit backup restore forget-machine engine-start engine-stop testbed-kubernetes-up testbed-kubernetes-down testbed-podman-up testbed-podman-down testbed-swarm-up testbed-swarm-down test test-unit test-platforms test-nightly test-releases format

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { gsub(/[$$][$$]/, "$$"); printf "  make %-24s %s\n", $$1, $$2 }' Makefile
	@printf '  STACK=%s names the stack; stacks/ has one file for each\n' '$(STACK)'

setup: ## find or get the Pulumi CLI, its plugins and what they need
	@toolchain/setup

env: ## print shell lines that set up pulumi for this checkout: eval "$$(make -s env)"
	@toolchain/env

up: ## make the cluster and run a small job on it
	@ops/cluster up

images: ## build the images of the stack's cluster, without the cluster, with tags that people can read
	@ops/images build

update: ## build the images with Debian's security updates, print which packages are newer; make up then replaces the nodes
	@ops/images update

push: ## build the images and push them to REGISTRY=registry.example.org/team, for stacks elsewhere
	@ops/images push

preview: ## show what up would change
	@ops/cluster preview

down: ## remove the cluster; keep the workspace and the images
	@ops/cluster down

purge: ## remove everything, including the workspace with its files and the images
	@ops/cluster purge

info: ## show addresses and nodes of the running cluster
	@ops/cluster info

token: ## print JupyterLab's token
	@ops/cluster token

logs: ## show the logs of the nodes; NODE=master|worker|edge|history for one kind
	@ops/cluster logs

shell: ## open a shell on the edge node
	@ops/cluster shell

submit: ## run FILE=job.py on the cluster with spark-submit; ARGS='...' are the job's arguments
	@ops/cluster submit

backup: ## save the workspace's files to FILE=workspace.tar.gz on this machine
	@ops/workspace backup

restore: ## add the files of FILE=workspace.tar.gz to the workspace; OVERWRITE=yes replaces files that differ
	@ops/workspace restore

forget-machine: ## remove MACHINE=name, which is gone for good, from a Swarm's stack
	@ops/forget-machine

engine-start: ## use the Docker engine that answers, else install and start one (as root on Debian or Ubuntu)
	@ops/engine up

engine-stop: ## stop the Docker engine, if up or engine-start started it
	@ops/engine stop

testbed-kubernetes-up: ## start a Kubernetes node on this machine, built on the first run; prints its kubeconfig
	@testbed/kubernetes/up

testbed-kubernetes-down: ## remove that node; only built programs and packages stay
	@testbed/kubernetes/down

testbed-podman-up: ## start Podman on this machine, beside a Docker engine; prints its socket
	@testbed/podman/up

testbed-podman-down: ## remove that Podman's service and data; only packages stay
	@testbed/podman/down

testbed-swarm-up: ## start three containers as machines for a Docker Swarm, and write the stack swarm-testbed for them
	@testbed/swarm/up

testbed-swarm-down: ## remove those machines
	@testbed/swarm/down

test: ## run unit tests, tests of scripts and images, and live tests on Docker; says first how long it takes and what it installs
	@testbed/test

test-unit: ## run the tests that need no engine
	@testbed/test unit

test-platforms: ## run live tests on Kubernetes, Podman and a Docker Swarm, on test beds on this machine
	@testbed/test platforms

test-nightly: ## run the longest tests, in parts of at most an hour: PART=NAME runs one; without it, lists them
	@testbed/test nightly $(PART)

test-releases: ## run a cluster with each Spark release; builds missing images
	@testbed/test releases

format: ## format all sources
	@ops/format
