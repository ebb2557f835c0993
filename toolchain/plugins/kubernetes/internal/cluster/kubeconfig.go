package cluster

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/client-go/tools/clientcmd"
	api "k8s.io/client-go/tools/clientcmd/api"
)

// Config loads the kubeconfig that the settings name: its content, a path or several as $KUBECONFIG may have them,
// or what kubectl would use.
func (s Settings) Config() (clientcmd.ClientConfig, error) {
	overrides := &clientcmd.ConfigOverrides{CurrentContext: s.Context}
	if isContent(s.Kubeconfig) {
		config, err := clientcmd.Load([]byte(s.Kubeconfig))
		if err != nil {
			return nil, fmt.Errorf("the provider's kubeconfig cannot be read: %w", err)
		}
		return clientcmd.NewDefaultClientConfig(*config, overrides), nil
	}
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	if s.Kubeconfig != "" {
		paths := filepath.SplitList(s.Kubeconfig)
		for i, path := range paths {
			paths[i] = expand(path)
		}
		if len(paths) == 1 {
			if _, err := os.Stat(paths[0]); err != nil {
				return nil, fmt.Errorf("the provider's kubeconfig is neither the content of a kubeconfig nor a file: %w", err)
			}
		}
		rules.Precedence = paths
	}
	return clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, overrides), nil
}

// isContent reports whether a text is a kubeconfig and not a path: it has several lines, or is JSON.
func isContent(kubeconfig string) bool {
	trimmed := strings.TrimSpace(kubeconfig)
	return strings.Contains(trimmed, "\n") || strings.HasPrefix(trimmed, "{")
}

func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// ErrNoCluster means that there is no kubeconfig to say where the cluster is.
var ErrNoCluster = errors.New("no cluster is configured")

// ActiveCluster is the kubeconfig's entry for the cluster that would be used, and the context's name. Found is false
// if the kubeconfig names none.
func (s Settings) ActiveCluster() (cluster *api.Cluster, context string, found bool) {
	config, err := s.Config()
	if err != nil {
		return nil, s.Context, false
	}
	raw, err := config.RawConfig()
	if err != nil {
		return nil, s.Context, false
	}
	context = s.Context
	if context == "" {
		context = raw.CurrentContext
	}
	if entry := raw.Contexts[context]; entry != nil {
		cluster, found = raw.Clusters[entry.Cluster]
	}
	return cluster, context, found
}
