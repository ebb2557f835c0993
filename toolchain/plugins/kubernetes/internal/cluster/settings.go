// Package cluster is the connection to one Kubernetes cluster: its settings and the requests to its API server.
package cluster

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Settings are the provider's inputs that this plugin acts on.
type Settings struct {
	Kubeconfig string
	Context    string

	DeleteUnreachable bool
	PatchForce        bool
	UpsertExisting    bool
	ConfigMapMutable  bool
	SecretMutable     bool
}

// Unsupported are the inputs for features that only the official plugin has, each with the value that switches the feature off.
var Unsupported = map[resource.PropertyKey]string{
	"cluster": "", "namespace": "", "renderYamlToDirectory": "", "alwaysRender": "false",
	"enableServerSideApply": "true", "skipUpdateUnreachable": "false", "suppressDeprecationWarnings": "false", "suppressHelmHookWarnings": "false",
	"helmReleaseSettings": "{}", "kubeClientSettings": "{}",
}

// Asked are the unsupported features that the inputs ask for.
func Asked(inputs resource.PropertyMap) []resource.PropertyKey {
	var asked []resource.PropertyKey
	for name, none := range Unsupported {
		v := Plain(inputs[name])
		// SDKs send everything but strings as JSON text.
		text := fmt.Sprint(v.V)
		if v.IsObject() {
			text = fmt.Sprint("{", len(v.ObjectValue()), "}")
		}
		if !v.IsNull() && text != "" && text != none && text != "{0}" {
			asked = append(asked, name)
		}
	}
	slices.Sort(asked)
	return asked
}

// ReadSettings reads the provider's inputs. What is not set comes from the environment variable that the official
// plugin reads.
func ReadSettings(inputs resource.PropertyMap) (Settings, error) {
	r := reader{inputs: inputs}
	s := Settings{
		Kubeconfig:        r.text("kubeconfig"),
		Context:           r.text("context"),
		DeleteUnreachable: r.flag("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
		PatchForce:        r.flag("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
		UpsertExisting:    r.flag("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
		ConfigMapMutable:  r.flag("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
		SecretMutable:     r.flag("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
	}
	return s, r.problem
}

// reader reads values in both forms: SDKs send everything but strings as JSON text.
type reader struct {
	inputs  resource.PropertyMap
	problem error
}

func (r *reader) value(name string) resource.PropertyValue {
	return Plain(r.inputs[resource.PropertyKey(name)])
}

// Plain is a value without what marks it as secret or as an output.
func Plain(v resource.PropertyValue) resource.PropertyValue {
	for {
		switch {
		case v.IsSecret():
			v = v.SecretValue().Element
		case v.IsOutput() && v.OutputValue().Known:
			v = v.OutputValue().Element
		default:
			return v
		}
	}
}

func (r *reader) text(name string) string {
	v := r.value(name)
	switch {
	case v.IsString():
		return v.StringValue()
	case v.IsObject():
		// A kubeconfig in JSON arrives parsed.
		text, err := json.Marshal(v.ObjectValue().Mappable())
		if err != nil {
			r.fail(name, "cannot be read: %v", err)
		}
		return string(text)
	}
	return ""
}

func (r *reader) flag(name, environment string) bool {
	v := r.value(name)
	said := os.Getenv(environment)
	switch {
	case v.IsBool():
		return v.BoolValue()
	case v.IsString() && v.StringValue() != "":
		said = v.StringValue()
	}
	if said == "" {
		return false
	}
	flag, err := strconv.ParseBool(said)
	if err != nil {
		r.fail(name, "is %q, expected true or false", said)
	}
	return flag
}

func (r *reader) fail(name, format string, args ...any) {
	if r.problem == nil {
		r.problem = fmt.Errorf("the kubernetes provider's %s "+format, append([]any{name}, args...)...)
	}
}
