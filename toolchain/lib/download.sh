# shellcheck shell=bash
# Downloads official archives if the site answers, and verifies each one.

DOWNLOADS=${SPARK_CLUSTER_DOWNLOADS:-https://get.pulumi.com/releases}
DOWNLOADS_ANSWER=

# Checks once whether the download site can be reached, so that a machine without
# access does not wait for a time-out for every archive.
downloads_reachable() {
	local reason
	if [ -z "$DOWNLOADS_ANSWER" ]; then
		DOWNLOADS_ANSWER=no
		if ! command -v curl >/dev/null; then
			say "curl is not installed, so nothing is downloaded"
		elif reason=$(curl -fsSL --connect-timeout 3 --max-time 10 -o /dev/null \
			"$DOWNLOADS/sdk/pulumi-$PULUMI_VERSION-checksums.txt" 2>&1); then
			DOWNLOADS_ANSWER=yes
		else
			say "$DOWNLOADS cannot be reached, so what is missing is built from source ($reason)"
		fi
	fi
	[ "$DOWNLOADS_ANSWER" = yes ]
}

# Fetches an archive, verifies it and unpacks it into FOLDER. Fails with a message if
# it cannot be fetched; ends the set-up if the digest differs from the published one.
download_archive() { # URL CHECKSUMS-URL FOLDER
	local url=$1 checksums=$2 folder=$3 name=${1##*/} wanted actual
	mkdir -p "$WORK/download" "$folder"
	wanted=$(pinned_digest "$name")
	if [ -z "$wanted" ]; then
		fetch "$checksums" "$WORK/download/checksums" || {
			say "without the list of checksums nothing is downloaded: $name is built from source instead"
			return 1
		}
		wanted=$(listed_digest "$name" <"$WORK/download/checksums")
		if [ -z "$wanted" ]; then
			die "$checksums does not name $name" "the release may lack an archive for this machine"
		fi
	fi
	say "downloading $url ..."
	fetch "$url" "$WORK/download/$name" || {
		say "the official archive $name could not be had: it is built from source instead"
		return 1
	}
	actual=$(digest_like "$wanted" "$WORK/download/$name")
	if [ "$actual" != "$wanted" ]; then
		rm -f "$WORK/download/$name"
		die "$name is not what was published: its checksum is $actual, expected $wanted" \
			"it came from $url; run the set-up again, or find out what changed it on the way"
	fi
	tar -xzf "$WORK/download/$name" -C "$folder"
	rm -f "$WORK/download/$name"
}

fetch() { # URL FILE
	local reason
	reason=$(curl -fsSL --connect-timeout 5 --retry 2 --speed-limit 1024 --speed-time 30 --max-time 1800 \
		-o "$2" "$1" 2>&1) || {
		say "could not download $1: ${reason:-curl gave no reason}"
		return 1
	}
}

pinned_digest() { # NAME
	printf '%s\n' "$PINNED_DIGESTS" | listed_digest "$1"
}

# Lists name files as "name", "./name" or "*name".
listed_digest() { # NAME, list on standard input
	awk -v name="$1" '{ file = $2; sub(/^\*/, "", file); sub(/^\.\//, "", file) }
		file == name { print tolower($1); exit }'
}

# The digest's length says how it was made: the CLI's list has SHA-256, the
# plugins' lists have SHA-1.
digest_like() { # DIGEST FILE
	case ${#1} in
	64) sum_of "$2" ;;
	40) sha1 "$2" | cut -d' ' -f1 ;;
	*) die "cannot verify $2: '$1' is neither a SHA-256 nor a SHA-1 digest" ;;
	esac
}

# The operating system and processor as the names of archives spell them.
machine_os() {
	case $(uname -s) in
	Linux) echo linux ;;
	Darwin) echo darwin ;;
	*) die "no toolchain for $(uname -s)" "use Linux or macOS; on Windows use WSL 2" ;;
	esac
}

no_32_bit_arm() {
	die "no toolchain for 32-bit ARM ($(uname -m)): PyArrow, which Spark's Python needs, has no wheels for it" \
		"use a 64-bit system; a Raspberry Pi 3, 4 or 5 can run one, an Odroid XU4 cannot"
}

machine_arch() {
	case $(uname -m) in
	x86_64 | amd64) echo amd64 ;;
	aarch64 | arm64)
		# A 32-bit system on a 64-bit processor, as Raspberry Pi OS (32-bit).
		if [ "$(getconf LONG_BIT 2>/dev/null || echo 64)" = 32 ]; then no_32_bit_arm; fi
		echo arm64
		;;
	arm*) no_32_bit_arm ;;
	*) die "no toolchain for the processor $(uname -m)" "use an amd64 or an arm64 machine" ;;
	esac
}
