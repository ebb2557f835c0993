# shellcheck shell=bash
# Builds from source with Go, for machines that cannot reach the downloads.

GO_HINT="Go gets sources from the module proxy (GOPROXY): check that it can be reached, and that the disk has 6 GB free"

# Puts go on PATH if it is there at all.
have_go() {
	if ! command -v go >/dev/null && [ -x /usr/local/go/bin/go ]; then PATH=$PATH:/usr/local/go/bin; fi
	command -v go >/dev/null
}

require_go() { # FOR-WHAT
	have_go || die "Go is needed to build $1, because its official download cannot be reached" \
		"install Go 1.25 or newer from https://go.dev/dl/ (or a package of your system)," \
		"or let this machine reach $DOWNLOADS"
}

# The key of a build: what is built, by which Go, for which machine, and how.
build_key() { # FOLDER
	{
		tree_hash "$1" -name go.mod -o -name go.sum -o \( -name '*.go' ! -name '*_test.go' \)
		tree_hash "$TOOLCHAIN/lib" -name go.sh
		# Outside of the folder, so that a module's own toolchain line does not fetch another Go here.
		(cd / && go version)
	} | short_hash
}

# Says how many packages a build compiles at most, for step_state; go build -v prints each that it compiles.
count_packages() { # PACKAGE [FLAG...]
	local package=$1
	shift
	echo "packages: $(CGO_ENABLED=0 GOFLAGS='' go list -deps "$@" "$package" | wc -l | tr -d ' ')"
}

go_build() { CGO_ENABLED=0 GOFLAGS='' go build -trimpath -buildvcs=false "$@"; }

build_cli() { # TARGET-FOLDER
	mkdir -p "$1/bin"
	cd "$TOOLCHAIN/cli"
	count_packages tool
	go_build -v -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$PULUMI_VERSION" \
		-o "$1/bin/" tool
}

# The sources are built from a copy, because the schema is generated into them.
build_docker_plugin() { # TARGET-FOLDER
	local source=$1.source
	cp -R "$TOOLCHAIN/plugins/docker" "$source"
	cd "$source"
	# Docker Compose is half of upstream's dependencies and not in the package.
	count_packages ./cmd/schema -tags no_compose
	go_build -v -tags no_compose -o "$1.schema" ./cmd/schema
	"$1.schema" >generated/schema.json
	mkdir -p "$1"
	go_build -v -tags no_compose -ldflags "-s -w" -o "$1/pulumi-resource-docker" .
	rm -rf "$source" "$1.schema"
}

# The same for its schema; Go gets the release of Kubernetes that describes the API.
build_kubernetes_plugin() { # TARGET-FOLDER
	local source=$1.source
	cp -R "$TOOLCHAIN/plugins/kubernetes" "$source"
	cd "$source"
	count_packages .
	go_build -v -o "$1.schema" ./cmd/schema
	"$1.schema" >generated/schema.json
	mkdir -p "$1"
	go_build -v -ldflags "-s -w" -o "$1/pulumi-resource-kubernetes" .
	rm -rf "$source" "$1.schema"
}

build_command_plugin() { # TARGET-FOLDER
	mkdir -p "$1"
	cd "$TOOLCHAIN/plugins/command"
	count_packages .
	go_build -v -ldflags "-s -w" -o "$1/pulumi-resource-command" .
}
