# shellcheck shell=bash
# Sourced by `up` and `down`: the file of the stack swarm-testbed in this checkout, which has a cluster on the three machines.

stack_file=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)/stacks/Pulumi.$BED.yaml

# yaml_text TEXT: prints the text as a YAML value.
yaml_text() { printf "'%s'" "${1//\'/\'\'}"; }

stack_text() {
	cat <<-YAML
		# The cluster on the machines of the test bed: make up STACK=$BED. Written by make testbed-swarm-up, for this checkout. For machines of yours use Pulumi.swarm.yaml.
		config:
		  spark-cluster:platform: swarm
		  spark-cluster:swarm:
		    user: $USER_NAME
		    keyFile: $(yaml_text "$KEY")
		    knownHosts: $(yaml_text "$KNOWN_HOSTS")
		    manager: $JUMP
		    jumpHost:
		      host: ${ADDRESS[$JUMP]}
		    machines:
		      alpha:
		        host: ${ADDRESS[alpha]}
		        labels: {role: head}
		      beta:
		        host: ${ADDRESS[beta]}
		        # Reached from here through jumpHost only.
		        behindJumpHost: true
		        labels: {role: compute}
		      gamma:
		        # Has no Docker before the first up, and none after down.
		        host: ${ADDRESS[gamma]}
		        labels: {role: compute}
		    placement:
		      master: {role: head}
		      edge: {role: head}
		    workspace:
		      # The same folder on all machines, as of a share that the administrator mounted.
		      hostPath: $SHARE
		    # The machines share the CPUs of this one.
		    cpuReservationPercent: 5
		  spark-cluster:workers:
		    count: 2
		    cores: 2
		    memory: 2g
	YAML
}

# An existing file stays as it is: it may be edited, and has the salt without which its stack cannot be opened.
write_stack() {
	if [ ! -e "$stack_file" ]; then
		stack_text >"$stack_file.new"
		mv "$stack_file.new" "$stack_file"
	elif ! grep -qF "$KEY" "$stack_file"; then
		say "stacks/${stack_file##*/} does not name the machines' key $KEY: to have it written anew, remove it"
	fi
}

# Removes the file only if it is unchanged.
remove_stack() {
	if stack_text | cmp -s - "$stack_file"; then rm -f "$stack_file"; fi
}
