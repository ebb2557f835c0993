package main

const (
	clientSettings = "kubernetes:index:KubeClientSettings"
	helmSettings   = "kubernetes:index:HelmReleaseSettings"
)

func input(kind, environment, description string) propertySpec {
	p := propertySpec{typeSpec: typeSpec{Type: kind}, Description: description}
	if environment != "" {
		p.Default = &defaultSpec{Environment: []string{environment}}
	}
	return p
}

func settings(token, description string) propertySpec {
	return propertySpec{typeSpec: typeSpec{Ref: "#/types/" + token}, Description: description}
}

// providerInputs are the official provider's inputs, including those for features that this plugin
// lacks: it refuses them by name.
func providerInputs() properties {
	const notHere = " Not available in this drop-in."
	return properties{
		"kubeconfig": input("string", "KUBECONFIG",
			"What a kubeconfig file contains, or the path of one. Default: $KUBECONFIG, then ~/.kube/config."),
		"context":   input("string", "", "The kubeconfig's context to use. Default: its current context."),
		"cluster":   input("string", "", "The kubeconfig's cluster to use. Default: that of the context."),
		"namespace": input("string", "", "Where namespaced objects go that name no namespace. Default: that of the context."),
		"clusterIdentifier": input("string", "",
			"Says which cluster this is: if set, the provider is replaced only when this value changes."),
		"deleteUnreachable": input("boolean", "PULUMI_K8S_DELETE_UNREACHABLE",
			"Whether objects of a cluster that does not answer are dropped from the state on refresh and deletion."),
		"skipUpdateUnreachable": input("boolean", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE",
			"Whether updates of objects of a cluster that does not answer are skipped."),
		"enableServerSideApply": input("boolean", "PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY",
			"Whether objects are changed by server-side apply (the default) or by merge patches."),
		"enablePatchForce": input("boolean", "PULUMI_K8S_ENABLE_PATCH_FORCE",
			"Whether fields that others manage are taken over. The annotation pulumi.com/patchForce decides per object."),
		"upsertExistingObjects": input("boolean", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS",
			"Whether to adopt an object that exists instead of failing to create it."),
		"enableConfigMapMutable": input("boolean", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
			"Whether ConfigMaps are changed in place; they are replaced otherwise."),
		"enableSecretMutable": input("boolean", "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
			"Whether Secrets are changed in place; they are replaced otherwise."),
		"suppressDeprecationWarnings": input("boolean", "PULUMI_K8S_SUPPRESS_DEPRECATION_WARNINGS",
			"Whether the API server's warnings about deprecated things are left out."),
		"suppressHelmHookWarnings": input("boolean", "PULUMI_K8S_SUPPRESS_HELM_HOOK_WARNINGS",
			"About Helm charts."+notHere),
		"renderYamlToDirectory": input("string", "", "Renders manifests instead of making objects."+notHere),
		"alwaysRender":          input("boolean", "", "Renders manifests that did not change too."+notHere),
		"kubeClientSettings":    settings(clientSettings, "How much the API server is asked at once, and how long."),
		"helmReleaseSettings":   settings(helmSettings, "About Helm releases."+notHere),
	}
}

// stackConfig is what a stack's configuration may set for the default provider: no nested inputs, and two
// further settings.
func stackConfig() properties {
	all := providerInputs()
	delete(all, "kubeClientSettings")
	delete(all, "helmReleaseSettings")
	for name, p := range all {
		p.Default = nil
		all[name] = p
	}
	all["strictMode"] = input("boolean", "", "Whether every provider must be given a kubeconfig and a context.")
	all["enableReplaceCRD"] = input("boolean", "", "Without effect.")
	return all
}

func providerTypes() map[string]objectSpec {
	return map[string]objectSpec{
		clientSettings: {Type: "object", Description: "How much the API server is asked at once, and how long.", Properties: properties{
			"burst":   input("integer", "PULUMI_K8S_CLIENT_BURST", "Requests at once before qps is the limit. Default: 120."),
			"qps":     input("number", "PULUMI_K8S_CLIENT_QPS", "Requests a second. Default: 50."),
			"timeout": input("integer", "PULUMI_K8S_CLIENT_TIMEOUT", "Seconds after which a request is given up. Default: 32."),
		}},
		helmSettings: {Type: "object", Description: "About Helm releases. Not available in this drop-in.", Properties: properties{
			"driver":               input("string", "PULUMI_K8S_HELM_DRIVER", "Where Helm keeps its releases."),
			"pluginsPath":          input("string", "PULUMI_K8S_HELM_PLUGINS_PATH", "Where Helm's plugins are."),
			"registryConfigPath":   input("string", "PULUMI_K8S_HELM_REGISTRY_CONFIG_PATH", "Helm's registry configuration."),
			"repositoryCache":      input("string", "PULUMI_K8S_HELM_REPOSITORY_CACHE", "Helm's cache of repositories."),
			"repositoryConfigPath": input("string", "PULUMI_K8S_HELM_REPOSITORY_CONFIG_PATH", "Helm's list of repositories."),
		}},
	}
}
