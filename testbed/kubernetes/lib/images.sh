# shellcheck shell=bash
# Images in the test bed's own containerd.

own_ctr() { ctr --address "$CONTAINERD_SOCKET" --namespace k8s.io "$@"; }

containerd_has() { [ -n "$(own_ctr images list --quiet "name==$1")" ]; }

# The image of a component that is built here. Its tag is the key of the build.
image_of() { # COMPONENT
	local folder
	folder=$(component_folder "$1")
	echo "localhost/$CLUSTER/$1:${folder##*-}"
}

# Makes an image of one static program, in the format of docker save.
make_image() { # IMAGE PROGRAM
	local work name arch
	if containerd_has "$1"; then return 0; fi
	name=${2##*/}
	case $(uname -m) in
	aarch64) arch=arm64 ;;
	*) arch=amd64 ;;
	esac
	work=$(mktemp -d "$STATE/image.XXXXXX")
	mkdir "$work/tree" "$work/tree/tmp"
	chmod 1777 "$work/tree/tmp"
	chmod 755 "$work/tree"
	cp "$2" "$work/tree/$name"
	# Fixed metadata, so that the same program makes the same image.
	tar -C "$work/tree" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$work/layer.tar" .
	printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":["/%s"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
		"$arch" "$name" "$(sum_of "$work/layer.tar")" >"$work/config.json"
	printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$1" >"$work/manifest.json"
	tar -C "$work" -cf "$work/image.tar" manifest.json config.json layer.tar
	own_ctr images import "$work/image.tar" >/dev/null
	rm -rf "$work"
}

# Prints an image's full name, as containerd and kubelet use it.
full_name() { # IMAGE
	local name=$1 first=${1%%/*}
	case $name in
	*@*) ;;
	*)
		# A colon before the last slash is a registry's port, not a tag.
		[[ ${name##*/} = *:* ]] || name=$name:latest
		;;
	esac
	if [ "$first" = "$1" ]; then
		name=docker.io/library/$name
	elif [[ $first != *.* && $first != *:* && $first != localhost ]]; then
		name=docker.io/$name
	fi
	echo "$name"
}

# Prints the digests of an image in containerd: of its manifest and of its configuration. The id of an image in a Docker
# engine is one of the two.
known_digests() { # FULL-NAME
	local manifest
	manifest=$(own_ctr images list "name==$1" | awk 'NR == 2 { print $3 }')
	if [ -z "$manifest" ]; then return 0; fi
	echo "$manifest"
	own_ctr content get "$manifest" | tr -d ' \n' | sed -n 's/.*"config":{\([^}]*\)}.*/\1/p' |
		grep -o 'sha256:[0-9a-f]*'
}
