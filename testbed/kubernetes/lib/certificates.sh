# shellcheck shell=bash
# Keys and certificates of the cluster, made once, and the kubeconfigs that hold them.

DAYS=3650

new_key() { (umask 077 && openssl ecparam -name prime256v1 -genkey -noout -out "$1"); }

authority() { # NAME
	if [ -s "$PKI/$1.crt" ]; then return 0; fi
	new_key "$PKI/$1.key"
	openssl req -x509 -new -key "$PKI/$1.key" -subj "/CN=$CLUSTER-$1" -days "$DAYS" -out "$PKI/$1.crt" \
		-addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature
}

certificate() { # AUTHORITY NAME SUBJECT [ALTERNATIVE-NAMES]
	if [ -s "$PKI/$2.crt" ]; then return 0; fi
	new_key "$PKI/$2.key"
	{
		printf '%s\n' basicConstraints=CA:FALSE keyUsage=critical,digitalSignature extendedKeyUsage=clientAuth,serverAuth
		if [ -n "${4:-}" ]; then echo "subjectAltName=$4"; fi
	} >"$PKI/$2.ext"
	openssl req -new -key "$PKI/$2.key" -subj "$3" -out "$PKI/$2.csr"
	openssl x509 -req -in "$PKI/$2.csr" -CA "$PKI/$1.crt" -CAkey "$PKI/$1.key" -CAcreateserial -days "$DAYS" \
		-extfile "$PKI/$2.ext" -out "$PKI/$2.crt.new"
	mv "$PKI/$2.crt.new" "$PKI/$2.crt"
	rm "$PKI/$2.csr" "$PKI/$2.ext"
}

kubeconfig() { # FILE CERTIFICATE
	put "$1" <<-YAML
		apiVersion: v1
		kind: Config
		current-context: $CLUSTER
		contexts:
		- name: $CLUSTER
		  context: {cluster: $CLUSTER, user: $2}
		# The test bed stands in for Minikube, so that the stack of that name finds it.
		- name: minikube
		  context: {cluster: $CLUSTER, user: $2}
		clusters:
		- name: $CLUSTER
		  cluster:
		    server: $API
		    certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")
		users:
		- name: $2
		  user:
		    client-certificate-data: $(base64 -w0 "$PKI/$2.crt")
		    client-key-data: $(base64 -w0 "$PKI/$2.key")
	YAML
}

make_certificates() {
	mkdir -p "$PKI"
	chmod 700 "$PKI"
	authority ca
	# The API server calls extensions such as the metrics API on behalf of its users. Only this authority may sign its certificate for that.
	authority front-proxy-ca
	# etcd has a separate authority: every client that it accepts may read and write everything.
	authority etcd-ca
	if [ ! -s "$PKI/service-accounts.pub" ]; then
		new_key "$PKI/service-accounts.key"
		openssl ec -in "$PKI/service-accounts.key" -pubout -out "$PKI/service-accounts.pub"
	fi
	certificate etcd-ca etcd /CN=etcd IP:127.0.0.1
	certificate etcd-ca etcd-client /CN=kube-apiserver
	certificate ca apiserver /CN=kube-apiserver "IP:$NODE_IP,IP:$API_SERVICE_IP,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
	certificate front-proxy-ca front-proxy-client /CN=front-proxy-client
	certificate ca kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
	certificate ca kubelet "/O=system:nodes/CN=system:node:$NODE" "IP:$NODE_IP,DNS:$NODE"
	certificate ca admin /O=system:masters/CN=admin
	certificate ca controller-manager /CN=system:kube-controller-manager
	certificate ca scheduler /CN=system:kube-scheduler
	certificate ca proxy /CN=system:kube-proxy
	certificate ca hostpath-provisioner /CN=hostpath-provisioner
	certificate ca network-policies /CN=network-policies
	kubeconfig "$KUBECONFIG_FILE" admin
	local name
	for name in kubelet controller-manager scheduler proxy hostpath-provisioner network-policies; do
		kubeconfig "$CONF/$name.kubeconfig" "$name"
	done
}
