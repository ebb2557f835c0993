package provider

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// What the official plugin keeps beside the object, under the same names. It compares with these inputs and not with those that the engine has: without
// them every field of the program looks new to it, and it replaces objects with fields that must not change.
const (
	inputsKey  = "__inputs"
	managerKey = "__fieldManager"
	versionKey = "__initialApiVersion"
)

const (
	skipAwait   = "pulumi.com/skipAwait"
	patchForce  = "pulumi.com/patchForce"
	propagation = "pulumi.com/deletionPropagationPolicy"
)

// newManager is a field manager's name for one resource only, so that two resources for the same object conflict.
func newManager() string {
	random := make([]byte, 4)
	// Never fails: if crypto/rand cannot read, it ends the program.
	_, _ = rand.Read(random)
	return "pulumi-kubernetes-" + hex.EncodeToString(random)
}

func managerOf(outputs resource.PropertyMap) string {
	if kept := object.Text(outputs, managerKey); kept != "" {
		return kept
	}
	return newManager()
}

// outputs are what the state keeps of a live object. managedFields are left out: they change with every update by a
// controller, and are read when they are needed.
func outputs(kind kinds.Kind, live *unstructured.Unstructured, inputs resource.PropertyMap, manager string) resource.PropertyMap {
	kept := live.DeepCopy()
	kept.SetManagedFields(nil)
	properties := object.MarkSecrets(kind, object.ToProperties(kept.Object), inputs)
	properties[inputsKey] = resource.NewObjectProperty(object.MarkSecrets(kind, inputs, nil))
	properties[versionKey] = resource.NewStringProperty(kind.APIVersion)
	if manager != "" {
		properties[managerKey] = resource.NewStringProperty(manager)
	}
	return properties
}

// foreseen are the outputs of an object that cannot be read yet.
func foreseen(kind kinds.Kind, inputs, before resource.PropertyMap) resource.PropertyMap {
	merged := object.MarkSecrets(kind, merge(resource.NewObjectProperty(before), resource.NewObjectProperty(inputs)).ObjectValue(), inputs)
	merged[inputsKey] = resource.NewObjectProperty(inputs)
	return merged
}

func merge(before, after resource.PropertyValue) resource.PropertyValue {
	if !before.IsObject() || !after.IsObject() {
		return after
	}
	fields := before.ObjectValue().Copy()
	for name, value := range after.ObjectValue() {
		if old, ok := fields[name]; ok {
			value = merge(old, value)
		}
		fields[name] = value
	}
	return resource.NewObjectProperty(fields)
}

func idOf(kind kinds.Kind, live *unstructured.Unstructured) resource.ID {
	return resource.ID(cluster.Path(kind, live.GetNamespace(), live.GetName()))
}

// split splits an id. Without a namespace it is the provider's.
func (p *Provider) split(kind kinds.Kind, id resource.ID) (namespace, name string, err error) {
	namespace, name, found := strings.Cut(string(id), "/")
	switch {
	case !kind.Namespaced && !found:
		return "", string(id), nil
	case kind.Namespaced && !found:
		return p.namespace(), string(id), nil
	case !kind.Namespaced || strings.Contains(name, "/") || name == "" || namespace == "":
		form := "NAME"
		if kind.Namespaced {
			form = "NAMESPACE/NAME"
		}
		return "", "", fmt.Errorf("%q is not the id of a %s, which has the form %s", id, kind.Name, form)
	}
	return namespace, name, nil
}

// notReady is the error for an object that exists but is not ready: the engine keeps it in the state, and the next
// update waits for it again.
func notReady(id resource.ID, inputs, state resource.PropertyMap, reason error) error {
	options := plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true}
	properties, err := plugin.MarshalProperties(state, options)
	if err != nil {
		return err
	}
	given, err := plugin.MarshalProperties(inputs, options)
	if err != nil {
		return err
	}
	// The SDK ends the process if a text of these details is not UTF-8.
	text := strings.ToValidUTF8(object.Redact(reason.Error(), inputs), "?")
	return rpcerror.WithDetails(rpcerror.New(codes.Unknown, text), &rpc.ErrorResourceInitFailed{
		Id: string(id), Properties: properties, Inputs: given, Reasons: []string{text},
	})
}

// hidden removes secrets from an error for the user.
func hidden(err error, inputs resource.PropertyMap) error {
	if err == nil {
		return nil
	}
	return errors.New(object.Redact(err.Error(), inputs))
}

// needClient is the error of a provider without cluster, in the words of the object that needs one.
func (p *Provider) needClient(ctx context.Context, doing string, kind kinds.Kind, namespace, name string) error {
	if p.client != nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", doing, cluster.Name(kind, namespace, name), p.noClient)
}
