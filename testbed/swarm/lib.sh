# shellcheck shell=bash
# Sourced by the scripts of this folder: names, addresses and folders of the test bed, and shared functions. A machine has only one test bed.
# shellcheck disable=SC2034  # read by the files that source this one

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=toolchain/lib/common.sh
source "$here/../../toolchain/lib/common.sh"

BED=swarm-testbed
STATE=${SPARK_CLUSTER_SWARM_TESTBED:-$HOME/.local/state/spark-cluster-swarm-testbed}
KEY=$STATE/id_ed25519
KNOWN_HOSTS=$STATE/known_hosts
USER_NAME='admin'
SUBNET=10.99.0.0/24
GATEWAY=10.99.0.1
# A folder that all machines share, as if an administrator had mounted a share.
SHARE=/srv/spark-workspace

# alpha can be reached from anywhere, beta only through alpha; gamma has no Docker.
MACHINES=(alpha beta gamma)
declare -A ADDRESS=([alpha]=10.99.0.11 [beta]=10.99.0.12 [gamma]=10.99.0.13)
declare -A KIND=([alpha]=docker [beta]=docker [gamma]=bare)
BEHIND=beta
JUMP=alpha

container() { printf '%s-%s' "$BED" "$1"; }

image_of() { printf '%s-%s' "$BED" "$1"; }

# The images' tag is a hash of what they are built from, so that they are built again only after a change.
content_tag() {
	{
		docker image inspect --format '{{.Id}}' "$(base_image)"
		cat "$here/image"/*
	} | short_hash
}

base_image() { printf 'debian:bookworm-slim'; }

is_up() { [ "$(docker inspect --format '{{.State.Running}}' "$(container "$1")" 2>/dev/null)" = true ]; }

# in_machine NAME COMMAND...: runs the command there as root, without SSH.
in_machine() {
	local name=$1
	shift
	docker exec --interactive "$(container "$name")" "$@"
}

lock_testbed() {
	mkdir -p "$STATE"
	chmod 700 "$STATE"
	exec 8<"$(dirname "$STATE")"
	flock --timeout 300 8 || die "another script works on the test bed for more than 300 s: wait for it, or end it, and repeat"
}
