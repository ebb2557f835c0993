package provider

import (
	_ "github.com/fluxcd/cli-utils/pkg/kstatus/status"
	_ "k8s.io/client-go/dynamic"
	_ "k8s.io/client-go/kubernetes/scheme"
	_ "k8s.io/client-go/tools/clientcmd"
	_ "k8s.io/client-go/util/csaupgrade"
)
