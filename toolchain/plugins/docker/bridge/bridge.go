// Package bridge maps the upstream kreuzwerker/terraform-provider-docker to
// the Pulumi package "docker". Tokens, property names and defaults are those
// of the official plugin, so that programs, SDK classes and state files work
// with either of the two.
package bridge

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/terraform-providers/terraform-provider-docker/shim"
)

const (
	// Package is the Pulumi package's name.
	Package = "docker"

	// Version is the official plugin's version whose schema this one follows.
	// The engine starts a plugin only if its version is the one that the
	// program's SDK was made for.
	Version = "5.2.0"

	module = "index"

	// Docker's limit for the name of a container, network or volume.
	maxNameLength = 255
)

// Provider describes the bridged provider.
func Provider() tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P:       shimv2.NewProvider(provider()),
		Name:    Package,
		Version: Version,
		Description: "Drop-in for the Pulumi package docker: " +
			"the upstream Terraform provider kreuzwerker/docker through Pulumi's Terraform bridge.",
		Keywords:    []string{"pulumi", "docker"},
		License:     "Apache-2.0",
		Homepage:    "https://www.pulumi.com/registry/packages/docker/",
		Repository:  "https://github.com/pulumi/pulumi-docker",
		GitHubOrg:   "kreuzwerker",
		DisplayName: "Docker",
		Config:      config(),
		Resources:   resources(),
		DataSources: dataSources(),
		IgnoreMappings: []string{
			// The official package has neither of these.
			"docker_registry_image_manifests",
			"docker_registry_image_tags",
		},
		Java: &tfbridge.JavaInfo{BasePackage: "com.pulumi", BuildFiles: "gradle"},
	}
	info.SetAutonaming(maxNameLength, "-")
	return info
}

// provider is upstream's provider, with a guard for volumes.
func provider() *schema.Provider {
	upstream := shim.NewProvider(Version)
	guardVolumes(upstream.ResourcesMap["docker_volume"])
	return upstream
}

func config() map[string]*tfbridge.SchemaInfo {
	return map[string]*tfbridge.SchemaInfo{
		"host": {Default: &tfbridge.DefaultInfo{
			EnvVars: []string{"DOCKER_HOST"},
			Value:   "unix:///var/run/docker.sock",
		}},
		"registry_auth": {Name: "registryAuth", MaxItemsOne: tfbridge.False()},
	}
}

func resources() map[string]*tfbridge.ResourceInfo {
	return map[string]*tfbridge.ResourceInfo{
		"docker_buildx_builder": resource("BuildxBuilder"),
		"docker_config":         resource("ServiceConfig"),
		"docker_container":      container(),
		"docker_image":          remoteImage(),
		"docker_network":        resource("Network"),
		"docker_plugin":         resource("Plugin"),
		"docker_registry_image": resource("RegistryImage"),
		"docker_secret":         resource("Secret"),
		"docker_service":        resource("Service"),
		"docker_tag":            resource("Tag"),
		"docker_volume":         resource("Volume"),
	}
}

func container() *tfbridge.ResourceInfo {
	info := resource("Container")
	// A container's name and host ports can be held by one container only.
	info.DeleteBeforeReplace = true
	info.Fields = map[string]*tfbridge.SchemaInfo{
		// One command line, though it is a list: no plural.
		"command":           {Name: "command"},
		"networks_advanced": {Name: "networksAdvanced"},
	}
	return info
}

func remoteImage() *tfbridge.ResourceInfo {
	info := resource("RemoteImage")
	// Naming the field keeps it out of autonaming: an image's name says what
	// to pull or to build.
	info.Fields = map[string]*tfbridge.SchemaInfo{"name": {Name: "name"}}
	return info
}

func dataSources() map[string]*tfbridge.DataSourceInfo {
	return map[string]*tfbridge.DataSourceInfo{
		"docker_image":          dataSource("getRemoteImage"),
		"docker_logs":           dataSource("getLogs"),
		"docker_network":        dataSource("getNetwork"),
		"docker_plugin":         dataSource("getPlugin"),
		"docker_registry_image": dataSource("getRegistryImage"),
	}
}

func resource(name string) *tfbridge.ResourceInfo {
	return &tfbridge.ResourceInfo{Tok: tfbridge.MakeResource(Package, module, name)}
}

func dataSource(name string) *tfbridge.DataSourceInfo {
	return &tfbridge.DataSourceInfo{Tok: tfbridge.MakeDataSource(Package, module, name)}
}
