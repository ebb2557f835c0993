# shellcheck shell=sh
# bounded SECONDS COMMAND...: runs the command. When the time is over, sends it SIGTERM, and five seconds later SIGKILL. The exit code is then 124, or 137
# from GNU's timeout after SIGKILL.
bounded() {
	if command -v timeout >/dev/null; then
		timeout -k 5 "$@"
	elif command -v gtimeout >/dev/null; then
		gtimeout -k 5 "$@"
	else
		# macOS has no timeout, but it has Perl. Perl keeps the alarm to itself, since programs in Go, such as docker, ignore SIGALRM.
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
		' "$@"
	fi
}
