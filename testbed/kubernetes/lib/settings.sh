# shellcheck shell=bash
# Names, addresses and folders of the test bed. A machine has only one test bed, so none of them depends on the checkout.
# shellcheck disable=SC2034  # read by the files that source this one

CLUSTER=spark-cluster-testbed
STATE=/var/lib/$CLUSTER
KUBECONFIG_FILE=$STATE/kubeconfig
NODE=$CLUSTER

# API server and kubelet listen only on this address of the loopback device, so that pods and the containers of a Docker
# engine reach them and other machines do not.
NODE_IP=10.97.0.1
API=https://$NODE_IP:6443
PODS=10.244.0.0/16
SERVICES=10.96.0.0/16
API_SERVICE_IP=10.96.0.1
DNS_IP=10.96.0.10
# The name of a network device has at most 15 characters.
BRIDGE=spark-testbed0
CNI_PLUGINS=/usr/lib/cni

CONF=$STATE/conf
PKI=$STATE/pki
LOG=$STATE/log
RUN=$STATE/run
VOLUMES=$STATE/volumes
CONTAINERD_SOCKET=$STATE/containerd/containerd.sock
