package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

func kindOf(token tokens.Type) (kinds.Kind, error) {
	kind, ok := kinds.ByToken(string(token))
	if ok {
		return kind, nil
	}
	var known []string
	for _, k := range kinds.All {
		known = append(known, strings.TrimPrefix(k.Token(), kinds.Package+":"))
	}
	return kind, fmt.Errorf("%s is not among what this drop-in of the kubernetes plugin manages (%s); "+
		"install the official plugin for it", token, strings.Join(known, ", "))
}

// Check completes the inputs: kind and version, a namespace.
func (p *Provider) Check(_ context.Context, req plugin.CheckRequest) (plugin.CheckResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.CheckResponse{}, err
	}
	inputs := req.News.Copy()
	var failures []plugin.CheckFailure
	for name, value := range map[resource.PropertyKey]string{"apiVersion": kind.APIVersion, "kind": kind.Name} {
		if said := object.Text(inputs, name); said != "" && said != value {
			failures = append(failures, plugin.CheckFailure{
				Property: name, Reason: fmt.Sprintf("is %q, a %s has %q", said, req.Type, value),
			})
		}
		inputs[name] = resource.NewStringProperty(value)
	}
	// In every language, the content of a Secret must be secret in the state, marked or not.
	inputs = object.MarkSecrets(kind, inputs, nil)
	if v := inputs["metadata"]; v.IsComputed() || v.IsOutput() {
		// The name is not known before the update.
		return plugin.CheckResponse{Properties: inputs, Failures: failures}, nil
	}
	metadata := object.Object(inputs, "metadata")
	if v := metadata["name"]; v.IsNull() || v.IsString() && v.StringValue() == "" {
		failures = append(failures, plugin.CheckFailure{
			Property: "metadata.name", Reason: "is missing; this drop-in makes up no names: give one, or install the official kubernetes plugin",
		})
	}
	failures = append(failures, unknownAnnotations(object.Object(metadata, "annotations"))...)
	if v := metadata["namespace"]; kind.Namespaced && (v.IsNull() || v.IsString() && v.StringValue() == "") {
		metadata = metadata.Copy()
		metadata["namespace"] = resource.NewStringProperty(p.namespace())
	}
	value := resource.NewObjectProperty(metadata)
	if inputs["metadata"].IsSecret() {
		value = resource.MakeSecret(value)
	}
	inputs["metadata"] = value
	return plugin.CheckResponse{Properties: inputs, Failures: failures}, nil
}

// unknownAnnotations are annotations for the official plugin that this one does not support.
func unknownAnnotations(annotations resource.PropertyMap) []plugin.CheckFailure {
	var failures []plugin.CheckFailure
	for name := range annotations {
		if !strings.HasPrefix(string(name), "pulumi.com/") || slices.Contains([]string{skipAwait, patchForce, propagation}, string(name)) {
			continue
		}
		failures = append(failures, plugin.CheckFailure{
			Property: "metadata.annotations",
			Reason:   fmt.Sprintf("this drop-in does not act on %s; install the official kubernetes plugin for that", name),
		})
	}
	return failures
}

// namespace is the namespace of objects that name none, from the kubeconfig.
func (p *Provider) namespace() string {
	if p.client != nil {
		return p.client.Namespace
	}
	return "default"
}

// Diff compares the inputs; what others changed in the cluster is found by a refresh.
func (p *Provider) Diff(_ context.Context, req plugin.DiffRequest) (plugin.DiffResult, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.DiffResult{}, err
	}
	difference := object.Diff(kind, req.OldInputs, req.NewInputs,
		object.Mutable{ConfigMap: p.settings.ConfigMapMutable, Secret: p.settings.SecretMutable})
	if _, known := req.OldOutputs[inputsKey]; !known && difference.Changes == plugin.DiffNone && len(req.OldOutputs) > 0 {
		// A state from before the plugins could be exchanged gets what the official one needs, by an update that changes nothing in the cluster.
		return plugin.DiffResult{Changes: plugin.DiffSome}, nil
	}
	return difference, nil
}
