// Package provider is the plugin's side of the engine's protocol.
package provider

import (
	"context"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	host "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// Provider manages the objects of one cluster.
type Provider struct {
	plugin.UnimplementedProvider
	schema []byte
	engine *host.HostClient
}

// New returns a provider that speaks to the engine through the given connection, or to nobody if there is none.
func New(schema []byte, engine *host.HostClient) *Provider {
	return &Provider{schema: schema, engine: engine}
}

func (p *Provider) Handshake(
	context.Context, plugin.ProviderHandshakeRequest,
) (*plugin.ProviderHandshakeResponse, error) {
	return &plugin.ProviderHandshakeResponse{AcceptSecrets: true, AcceptResources: false, SupportsAutonamingConfiguration: true}, nil
}

func (p *Provider) GetSchema(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
	return plugin.GetSchemaResponse{Schema: p.schema}, nil
}

func (p *Provider) GetPluginInfo(context.Context) (plugin.PluginInfo, error) {
	version := semver.MustParse(kinds.Version)
	return plugin.PluginInfo{Version: &version}, nil
}
