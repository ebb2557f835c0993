package provider

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// Create makes an object and waits until it is ready.
func (p *Provider) Create(ctx context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	ctx, end := p.operation(ctx, req.URN)
	defer end()
	inputs, complete, err := object.FromProperties(req.Properties)
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	if req.Preview {
		state, err := p.tryCreate(ctx, kind, inputs, complete, req.Properties)
		return plugin.CreateResponse{Properties: state}, hidden(err, req.Properties)
	}
	namespace, name := inputs.GetNamespace(), inputs.GetName()
	if err := p.needClient(ctx, "creating", kind, namespace, name); err != nil {
		return plugin.CreateResponse{}, err
	}
	manager := newManager()
	live, err := p.make(ctx, kind, inputs, manager)
	if err != nil {
		return plugin.CreateResponse{}, hidden(p.client.Explain("creating", kind, namespace, name, err), req.Properties)
	}
	id := idOf(kind, live)
	live, err = p.ready(ctx, req.URN, kind, live, req.Properties, req.Timeout)
	state := outputs(kind, live, req.Properties, manager)
	if err != nil {
		return plugin.CreateResponse{}, notReady(id, req.Properties, state, err)
	}
	return plugin.CreateResponse{ID: id, Properties: state}, nil
}

// How long controllers may take to equip a new namespace for its first objects.
const settling = 20 * time.Second

// make creates an object, or takes over an existing one if the provider may.
func (p *Provider) make(
	ctx context.Context, kind kinds.Kind, inputs *unstructured.Unstructured, manager string,
) (*unstructured.Unstructured, error) {
	body := object.Encode(inputs)
	if p.settings.UpsertExisting {
		live, err := p.client.Get(ctx, kind, body.GetNamespace(), body.GetName())
		if err == nil {
			err = mayAdopt(live, body.GetLabels()[ownerLabel])
		}
		if err != nil && !apierrors.IsNotFound(err) {
			return nil, err
		}
		return p.client.Apply(ctx, kind, body, manager, p.force(inputs), false)
	}
	deadline := time.Now().Add(settling)
	for {
		live, err := p.client.Create(ctx, kind, body, manager, false)
		if err == nil || !isSettling(err) || time.Now().After(deadline) {
			return live, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// isSettling reports whether a namespace is so new that controllers have not equipped it yet.
func isSettling(err error) bool {
	if !apierrors.IsForbidden(err) {
		return false
	}
	return strings.Contains(err.Error(), "error looking up service account") ||
		strings.Contains(err.Error(), "status unknown for quota")
}

// tryCreate does a dry run. If the API server cannot do it yet, it returns the inputs.
func (p *Provider) tryCreate(
	ctx context.Context, kind kinds.Kind, inputs *unstructured.Unstructured, complete bool, given resource.PropertyMap,
) (resource.PropertyMap, error) {
	if !complete || p.client == nil {
		return foreseen(kind, given, nil), nil
	}
	live, err := p.client.Create(ctx, kind, object.Encode(inputs), newManager(), true)
	if err == nil {
		return outputs(kind, tentative(live), given, ""), nil
	}
	namespace, name := inputs.GetNamespace(), inputs.GetName()
	switch {
	case errors.Is(err, context.Canceled), apierrors.IsUnauthorized(err):
		return nil, p.client.Explain("previewing", kind, namespace, name, err)
	case apierrors.IsInvalid(err) || apierrors.IsBadRequest(err):
		// A conflict with the object that this one replaces is no error.
		if _, old := p.client.Get(ctx, kind, namespace, name); apierrors.IsNotFound(old) {
			return nil, p.client.Explain("previewing", kind, namespace, name, err)
		}
	}
	// The namespace, a service account or the cluster itself may be made by the same update.
	return foreseen(kind, given, nil), nil
}

// tentative is the result of a dry run without fields that will differ in the real run.
func tentative(live *unstructured.Unstructured) *unstructured.Unstructured {
	for _, name := range []string{"uid", "creationTimestamp", "resourceVersion", "generation"} {
		unstructured.RemoveNestedField(live.Object, "metadata", name)
	}
	unstructured.RemoveNestedField(live.Object, "status")
	if live.GetKind() == "Service" {
		// Addresses and ports are chosen at random, and released after a dry run.
		live = withoutLots(live)
	}
	return live
}

func (p *Provider) force(inputs *unstructured.Unstructured) bool {
	switch inputs.GetAnnotations()[patchForce] {
	case "true":
		return true
	case "false":
		return false
	}
	return p.settings.PatchForce
}

// ready waits for an object unless its program does not want that.
func (p *Provider) ready(
	ctx context.Context, urn resource.URN, kind kinds.Kind, live *unstructured.Unstructured, inputs resource.PropertyMap,
	seconds float64,
) (*unstructured.Unstructured, error) {
	annotations := live.GetAnnotations()
	if annotations[skipAwait] == "true" {
		return live, nil
	}
	last, err := p.waiter(ctx, urn, inputs).Ready(ctx, kind, live, limit(seconds))
	if errors.Is(err, context.Canceled) {
		err = errors.New(cluster.Name(kind, live.GetNamespace(), live.GetName()) + " is there, but waiting for it was cancelled")
	}
	if last == nil {
		last = live
	}
	return last, err
}

// withoutLots removes from a Service the addresses and ports that the API server chooses at random.
func withoutLots(service *unstructured.Unstructured) *unstructured.Unstructured {
	if address, _, _ := unstructured.NestedString(service.Object, "spec", "clusterIP"); address != "None" {
		unstructured.RemoveNestedField(service.Object, "spec", "clusterIP")
		unstructured.RemoveNestedField(service.Object, "spec", "clusterIPs")
	}
	unstructured.RemoveNestedField(service.Object, "spec", "healthCheckNodePort")
	ports, _, _ := unstructured.NestedSlice(service.Object, "spec", "ports")
	for _, port := range ports {
		if fields, ok := port.(map[string]any); ok {
			delete(fields, "nodePort")
		}
	}
	if ports != nil {
		service.Object["spec"].(map[string]any)["ports"] = ports
	}
	return service
}
