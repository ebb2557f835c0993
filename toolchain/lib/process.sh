# shellcheck shell=bash
# Processes: whether one runs, and a bound for a command. For bash 3.2 and BSD tools too.

# is_alive PID: whether there is such a process, whoever owns it. kill also fails for a process of another user.
is_alive() { kill -0 "$1" 2>/dev/null || [ -e "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1; }

# bounded SECONDS COMMAND...: ends the command by SIGTERM when the time is over, five seconds later by SIGKILL. Exit code 124 then.
bounded() {
	local seconds=$1
	shift
	if command -v timeout >/dev/null; then
		timeout -k 5 "$seconds" "$@"
	elif command -v gtimeout >/dev/null; then
		gtimeout -k 5 "$seconds" "$@"
	else
		# macOS has no timeout, but Perl. The alarm stays with Perl: programs in Go, such as docker, ignore it.
		perl -e '
			my $seconds = shift;
			my $child = fork;
			defined $child or die "no new process: $!\n";
			if (!$child) { exec @ARGV or exit 127 }
			$SIG{INT} = $SIG{TERM} = sub { kill "TERM", $child };
			$SIG{ALRM} = sub {
				kill "TERM", $child;
				for (1 .. 50) {
					if (waitpid($child, 1) != 0) { exit 124 } # 1 is WNOHANG
					select undef, undef, undef, 0.1;
				}
				kill "KILL", $child;
				waitpid $child, 0;
				exit 124;
			};
			alarm $seconds;
			1 while waitpid($child, 0) == -1 && $!{EINTR};
			exit($? & 127 ? 128 + ($? & 127) : $? >> 8);
		' "$seconds" "$@"
	fi
}
