# shellcheck shell=bash
# A JDK, and Maven through the project's wrapper.

# Sets JDK to the home of the first JDK that is new enough.
find_jdk() {
	local home seen=''
	while IFS= read -r home; do
		is_jdk "$home" || continue
		local version
		version=$(java_major "$home")
		if [ -n "$version" ] && [ "$version" -ge "$JAVA_MINIMUM" ]; then
			JDK=$home
			JDK_VERSION=$version
			return
		fi
		seen="$seen $home (Java ${version:-unknown})"
	done < <(jdk_candidates)
	die "no JDK $JAVA_MINIMUM or newer${seen:+; too old:$seen}" \
		"Debian, Ubuntu: sudo apt-get install openjdk-17-jdk-headless; macOS: brew install openjdk@17" \
		"or set JAVA_HOME to a JDK that is already there"
}

# Whether a folder is the home of a JDK. On macOS /usr/bin/javac always exists: without a JDK it asks the user to install Java, else it starts a JDK in
# another folder. Java 8 has tools.jar instead of modules.
is_jdk() { # HOME
	[ -x "$1/bin/javac" ] && { [ -e "$1/lib/modules" ] || [ -e "$1/lib/tools.jar" ]; }
}

# Prints folders that may hold JDKs, the user's own choice first.
jdk_candidates() {
	local javac home
	if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME"; fi
	if javac=$(command -v javac); then
		while [ -L "$javac" ]; do
			home=$(readlink "$javac")
			case $home in /*) javac=$home ;; *) javac=$(dirname "$javac")/$home ;; esac
		done
		(cd "$(dirname "$javac")/.." && pwd -P)
	fi
	if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v "$JAVA_MINIMUM+" 2>/dev/null || true; fi
	for home in /usr/lib/jvm/* "$HOME/.sdkman/candidates/java/current" \
		/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
		if [ -d "$home" ]; then echo "$home"; fi
	done
}

# Prints 17 for "javac 17.0.15", 8 for "javac 1.8.0_392".
java_major() { # HOME
	"$1/bin/javac" -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1
}

# Runs Maven through the wrapper, with the JDK that was found.
maven() { JAVA_HOME=$JDK "$PROJECT/mvnw" --batch-mode --no-transfer-progress "$@"; }

find_maven() {
	command -v unzip >/dev/null ||
		die "unzip is not installed; the Maven wrapper needs it" \
			"Debian, Ubuntu: sudo apt-get install unzip"
	step "Maven" maven.log "mvnw needs curl or wget, and access to Maven Central (MVNW_REPOURL names a mirror)" \
		maven --version
}
