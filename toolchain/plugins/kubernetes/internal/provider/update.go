package provider

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// Update applies the new description and waits until the object is ready.
func (p *Provider) Update(ctx context.Context, req plugin.UpdateRequest) (plugin.UpdateResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.UpdateResponse{}, err
	}
	ctx, end := p.operation(ctx, req.URN)
	defer end()
	inputs, complete, err := object.FromProperties(req.NewInputs)
	if err != nil {
		return plugin.UpdateResponse{}, err
	}
	namespace, name, err := p.split(kind, req.ID)
	if err != nil {
		return plugin.UpdateResponse{}, err
	}
	inputs.SetName(name)
	manager := managerOf(req.OldOutputs)
	doing := "updating"
	if req.Preview {
		doing = "previewing"
		if !complete || p.client == nil {
			return plugin.UpdateResponse{Properties: foreseen(kind, req.NewInputs, req.OldOutputs)}, nil
		}
	}
	if err := p.needClient(ctx, doing, kind, namespace, name); err != nil {
		return plugin.UpdateResponse{}, err
	}
	live, err := p.change(ctx, kind, inputs, req, manager)
	if req.Preview && previewCannotTell(err) {
		return plugin.UpdateResponse{Properties: foreseen(kind, req.NewInputs, req.OldOutputs)}, nil
	}
	if err != nil {
		return plugin.UpdateResponse{}, hidden(p.client.Explain(doing, kind, namespace, name, err), req.NewInputs)
	}
	if req.Preview {
		return plugin.UpdateResponse{Properties: outputs(kind, live, req.NewInputs, manager)}, nil
	}
	live, err = p.ready(ctx, req.URN, kind, live, req.NewInputs, req.Timeout)
	state := outputs(kind, live, req.NewInputs, manager)
	if err != nil {
		return plugin.UpdateResponse{}, notReady(req.ID, req.NewInputs, state, err)
	}
	return plugin.UpdateResponse{Properties: state}, nil
}

// previewCannotTell: the same update may create what the change needs.
func previewCannotTell(err error) bool {
	return cluster.Unreachable(err) || apierrors.IsForbidden(err) || apierrors.IsNotFound(err) || apierrors.IsInternalError(err)
}

// change applies the new description, or does a dry run.
func (p *Provider) change(
	ctx context.Context, kind kinds.Kind, inputs *unstructured.Unstructured, req plugin.UpdateRequest, manager string,
) (*unstructured.Unstructured, error) {
	body := object.Encode(inputs)
	live, err := p.client.Get(ctx, kind, inputs.GetNamespace(), inputs.GetName())
	if err != nil {
		return nil, err
	}
	if owner := another(live, body.GetLabels()[ownerLabel]); owner != "" {
		return nil, notOurs(owner)
	}
	keepScale(body, live, req)
	if !req.Preview {
		if err := p.adopt(ctx, kind, live, manager); err != nil {
			return nil, err
		}
	}
	changed, err := p.client.Apply(ctx, kind, body, manager, p.force(inputs), req.Preview)
	if req.Preview && cluster.ConflictsOnlyWith(err, manager) {
		return p.client.Apply(ctx, kind, body, manager, true, true)
	}
	return changed, err
}

// adopt tries again if a controller has changed the object in between.
func (p *Provider) adopt(ctx context.Context, kind kinds.Kind, live *unstructured.Unstructured, manager string) error {
	const tries = 5
	for try := 1; ; try++ {
		err := p.client.Adopt(ctx, kind, live, manager)
		if !apierrors.IsConflict(err) && !apierrors.IsInvalid(err) || try == tries {
			return err
		}
		if live, err = p.client.Get(ctx, kind, live.GetNamespace(), live.GetName()); err != nil {
			return err
		}
	}
}

// The field manager under which the autoscalers' controller sets numbers of pods.
const autoscaler = "kube-controller-manager"

// keepScale keeps the number of pods that an autoscaler has chosen; a forced apply would reset it to the state's last number.
// The program ignores changes of this field.
func keepScale(body, live *unstructured.Unstructured, req plugin.UpdateRequest) {
	before, after := object.Object(req.OldInputs, "spec")["replicas"], object.Object(req.NewInputs, "spec")["replicas"]
	if after.IsNull() || !before.DeepEquals(after) {
		return
	}
	for _, entry := range live.GetManagedFields() {
		if entry.Manager != autoscaler || entry.Subresource != "scale" || entry.FieldsV1 == nil ||
			!strings.Contains(string(entry.FieldsV1.Raw), `"f:replicas"`) {
			continue
		}
		if number, found, err := unstructured.NestedInt64(live.Object, "spec", "replicas"); found && err == nil {
			if unstructured.SetNestedField(body.Object, number, "spec", "replicas") == nil {
				return
			}
		}
	}
}
