# shellcheck shell=bash
# Gets the Pulumi CLI and the plugins: from the cache, by download, or by a build.

# get_tool sets TOOL_DIR to a folder of the cache that holds the tool.
#   NAME      names the tool in messages, BUILD the function that builds it
#   PLACE     is the folder in the cache, without the suffix that says how the tool was made
get_tool() { # NAME PLACE URL CHECKSUMS-URL SOURCE BUILD
	local name=$1 place=$2 url=$3 checksums=$4 source=$5 build=$6 key=''
	TOOL_DIR=$place-$OS-$ARCH
	if [ -d "$TOOL_DIR" ]; then return; fi
	if have_go; then
		key=$(build_key "$source")
		TOOL_DIR=$place-built-$key
		if [ -d "$TOOL_DIR" ]; then return; fi
	fi
	if downloads_reachable && download_archive "$url" "$checksums" "$WORK/tool"; then
		TOOL_DIR=$place-$OS-$ARCH
		publish "$WORK/tool" "$TOOL_DIR"
		say "$name: downloaded"
		return
	fi
	require_go "$name"
	step "build $name" "build-${place##*/}.log" "$GO_HINT" \
		"$build" "$WORK/built"
	publish "$WORK/built" "$TOOL_DIR"
}

get_cli() {
	local archive_arch=$ARCH
	if [ "$ARCH" = amd64 ]; then archive_arch=x64; fi
	get_tool "Pulumi CLI $PULUMI_VERSION" "$CACHE/pulumi/v$PULUMI_VERSION" \
		"$DOWNLOADS/sdk/pulumi-v$PULUMI_VERSION-$OS-$archive_arch.tar.gz" \
		"$DOWNLOADS/sdk/pulumi-$PULUMI_VERSION-checksums.txt" \
		"$TOOLCHAIN/cli" build_cli
	# The archive holds a folder pulumi/, a build a folder bin/.
	CLI_BIN=$TOOL_DIR/bin
	if [ -d "$TOOL_DIR/pulumi" ]; then CLI_BIN=$TOOL_DIR/pulumi; fi
	local tool
	for tool in pulumi pulumi-language-java; do
		[ -x "$CLI_BIN/$tool" ] || die "$CLI_BIN has no $tool" "remove $TOOL_DIR and run the set-up again"
	done
}

# Sets TOOL_DIR, and links the plugin into the project's Pulumi home.
get_plugin() { # NAME VERSION
	local name=$1 version=$2
	[ -f "$TOOLCHAIN/plugins/$name/go.mod" ] || die "the sources of the plugin $name are missing in $TOOLCHAIN/plugins/$name"
	get_tool "plugin $name $version" "$CACHE/plugins/$name-v$version" \
		"$DOWNLOADS/plugins/pulumi-resource-$name-v$version-$OS-$ARCH.tar.gz" \
		"$DOWNLOADS/plugins/pulumi-${name}_${version}_checksums.txt" \
		"$TOOLCHAIN/plugins/$name" "build_${name}_plugin"
	local binary=$TOOL_DIR/pulumi-resource-$name said
	[ -x "$binary" ] || die "$TOOL_DIR has no pulumi-resource-$name" "remove it and run the set-up again"
	said=$("$binary" --version 2>/dev/null) || said=nothing
	# Official plugins say v5.2.0 or 5.2.0; a drop-in may say what it is in a second line.
	said=${said%%$'\n'*}
	[ "${said#v}" = "$version" ] ||
		die "$binary says it is version $said, expected $version" "remove $TOOL_DIR and run the set-up again"
	link_plugin "$name" "$version" "$binary"
}

# Makes a folder with a link in it, since Pulumi skips a plugin whose folder is itself a link.
link_plugin() { # NAME VERSION BINARY
	local folder=$LOCAL/pulumi-home/plugins/resource-$1-v$2
	mkdir -p "$folder"
	rm -f "$folder.partial" "$folder.lock"
	ln -sfn "$3" "$folder/pulumi-resource-$1"
}

# Says whether a tool is official or was built here.
made_how() { # TOOL-FOLDER
	case $1 in *-built-*) echo "built here" ;; *) echo "official" ;; esac
}
