package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// Read finds an object for a refresh or an import.
func (p *Provider) Read(ctx context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.ReadResponse{}, err
	}
	ctx, end := p.operation(ctx, req.URN)
	defer end()
	namespace, name, err := p.split(kind, req.ID)
	if err != nil {
		return plugin.ReadResponse{}, err
	}
	if err := p.needClient(ctx, "reading", kind, namespace, name); err != nil {
		return plugin.ReadResponse{}, err
	}
	live, err := p.client.Get(ctx, kind, namespace, name)
	switch {
	case apierrors.IsNotFound(err):
		return plugin.ReadResponse{}, nil
	case cluster.Unreachable(err) && p.settings.DeleteUnreachable:
		p.say(ctx, diag.Warning, req.URN, fmt.Sprintf("%s is dropped from the state, as the provider's deleteUnreachable says: %v",
			cluster.Name(kind, namespace, name), p.client.Explain("reading", kind, namespace, name, err)))
		return plugin.ReadResponse{}, nil
	case err != nil:
		return plugin.ReadResponse{}, hidden(p.client.Explain("reading", kind, namespace, name, err), req.Inputs)
	}
	// An import sets the object's owner itself.
	if owner := another(live, ownerOf(req.Inputs)); owner != "" && len(req.Inputs) > 0 {
		p.say(ctx, diag.Warning, req.URN, fmt.Sprintf("%s is not the stack's any more: it belongs to %s",
			cluster.Name(kind, namespace, name), owner))
		return plugin.ReadResponse{}, nil
	}
	inputs := object.ToProperties(object.Imported(live))
	if len(req.Inputs) > 0 {
		known, _, err := object.FromProperties(req.Inputs)
		if err != nil {
			return plugin.ReadResponse{}, err
		}
		inputs = object.ToProperties(object.Inputs(known, live))
	}
	inputs = object.MarkSecrets(kind, inputs, req.Inputs)
	state := outputs(kind, live, inputs, object.Text(req.State, managerKey))
	if err := p.stillReady(ctx, req.URN, kind, live); err != nil {
		return plugin.ReadResponse{}, notReady(idOf(kind, live), inputs, state, err)
	}
	return plugin.ReadResponse{ReadResult: plugin.ReadResult{ID: idOf(kind, live), Inputs: inputs, Outputs: state}}, nil
}

// stillReady checks once, so that a refresh reports the present state.
func (p *Provider) stillReady(ctx context.Context, urn resource.URN, kind kinds.Kind, live *unstructured.Unstructured) error {
	if live.GetAnnotations()[skipAwait] == "true" {
		return nil
	}
	reason, err := p.waiter(ctx, urn, nil).NotReady(ctx, kind, live)
	if err == nil && reason != "" {
		err = errors.New(reason)
	}
	return err
}
