# shellcheck shell=bash
# Sourced by the scripts of this folder: everything that they share.

lib=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=testbed/kubernetes/lib/settings.sh
source "$lib/settings.sh"
# shellcheck source=testbed/kubernetes/lib/build.sh
source "$lib/build.sh"
# shellcheck source=testbed/kubernetes/lib/machine.sh
source "$lib/machine.sh"
# shellcheck source=testbed/kubernetes/lib/processes.sh
source "$lib/processes.sh"
# shellcheck source=testbed/kubernetes/lib/certificates.sh
source "$lib/certificates.sh"
# shellcheck source=testbed/kubernetes/lib/images.sh
source "$lib/images.sh"
# shellcheck source=testbed/kubernetes/lib/components.sh
source "$lib/components.sh"

# Only one script at a time may change the test bed. The lock is on a folder that always exists, so that no file is left.
lock_testbed() {
	exec 8</var/lib
	if ! flock --nonblock 8; then
		say "waiting for another script that works on the test bed"
		flock --timeout 300 8 || die "another script works on the test bed for more than 300 s" "wait for it, or end it, and repeat"
	fi
}

require_running() {
	is_running kube-apiserver || die "the test bed is not running" "start it with: make testbed-kubernetes-up"
}
