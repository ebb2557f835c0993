# shellcheck shell=bash
# The Java SDKs of the plugins. Those that Maven's repositories lack are
# generated from the plugins' schemas into a Maven repository of files.

SDK_HINT="Maven needs Maven Central or a mirror of it (settings.xml)"

# Links .local/maven to a repository that holds the SDKs which Maven lacks. A stack that needs no kubernetes plugin is compiled
# against its SDK all the same; then the third folder is empty.
get_sdks() { # DOCKER-PLUGIN-FOLDER COMMAND-PLUGIN-FOLDER KUBERNETES-PLUGIN-FOLDER
	local key repository
	key=$({
		printf '%s\n' "${1##*/}" "${2##*/}" "$KUBERNETES_PLUGIN_VERSION"
		if have_go; then build_key "$TOOLCHAIN/plugins/kubernetes"; fi
		tree_hash "$TOOLCHAIN/lib" -name sdk.sh -o -name versions.sh
	} | short_hash)
	repository=$CACHE/maven/$key
	if [ ! -d "$repository" ]; then
		mkdir -p "$WORK/repository"
		add_sdk docker "$DOCKER_PLUGIN_VERSION" "$1/pulumi-resource-docker"
		add_sdk command "$COMMAND_PLUGIN_VERSION" "$2/pulumi-resource-command"
		if maven_has kubernetes "$KUBERNETES_PLUGIN_VERSION"; then
			say "Java SDK com.pulumi:kubernetes:$KUBERNETES_PLUGIN_VERSION: Maven has it"
		else
			kubernetes_schema "$3"
			add_sdk kubernetes "$KUBERNETES_PLUGIN_VERSION" "$KUBERNETES_SCHEMA"
		fi
		publish "$WORK/repository" "$repository"
	fi
	forget_outdated "$repository"
	# Until the first set-up Maven may have made it a folder of its own.
	rmdir "$LOCAL/maven" 2>/dev/null || true
	ln -sfn "$repository" "$LOCAL/maven"
}

# Sets KUBERNETES_SCHEMA to what the SDK is generated from: the plugin if it is there, else its schema alone.
kubernetes_schema() { # PLUGIN-FOLDER
	if [ -n "$1" ]; then
		KUBERNETES_SCHEMA=$1/pulumi-resource-kubernetes
	elif have_go; then
		KUBERNETES_SCHEMA=$WORK/kubernetes-schema/schema.json
		step "schema of the plugin kubernetes" schema-kubernetes.log "$GO_HINT" write_kubernetes_schema "$KUBERNETES_SCHEMA"
	else
		get_plugin kubernetes "$KUBERNETES_PLUGIN_VERSION"
		KUBERNETES_SCHEMA=$TOOL_DIR/pulumi-resource-kubernetes
	fi
}

write_kubernetes_schema() { # FILE
	mkdir -p "$(dirname "$1")"
	cd "$TOOLCHAIN/plugins/kubernetes"
	go_build -o "$1.program" ./cmd/schema
	"$1.program" >"$1"
}

add_sdk() { # NAME VERSION PLUGIN-OR-SCHEMA
	if maven_has "$1" "$2"; then
		say "Java SDK com.pulumi:$1:$2: Maven has it"
		return
	fi
	[ -f "$WORK/dependencies.done" ] || step "dependencies of the Java SDKs" dependencies.log "$SDK_HINT" \
		sdk_dependencies
	step "Java SDK com.pulumi:$1:$2, generated" "sdk-$1.log" "run the set-up again with more memory or disk" \
		make_sdk "$1" "$2" "$3"
}

# Whether Maven's own repositories have an SDK. Maven answers this while it reads
# a project that imports the SDK's pom: with the user's mirrors and proxies, and
# without any plugin. The local repository is an empty one, so that an SDK
# generated earlier does not count.
maven_has() { # NAME VERSION
	local known=$CACHE/maven-has/$1-$2
	if [ -f "$known" ]; then return; fi
	mkdir -p "$WORK/probe"
	cat >"$WORK/probe/pom.xml" <<-POM
		<project xmlns="http://maven.apache.org/POM/4.0.0">
		  <modelVersion>4.0.0</modelVersion>
		  <groupId>io.sparkcluster.probe</groupId><artifactId>probe</artifactId><version>1</version><packaging>pom</packaging>
		  <dependencyManagement><dependencies><dependency>
		    <groupId>com.pulumi</groupId><artifactId>$1</artifactId><version>$2</version><type>pom</type><scope>import</scope>
		  </dependency></dependencies></dependencyManagement>
		</project>
	POM
	maven -q -f "$WORK/probe/pom.xml" -Dmaven.repo.local="$WORK/probe/repository" validate \
		>"$LOGS/maven-has-$1.log" 2>&1 </dev/null || return 1
	mkdir -p "${known%/*}"
	: >"$known"
}

