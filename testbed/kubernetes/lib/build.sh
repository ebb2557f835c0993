# shellcheck shell=bash
# Builds the test bed's programs from pinned Go modules into the project's cache, one folder for each component:
#   testbed-kubernetes/COMPONENT-KEY/bin/PROGRAM
# KEY is a hash of everything that the component is built from, so that an existing folder is never outdated.

KUBERNETES=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
CHECKOUT=$(cd "$KUBERNETES/../.." && pwd -P)
# Exit code if the machine cannot have the test bed.
readonly CANNOT_RUN=69
# shellcheck source=toolchain/lib/steps.sh
source "$CHECKOUT/toolchain/lib/steps.sh"
# Not in the folders of the toolchain's set-up: a build of several minutes must not block set-ups.
CACHE=$CACHE/testbed-kubernetes
LOGS=$CACHE/logs
WORK=$CACHE/tmp/$$
# shellcheck source=toolchain/lib/lock.sh
source "$CHECKOUT/toolchain/lib/lock.sh"
# shellcheck source=toolchain/lib/go.sh
source "$CHECKOUT/toolchain/lib/go.sh"

# What `up` needs, in build order: the components that others wait for come first.
COMPONENTS=(etcd kube-apiserver kubernetes pause hostpath-provisioner network-policies coredns metrics-server)

# The module that a component is built from.
module_of() { # COMPONENT
	case $1 in
	kube-apiserver | kubernetes) echo "$KUBERNETES/modules/kubernetes" ;;
	*) echo "$KUBERNETES/modules/$1" ;;
	esac
}

packages_of() { # COMPONENT
	case $1 in
	etcd) echo go.etcd.io/etcd/server/v3 ;;
	kube-apiserver) echo k8s.io/kubernetes/cmd/kube-apiserver ;;
	kubernetes)
		printf 'k8s.io/kubernetes/cmd/%s\n' kube-controller-manager kube-scheduler kubelet kube-proxy kubectl
		;;
	coredns) echo github.com/coredns/coredns ;;
	metrics-server) echo sigs.k8s.io/metrics-server/cmd/metrics-server ;;
	kwok) echo sigs.k8s.io/kwok/cmd/kwok ;;
	*) echo . ;;
	esac
}

# The version that a module is pinned to, from go.mod.
pinned() { # COMPONENT MODULE
	awk -v module="$2" '{ sub(/^require /, "") } $1 == module && $2 ~ /^v/ { print $2; exit }' "$(module_of "$1")/go.mod"
}

# Sets the version that the programs report. Without it an API server reports v0.0.0, which clients and controllers do not
# accept.
version_flags() { # COMPONENT
	local version package
	case $1 in
	kube-apiserver | kubernetes)
		version=$(pinned "$1" k8s.io/kubernetes)
		for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
			printf -- '-X %s.%s ' "$package" "gitVersion=$version" "$package" gitMajor=1 \
				"$package" "gitMinor=$(cut -d. -f2 <<<"$version")" "$package" gitTreeState=clean
		done
		;;
	metrics-server)
		printf -- '-X k8s.io/component-base/version.gitVersion=%s' "$(pinned "$1" sigs.k8s.io/metrics-server)"
		;;
	esac
}

component_folder() { # COMPONENT
	local key
	key=$({
		tree_hash "$(module_of "$1")" -name go.mod -o -name go.sum -o \( -name '*.go' ! -name '*_test.go' \)
		packages_of "$1"
		version_flags "$1"
		declare -f go_build build_component copy_stages
		# Outside of the module, whose toolchain line would make go download another Go here.
		(cd / && go version)
	} | short_hash)
	echo "$CACHE/$1-$key"
}

is_built() { [ -d "$1" ]; }

build_component() { # COMPONENT TARGET-FOLDER
	local packages
	mapfile -t packages < <(packages_of "$1")
	mkdir -p "$2/bin"
	cd "$(module_of "$1")"
	# -p 2: each of these compilers and linkers takes up to 2 GB.
	go_build -p 2 -ldflags "-s -w $(version_flags "$1")" -o "$2/bin/" "${packages[@]}"
	if [ "$1" = etcd ]; then mv "$2/bin/server" "$2/bin/etcd"; fi
	if [ "$1" = kwok ]; then copy_stages "$2"; fi
}

# kwok reads the stages of simulated nodes and pods from files of its module, which are not in the program.
copy_stages() { # TARGET-FOLDER
	local source
	source=$(go list -m -f '{{.Dir}}' sigs.k8s.io/kwok)/kustomize/stage
	mkdir -p "$1/stages"
	cp "$source"/node/fast/node-*.yaml "$source"/node/heartbeat-with-lease/node-*.yaml "$source"/pod/fast/pod-*.yaml "$1/stages/"
}

# Builds what the cache lacks. May be interrupted and repeated: Go keeps what it has compiled.
build_components() { # COMPONENT...
	local component folder missing=() count=0
	require_go_here
	for component in "$@"; do
		if ! is_built "$(component_folder "$component")"; then missing+=("$component"); fi
	done
	if [ "${#missing[@]}" = 0 ]; then return 0; fi
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	take_lock
	rm -rf "$CACHE/tmp"
	mkdir -p "$WORK"
	for component in "${missing[@]}"; do
		count=$((count + 1))
		folder=$(component_folder "$component")
		# Another run may have built it while this one waited for the lock.
		if is_built "$folder"; then continue; fi
		step "building $component ($count of ${#missing[@]})" "$component.log" "$GO_HINT" \
			build_component "$component" "$WORK/$component"
		publish "$WORK/$component" "$folder"
	done
	clean_up
	LOCK_HELD=
	trap - EXIT INT TERM HUP
}

require_go_here() {
	if have_go; then return; fi
	say "Go is needed to build Kubernetes: install Go 1.26 or newer from https://go.dev/dl/ or use Minikube instead"
	exit "$CANNOT_RUN"
}

# The path of a program.
program() { # NAME
	local component
	case $1 in
	kube-controller-manager | kube-scheduler | kubelet | kube-proxy | kubectl) component=kubernetes ;;
	*) component=$1 ;;
	esac
	echo "$(component_folder "$component")/bin/$1"
}
