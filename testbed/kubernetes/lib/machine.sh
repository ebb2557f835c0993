# shellcheck shell=bash
# What the test bed needs on the machine, and what it changes there.

require_machine() {
	[ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null ||
		die "this test bed needs root on Debian or Ubuntu" "use minikube elsewhere: https://minikube.sigs.k8s.io/docs/start/"
}

# Packages, each with a program that it brings. Another package may bring that program too, as Docker's containerd.io does.
install_packages() {
	local packages=()
	command -v containerd >/dev/null && command -v ctr >/dev/null && command -v runc >/dev/null || packages+=(containerd)
	[ -x "$CNI_PLUGINS/bridge" ] || packages+=(containernetworking-plugins)
	command -v iptables >/dev/null || packages+=(iptables)
	command -v ip >/dev/null || packages+=(iproute2)
	command -v openssl >/dev/null || packages+=(openssl)
	command -v curl >/dev/null || packages+=(curl)
	if [ "${#packages[@]}" = 0 ]; then return 0; fi
	mkdir -p "$WORK"
	step "installing ${packages[*]}" packages.log "install them by hand: apt-get install ${packages[*]}" apt_install "${packages[@]}"
}

# Two clusters on one machine would use the same iptables chains and ports.
refuse_other_kubernetes() {
	if [ -d "$STATE" ]; then return 0; fi
	if iptables-save 2>/dev/null | grep -q '^:KUBE-SERVICES '; then
		say "this machine is a Kubernetes node already: iptables has a chain KUBE-SERVICES; use that cluster, or, if it no longer exists, remove its rules first: kube-proxy --cleanup"
		exit "$CANNOT_RUN"
	fi
}

# Saves the kernel settings that this script, kubelet and kube-proxy change, to restore them later.
# Not net.ipv4.ip_forward and net.bridge.*: a Docker engine that has started since needs them too.
SYSCTLS=(
	fs.inotify.max_user_instances kernel.keys.root_maxbytes kernel.keys.root_maxkeys kernel.panic kernel.panic_on_oops
	net.ipv4.conf.all.route_localnet vm.overcommit_memory vm.panic_on_oom
)

keep_sysctls() {
	local name
	if [ -e "$STATE/sysctls" ]; then return 0; fi
	for name in "${SYSCTLS[@]}"; do
		printf '%s=%s\n' "$name" "$(sysctl -n "$name" 2>/dev/null)"
	done | grep -v '=$' | put "$STATE/sysctls"
}

restore_sysctls() {
	local line
	if [ ! -e "$STATE/sysctls" ]; then return 0; fi
	while read -r line; do sysctl -qw "$line" 2>/dev/null || say "could not restore $line"; done <"$STATE/sysctls"
}

set_sysctls() {
	sysctl -qw net.ipv4.ip_forward=1
	# kubelet watches the log of each container; the default limit of 128 inotify instances is too low for that.
	if (($(sysctl -n fs.inotify.max_user_instances) < 1024)); then sysctl -qw fs.inotify.max_user_instances=1024; fi
	# Frames between two pods pass through the bridge only; Services need iptables to see them.
	if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then sysctl -qw net.bridge.bridge-nf-call-iptables=1; fi
}

# iptables rules that neither kubelet nor kube-proxy makes.
own_rules() { # -C|-A
	local mark=(-m comment --comment "$CLUSTER")
	# What kube-proxy has not translated goes to a Service that it does not know, or not yet. Outside of this machine another host
	# might have that address and answer, and the connection would stay: that of the API server to the metrics API did.
	iptables -w "$1" OUTPUT -d "$SERVICES" "${mark[@]}" -j REJECT &&
		iptables -w "$1" FORWARD -d "$SERVICES" "${mark[@]}" -j REJECT &&
		# A Docker engine drops packets from bridges that it does not know in this chain.
		iptables -w "$1" FORWARD -s "$PODS" "${mark[@]}" -j ACCEPT &&
		iptables -w "$1" FORWARD -d "$PODS" "${mark[@]}" -j ACCEPT &&
		# Pods reach the world with the address of this machine.
		iptables -w -t nat "$1" POSTROUTING -s "$PODS" ! -d "$PODS" "${mark[@]}" -j MASQUERADE
}

set_network() {
	ip address replace "$NODE_IP/32" dev lo
	if ! own_rules -C 2>/dev/null; then
		remove_own_rules iptables
		own_rules -A
		CHANGED+=(rules)
	fi
}

# remove_rules IPTABLES CHAINS MARK: the chains whose names begin with CHAINS, each rule that leads to one of them or
# has MARK, table by table, each table at once.
remove_rules() {
	local iptables=$1 chains=$2 mark=$3 table saved change
	for table in filter nat mangle; do
		saved=$("$iptables-save" -t "$table" 2>/dev/null) || continue
		change=$(
			sed -nE "s/^:($chains[^ ]*) .*/:\\1 - [0:0]/p" <<<"$saved"
			grep -E "^-A .* (-j $chains|$mark)" <<<"$saved" | grep -vE "^-A $chains" | sed 's/^-A /-D /'
			sed -nE "s/^:($chains[^ ]*) .*/-X \\1/p" <<<"$saved"
		) || true
		if [ -n "$change" ]; then
			printf '*%s\n%s\nCOMMIT\n' "$table" "$change" | "$iptables-restore" -w --noflush
		fi
	done
}

remove_own_rules() { # IPTABLES
	remove_rules "$1" "none-" "--comment \"?$CLUSTER\"?"
}

remove_network() {
	local iptables
	for iptables in iptables ip6tables; do
		remove_rules "$iptables" KUBE- "--comment \"?$CLUSTER\"?"
	done
	if [ -e "/sys/class/net/$BRIDGE" ]; then ip link delete "$BRIDGE"; fi
	ip address delete "$NODE_IP/32" dev lo 2>/dev/null || true
}