# The jars that the SDKs are compiled against.
sdk_dependencies() {
	write_pom "$WORK/dependencies/pom.xml" dependencies 1
	maven -f "$WORK/dependencies/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
		-DoutputDirectory="$WORK/dependencies/jars" -DincludeScope=compile
	: >"$WORK/dependencies.done"
}

# Generates, compiles and packs one SDK into the repository of files.
make_sdk() { # NAME VERSION PLUGIN-OR-SCHEMA
	local name=$1 version=$2 work=$WORK/sdk-$1 target=$WORK/repository/com/pulumi/$1/$2 classes jar
	classes=$work/classes
	jar=$target/$name-$version.jar
	mkdir -p "$classes/com/pulumi/$name" "$target" "$work/home"
	# A home of its own: the generator must use this very plugin and nothing of the user's.
	PULUMI_HOME=$work/home PULUMI_SKIP_UPDATE_CHECK=true PATH=$CLI_BIN:$PATH \
		"$CLI_BIN/pulumi" package gen-sdk "$3" --language java --out "$work/sdk"
	local sources=$work/sdk/java/src/main/java
	(cd "$sources" && find . -name '*.java' | sed 's/.*/"&"/') >"$work/files"
	(cd "$sources" && "$JDK/bin/javac" -proc:none -nowarn --release 11 -encoding UTF-8 -parameters \
		-cp "$WORK/dependencies/jars/*" -d "$classes" "@$work/files")
	# What Gradle would add: the SDK reads its version from the first at run time,
	# Pulumi finds the plugins that a program needs by the second.
	printf '%s\n' "$version" >"$classes/com/pulumi/$name/version.txt"
	printf '{"resource":true,"name":"%s","version":"%s"}\n' "$name" "$version" >"$classes/com/pulumi/$name/plugin.json"
	# The same content makes the same jar, so that checkouts that share Maven's copies do not replace each other's.
	"$JDK/bin/jar" --create --date=1980-01-02T00:00:00Z --file "$jar" -C "$classes" .
	"$JDK/bin/jar" --create --date=1980-01-02T00:00:00Z --file "$target/$name-$version-sources.jar" -C "$sources" .
	write_pom "$target/$name-$version.pom" "$name" "$version"
	local file
	for file in "$target"/*; do sha1 "$file" | cut -d' ' -f1 >"$file.sha1"; done
}

write_pom() { # FILE ARTIFACT VERSION
	mkdir -p "${1%/*}"
	cat >"$1" <<-POM
		<?xml version="1.0" encoding="UTF-8"?>
		<project xmlns="http://maven.apache.org/POM/4.0.0">
		  <modelVersion>4.0.0</modelVersion>
		  <groupId>com.pulumi</groupId><artifactId>$2</artifactId><version>$3</version>
		  <description>Generated from the schema of the Pulumi plugin $2 $3.</description>
		  <dependencies>
		    <dependency><groupId>com.pulumi</groupId><artifactId>pulumi</artifactId><version>$PULUMI_JAVA_SDK_VERSION</version></dependency>
		    <dependency><groupId>com.google.code.findbugs</groupId><artifactId>jsr305</artifactId><version>$JSR305_VERSION</version></dependency>
		    <dependency><groupId>com.google.code.gson</groupId><artifactId>gson</artifactId><version>$GSON_VERSION</version></dependency>
		  </dependencies>
		</project>
	POM
}

# Maven keeps a copy of what it took from the repository of files and never
# looks again, so a copy of an SDK that was generated anew has to go.
forget_outdated() { # REPOSITORY
	local copies jar relative copy
	copies=$(maven_local_repository)
	for jar in "$1"/com/pulumi/*/*/*.jar; do
		case $jar in *-sources.jar | *'*'*) continue ;; esac
		relative=${jar#"$1"/}
		copy=$copies/$relative
		if [ -f "$copy" ] && ! cmp -s "$jar" "$copy" &&
			grep -q '>local-sdks=' "${copy%/*}/_remote.repositories" 2>/dev/null; then
			rm -rf "${copy%/*}"
		fi
	done
}

maven_local_repository() {
	local said=''
	if [ -f "$HOME/.m2/settings.xml" ]; then
		said=$(sed -n 's:.*<localRepository>\(.*\)</localRepository>.*:\1:p' "$HOME/.m2/settings.xml" | head -n 1)
	fi
	echo "${said:-$HOME/.m2/repository}"
}
