// Package provider is the plugin's side of the engine's protocol.
package provider

import (
	"context"
	"errors"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/await"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// Engine gets messages for the user.
type Engine interface {
	Log(ctx context.Context, severity diag.Severity, urn resource.URN, message string) error
	LogStatus(ctx context.Context, severity diag.Severity, urn resource.URN, message string) error
}

// Provider manages the objects of one cluster.
type Provider struct {
	plugin.UnimplementedProvider
	schema []byte
	engine Engine

	settings cluster.Settings
	client   *cluster.Client
	// The reason why there is no client: known at the start, but an error only when a client is needed.
	noClient error

	cancelled context.Context
	cancel    context.CancelCauseFunc
}

// New returns a provider that reports to the engine, if there is one.
func New(schema []byte, engine Engine) *Provider {
	cancelled, cancel := context.WithCancelCause(context.Background())
	return &Provider{
		schema: schema, engine: engine, cancelled: cancelled, cancel: cancel,
		noClient: errors.New("the provider was not configured"),
	}
}

func (p *Provider) Handshake(
	context.Context, plugin.ProviderHandshakeRequest,
) (*plugin.ProviderHandshakeResponse, error) {
	return &plugin.ProviderHandshakeResponse{AcceptSecrets: true}, nil
}

func (p *Provider) GetSchema(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
	return plugin.GetSchemaResponse{Schema: p.schema}, nil
}

func (p *Provider) GetPluginInfo(context.Context) (plugin.PluginInfo, error) {
	version := semver.MustParse(kinds.Version)
	return plugin.PluginInfo{Version: &version}, nil
}

// SignalCancellation ends all waiting.
func (p *Provider) SignalCancellation(context.Context) error {
	p.cancel(context.Canceled)
	return nil
}

func (p *Provider) Close() error { return nil }

type urnKey struct{}

// operation is the context of one request: it ends with the request, or when the user cancels.
func (p *Provider) operation(ctx context.Context, urn resource.URN) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.WithValue(ctx, urnKey{}, urn))
	stop := context.AfterFunc(p.cancelled, func() { cancel(context.Cause(p.cancelled)) })
	return ctx, func() {
		stop()
		cancel(nil)
	}
}

func (p *Provider) say(ctx context.Context, severity diag.Severity, urn resource.URN, message string) {
	if p.engine != nil {
		// A message that cannot be delivered does not matter for the object.
		_ = p.engine.Log(ctx, severity, urn, message)
	}
}

func (p *Provider) waiter(ctx context.Context, urn resource.URN, inputs resource.PropertyMap) await.Waiter {
	return await.Waiter{Client: p.client, Report: func(message string) {
		if p.engine != nil {
			_ = p.engine.LogStatus(ctx, diag.Info, urn, object.Redact(message, inputs))
		}
	}}
}

// limit is how long an object may take: customTimeouts, else ten minutes.
func limit(seconds float64) time.Duration {
	if seconds > 0 {
		return time.Duration(seconds * float64(time.Second))
	}
	return await.Default
}
