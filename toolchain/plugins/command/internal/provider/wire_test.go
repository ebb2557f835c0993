package provider

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// wire returns the properties as the other end of the plugin protocol gets them; only there
// assets and archives have their final form.
func wire(t *testing.T, m property.Map) property.Map {
	t.Helper()
	options := plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true}
	sent, err := plugin.MarshalProperties(resource.ToResourcePropertyValue(property.New(m)).ObjectValue(), options)
	if err != nil {
		t.Fatal(err)
	}
	received, err := plugin.UnmarshalProperties(sent, options)
	if err != nil {
		t.Fatal(err)
	}
	return resource.FromResourcePropertyValue(resource.NewProperty(received)).AsMap()
}
