package provider

import (
	"context"
	"fmt"
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

// Check completes the inputs: kind and version, a name, a namespace.
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
	// Whatever the program's language made of them: what a Secret holds must not lie open in the state.
	inputs = object.MarkSecrets(kind, inputs, nil)
	if v := inputs["metadata"]; v.IsComputed() || v.IsOutput() {
		// Its name is not known before the program runs.
		return plugin.CheckResponse{Properties: inputs, Failures: failures}, nil
	}
	metadata, err := object.Name(object.Object(inputs, "metadata"), object.Object(req.Olds, "metadata"), req.Name, req.RandomSeed, req.Autonaming)
	if err != nil {
		failures = append(failures, plugin.CheckFailure{Property: "metadata.name", Reason: err.Error()})
		return plugin.CheckResponse{Properties: inputs, Failures: failures}, nil
	}
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

// namespace is where objects go that name none: what the provider says, then the kubeconfig.
func (p *Provider) namespace() string {
	switch {
	case p.client != nil:
		return p.client.Namespace
	case p.settings.Namespace != "":
		return p.settings.Namespace
	}
	return "default"
}

// Diff compares the inputs; what others changed in the cluster is found by a refresh.
func (p *Provider) Diff(_ context.Context, req plugin.DiffRequest) (plugin.DiffResult, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.DiffResult{}, err
	}
	result := object.Diff(kind, req.OldInputs, req.NewInputs,
		object.Mutable{ConfigMap: p.settings.ConfigMapMutable, Secret: p.settings.SecretMutable})
	annotations := object.Object(object.Object(req.NewInputs, "metadata"), "annotations")
	if kind.Name == "Job" && object.Text(annotations, "pulumi.com/replaceUnready") == "true" && jobFailed(req.OldOutputs) {
		result.Changes = plugin.DiffSome
		result.ReplaceKeys = append(result.ReplaceKeys, "status")
		if result.DetailedDiff == nil {
			result.DetailedDiff = map[string]plugin.PropertyDiff{}
		}
		result.DetailedDiff["status"] = plugin.PropertyDiff{Kind: plugin.DiffDeleteReplace}
		result.DeleteBeforeReplace = result.DeleteBeforeReplace || !object.IsAutonamed(object.Object(req.NewInputs, "metadata"))
	}
	return result, nil
}

func jobFailed(outputs resource.PropertyMap) bool {
	conditions := object.Object(outputs, "status")["conditions"]
	if !conditions.IsArray() {
		return false
	}
	for _, one := range conditions.ArrayValue() {
		if one.IsObject() && object.Text(one.ObjectValue(), "type") == "Failed" &&
			object.Text(one.ObjectValue(), "status") == "True" {
			return true
		}
	}
	return false
}
