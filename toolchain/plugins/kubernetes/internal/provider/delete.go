package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// Delete deletes an object and waits until it is gone, with all its finalizers done.
func (p *Provider) Delete(ctx context.Context, req plugin.DeleteRequest) (plugin.DeleteResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.DeleteResponse{}, err
	}
	ctx, end := p.operation(ctx, req.URN)
	defer end()
	namespace, name, err := p.split(kind, req.ID)
	if err != nil {
		return plugin.DeleteResponse{}, err
	}
	what := cluster.Name(kind, namespace, name)
	annotations := object.Object(object.Object(req.Inputs, "metadata"), "annotations")
	policy, err := deletionPolicy(annotations)
	if err != nil {
		return plugin.DeleteResponse{}, fmt.Errorf("deleting %s: %w", what, err)
	}
	if p.client == nil && p.settings.DeleteUnreachable {
		p.say(ctx, diag.Warning, req.URN, fmt.Sprintf("%s is only dropped from the state: %v", what, p.noClient))
		return plugin.DeleteResponse{}, nil
	}
	if err := p.needClient(ctx, "deleting", kind, namespace, name); err != nil {
		return plugin.DeleteResponse{}, err
	}
	live, err := p.client.Get(ctx, kind, namespace, name)
	if err == nil {
		if owner := another(live, ownerOf(req.Inputs)); owner != "" {
			p.say(ctx, diag.Warning, req.URN, fmt.Sprintf("%s is left alone: it belongs to %s", what, owner))
			return plugin.DeleteResponse{}, nil
		}
		err = p.client.Delete(ctx, kind, namespace, name, live.GetUID(), policy)
	}
	switch {
	case apierrors.IsNotFound(err):
		return plugin.DeleteResponse{}, nil
	case cluster.Unreachable(err) && p.settings.DeleteUnreachable:
		p.say(ctx, diag.Warning, req.URN, fmt.Sprintf("%s is only dropped from the state, as the provider's deleteUnreachable says: %v",
			what, p.client.Explain("deleting", kind, namespace, name, err)))
		return plugin.DeleteResponse{}, nil
	case err != nil:
		return plugin.DeleteResponse{}, p.client.Explain("deleting", kind, namespace, name, err)
	case object.Text(annotations, skipAwait) == "true":
		return plugin.DeleteResponse{}, nil
	}
	err = p.waiter(ctx, req.URN, req.Inputs).Gone(ctx, kind, live, limit(req.Timeout))
	if errors.Is(err, context.Canceled) {
		err = fmt.Errorf("%s is being deleted, but waiting for its end was cancelled", what)
	}
	return plugin.DeleteResponse{}, err
}

func deletionPolicy(annotations resource.PropertyMap) (metav1.DeletionPropagation, error) {
	switch said := object.Text(annotations, propagation); said {
	case "", "foreground":
		return metav1.DeletePropagationForeground, nil
	case "background":
		return metav1.DeletePropagationBackground, nil
	case "orphan":
		return metav1.DeletePropagationOrphan, nil
	default:
		return "", fmt.Errorf("the annotation %s is %q, expected foreground, background or orphan", propagation, said)
	}
}
