package provider

import (
	"context"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// The inputs by which a cluster is found.
var placeKeys = []resource.PropertyKey{"kubeconfig", "context"}

const identifier resource.PropertyKey = "clusterIdentifier"

// CheckConfig refuses inputs that cannot work.
func (p *Provider) CheckConfig(_ context.Context, req plugin.CheckConfigRequest) (plugin.CheckConfigResponse, error) {
	response := plugin.CheckConfigResponse{Properties: req.News}
	for _, name := range cluster.Asked(req.News) {
		response.Failures = append(response.Failures, plugin.CheckFailure{
			Property: name, Reason: "this drop-in does not act on it; leave it out, or install the official kubernetes plugin",
		})
	}
	if _, err := cluster.ReadSettings(req.News); err != nil {
		response.Failures = append(response.Failures, plugin.CheckFailure{Reason: err.Error()})
	}
	return response, nil
}

// DiffConfig reports whether the new inputs mean another cluster, in which all objects must be created again.
// Kubernetes clusters have no identity: the kubeconfig's entry is used instead, unless the program sets one.
func (p *Provider) DiffConfig(_ context.Context, req plugin.DiffConfigRequest) (plugin.DiffResult, error) {
	before, after := object.Plain(req.OldInputs), object.Plain(req.NewInputs)
	difference := object.Difference(before, after)
	if difference == nil {
		return plugin.DiffResult{Changes: plugin.DiffNone}, nil
	}
	result := plugin.DiffResult{Changes: plugin.DiffSome, ChangedKeys: difference.ChangedKeys()}
	if difference.Updated(identifier) {
		result.ReplaceKeys = append(result.ReplaceKeys, identifier)
	}
	if !difference.Changed(identifier) && after.HasValue(identifier) {
		return result, nil
	}
	for _, key := range placeKeys {
		// An unknown value may mean another cluster.
		if after[key].IsComputed() {
			result.ReplaceKeys = append(result.ReplaceKeys, key)
			return result, nil
		}
	}
	was, found := place(before)
	is, too := place(after)
	if found && too && !reflect.DeepEqual(was, is) {
		for _, key := range placeKeys {
			if difference.Changed(key) {
				result.ReplaceKeys = append(result.ReplaceKeys, key)
			}
		}
	}
	return result, nil
}

// place is the kubeconfig's entry of the cluster, with its address. Without a kubeconfig among the inputs it is not known.
func place(inputs resource.PropertyMap) (any, bool) {
	settings, err := cluster.ReadSettings(inputs)
	if err != nil || settings.Kubeconfig == "" {
		return nil, false
	}
	entry, _, found := settings.ActiveCluster()
	if !found {
		return nil, false
	}
	// It does not matter from which file the entry was read.
	copied := *entry
	copied.LocationOfOrigin = ""
	return copied, true
}

// Configure prepares the connection. A missing cluster is an error only when it is needed.
func (p *Provider) Configure(_ context.Context, req plugin.ConfigureRequest) (plugin.ConfigureResponse, error) {
	settings, err := cluster.ReadSettings(req.Inputs)
	if err != nil {
		return plugin.ConfigureResponse{}, err
	}
	p.settings = settings
	p.client, p.noClient = cluster.Connect(settings, warnings{p})
	return plugin.ConfigureResponse{}, nil
}

// warnings forwards the API server's warnings to the resource that they are about.
type warnings struct{ p *Provider }

func (w warnings) HandleWarningHeaderWithContext(ctx context.Context, code int, _, text string) {
	if code != 299 || text == "" {
		return
	}
	urn, _ := ctx.Value(urnKey{}).(resource.URN)
	w.p.say(ctx, diag.Warning, urn, text)
}
