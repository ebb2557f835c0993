package bridge

import (
	"testing"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

func TestUpstreamSchemaIsValid(t *testing.T) {
	if err := Provider().P.InternalValidate(); err != nil {
		t.Fatal(err)
	}
}

// What upstream adds has to be mapped, or left out by name; what it drops has
// to go from the mapping.
func TestMappingCoversUpstream(t *testing.T) {
	provider := Provider()
	resources := map[string]bool{}
	for name := range provider.Resources {
		resources[name] = true
	}
	dataSources := map[string]bool{}
	for name := range provider.DataSources {
		dataSources[name] = true
	}
	compare(t, "resource", provider.P.ResourcesMap(), resources, provider.IgnoreMappings)
	compare(t, "data source", provider.P.DataSourcesMap(), dataSources, provider.IgnoreMappings)
}

func compare(t *testing.T, kind string, upstream shim.ResourceMap, mapped map[string]bool, ignored []string) {
	t.Helper()
	known := map[string]bool{}
	for _, name := range ignored {
		known[name] = true
	}
	upstream.Range(func(name string, _ shim.Resource) bool {
		if !mapped[name] && !known[name] {
			t.Errorf("%s %s is neither mapped nor ignored", kind, name)
		}
		return true
	})
	for name := range mapped {
		if _, there := upstream.GetOk(name); !there {
			t.Errorf("%s %s is mapped, but upstream does not have it", kind, name)
		}
	}
}

// A state file names resources by their tokens, so these must never change.
func TestTokens(t *testing.T) {
	provider := Provider()
	for name, want := range map[string]string{
		"docker_container": "docker:index/container:Container",
		"docker_image":     "docker:index/remoteImage:RemoteImage",
		"docker_config":    "docker:index/serviceConfig:ServiceConfig",
		"docker_network":   "docker:index/network:Network",
	} {
		if got := string(provider.Resources[name].Tok); got != want {
			t.Errorf("token of %s is %s, want %s", name, got, want)
		}
	}
	if got := string(provider.DataSources["docker_image"].Tok); got != "docker:index/getRemoteImage:getRemoteImage" {
		t.Errorf("token of data source docker_image is %s", got)
	}
}

func TestNames(t *testing.T) {
	provider := Provider()
	if naming := provider.Resources["docker_container"].Fields["name"].Default; naming == nil || !naming.AutoNamed {
		t.Error("a container without a name does not get one")
	}
	if naming := provider.Resources["docker_image"].Fields["name"].Default; naming != nil {
		t.Error("an image without a name gets one")
	}
	if !provider.Resources["docker_container"].DeleteBeforeReplace {
		t.Error("a container is replaced before the old one is deleted, though they share name and ports")
	}
}
