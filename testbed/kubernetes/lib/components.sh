# shellcheck shell=bash
# The programs of the node with their settings, one function each; `start` does not touch a program that runs with the same settings.

run_containerd() {
	put "$CONF/cni/10-$CLUSTER.conflist" <<-JSON
		{"cniVersion": "1.0.0", "name": "$CLUSTER", "plugins": [{
		  "type": "bridge", "bridge": "$BRIDGE", "isDefaultGateway": true, "hairpinMode": true,
		  "ipam": {"type": "host-local", "dataDir": "$STATE/containerd/addresses", "ranges": [[{"subnet": "${PODS%/*}/24"}]]}
		}]}
	JSON
	# restrict_oom_score_adj: pods ask for negative scores, which root without CAP_SYS_RESOURCE may not set.
	# enable_unprivileged_ports: as on Docker, any user may listen on port 80.
	put "$CONF/containerd.toml" <<-TOML
		version = 2
		root = "$STATE/containerd/root"
		state = "$STATE/containerd/state"
		disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
		[grpc]
		  address = "$CONTAINERD_SOCKET"
		[plugins."io.containerd.grpc.v1.cri"]
		  sandbox_image = "$(image_of pause)"
		  restrict_oom_score_adj = true
		  enable_unprivileged_ports = true
		  [plugins."io.containerd.grpc.v1.cri".cni]
		    bin_dir = "$CNI_PLUGINS"
		    conf_dir = "$CONF/cni"
		  [plugins."io.containerd.grpc.v1.cri".containerd]
		    default_runtime_name = "runc"
		    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
		      runtime_type = "io.containerd.runc.v2"
		      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
		        Root = "$STATE/containerd/state/runc"
		        SystemdCgroup = false
	TOML
	start containerd containerd --config "$CONF/containerd.toml"
}

run_etcd() {
	# --unsafe-no-fsync: a test bed may lose its last second in a power cut.
	start etcd "$(program etcd)" --name="$CLUSTER" --data-dir="$STATE/etcd" --unsafe-no-fsync --log-level=warn \
		--listen-client-urls=https://127.0.0.1:2379 --advertise-client-urls=https://127.0.0.1:2379 \
		--cert-file="$PKI/etcd.crt" --key-file="$PKI/etcd.key" --client-cert-auth --trusted-ca-file="$PKI/etcd-ca.crt" \
		--listen-peer-urls=http://127.0.0.1:2380 --initial-advertise-peer-urls=http://127.0.0.1:2380 \
		--initial-cluster="$CLUSTER=http://127.0.0.1:2380"
}

run_apiserver() {
	local flags=(
		--etcd-servers=https://127.0.0.1:2379 --etcd-cafile="$PKI/etcd-ca.crt"
		--etcd-certfile="$PKI/etcd-client.crt" --etcd-keyfile="$PKI/etcd-client.key"
		--bind-address="$NODE_IP" --advertise-address="$NODE_IP" --secure-port=6443
		--tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key"
		--client-ca-file="$PKI/ca.crt" --authorization-mode=Node,RBAC
		# The admission plugins for pod security, resource quotas and limit ranges are on by default.
		--enable-admission-plugins=NodeRestriction
		--allow-privileged=true
		--service-cluster-ip-range="$SERVICES"
		--service-account-issuer=https://kubernetes.default.svc.cluster.local
		--service-account-key-file="$PKI/service-accounts.pub"
		--service-account-signing-key-file="$PKI/service-accounts.key"
		--kubelet-certificate-authority="$PKI/ca.crt" --kubelet-preferred-address-types=InternalIP
		--kubelet-client-certificate="$PKI/kubelet-client.crt" --kubelet-client-key="$PKI/kubelet-client.key"
		# The aggregation layer, for the metrics API.
		--requestheader-client-ca-file="$PKI/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client
		--requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group
		--requestheader-extra-headers-prefix=X-Remote-Extra-
		--proxy-client-cert-file="$PKI/front-proxy-client.crt" --proxy-client-key-file="$PKI/front-proxy-client.key"
	)
	start kube-apiserver "$(program kube-apiserver)" "${flags[@]}"
}

run_controller_manager() {
	start kube-controller-manager "$(program kube-controller-manager)" --kubeconfig="$CONF/controller-manager.kubeconfig" \
		--bind-address=127.0.0.1 --leader-elect=false --use-service-account-credentials \
		--root-ca-file="$PKI/ca.crt" --service-account-private-key-file="$PKI/service-accounts.key" \
		--cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
		--allocate-node-cidrs --cluster-cidr="$PODS" --service-cluster-ip-range="$SERVICES"
}

run_scheduler() {
	start kube-scheduler "$(program kube-scheduler)" --kubeconfig="$CONF/scheduler.kubeconfig" \
		--bind-address=127.0.0.1 --leader-elect=false
}

run_kubelet() {
	# evictionHard, imageGCHighThresholdPercent: the machine's disk is shared with others, and an image that is
	# removed cannot be pulled again. The cgroup settings are for machines without systemd.
	put "$CONF/kubelet.yaml" <<-YAML
		apiVersion: kubelet.config.k8s.io/v1beta1
		kind: KubeletConfiguration
		address: $NODE_IP
		healthzBindAddress: 127.0.0.1
		tlsCertFile: $PKI/kubelet.crt
		tlsPrivateKeyFile: $PKI/kubelet.key
		authentication:
		  anonymous: {enabled: false}
		  x509: {clientCAFile: $PKI/ca.crt}
		containerRuntimeEndpoint: unix://$CONTAINERD_SOCKET
		cgroupDriver: cgroupfs
		failCgroupV1: false
		failSwapOn: false
		oomScoreAdj: 0
		maxOpenFiles: 20000
		clusterDomain: cluster.local
		clusterDNS: [$DNS_IP]
		podLogsDir: $STATE/pod-logs
		volumePluginDir: $STATE/kubelet-plugins
		imageGCHighThresholdPercent: 100
		evictionHard:
		  imagefs.available: 0%
		  imagefs.inodesFree: 0%
		  memory.available: 0%
		  nodefs.available: 0%
		  nodefs.inodesFree: 0%
	YAML
	start kubelet "$(program kubelet)" --config="$CONF/kubelet.yaml" --kubeconfig="$CONF/kubelet.kubeconfig" \
		--root-dir="$STATE/kubelet" --cert-dir="$STATE/kubelet-certificates" --hostname-override="$NODE" --node-ip="$NODE_IP"
}

run_proxy() {
	# nodePortAddresses: only on this machine. Conntrack values of 0 leave the machine's settings as they are.
	put "$CONF/proxy.yaml" <<-YAML
		apiVersion: kubeproxy.config.k8s.io/v1alpha1
		kind: KubeProxyConfiguration
		mode: iptables
		bindAddress: 127.0.0.1
		healthzBindAddress: 127.0.0.1:10256
		metricsBindAddress: 127.0.0.1:10249
		clientConnection: {kubeconfig: $CONF/proxy.kubeconfig}
		clusterCIDR: $PODS
		hostnameOverride: $NODE
		nodePortAddresses: [127.0.0.0/8, $NODE_IP/32]
		oomScoreAdj: 0
		conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
	YAML
	start kube-proxy "$(program kube-proxy)" --config="$CONF/proxy.yaml"
}

run_provisioner() {
	start hostpath-provisioner "$(program hostpath-provisioner)" -kubeconfig="$CONF/hostpath-provisioner.kubeconfig" -folder="$VOLUMES"
}

run_network_policies() { start network-policies "$(program network-policies)" -kubeconfig="$CONF/network-policies.kubeconfig"; }

# What runs in the cluster itself. The files have placeholders like @NAME@ for values that are known only here.
apply_addons() {
	sed -s -e '1i ---' -e "s|@DNS_IP@|$DNS_IP|" -e "s|@COREDNS_IMAGE@|$(image_of coredns)|" \
		-e "s|@METRICS_SERVER_IMAGE@|$(image_of metrics-server)|" "$KUBERNETES"/addons/*.yaml | own_kubectl apply -f -
}

own_kubectl() { "$(program kubectl)" --kubeconfig "$KUBECONFIG_FILE" "$@"; }
