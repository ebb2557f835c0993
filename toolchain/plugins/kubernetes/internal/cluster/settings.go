// Package cluster is the connection to one Kubernetes cluster: where it is, and what is asked of its API server.
package cluster

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Settings are the provider's inputs that this plugin acts on.
type Settings struct {
	Kubeconfig string
	Context    string
	Cluster    string
	Namespace  string

	DeleteUnreachable     bool
	SkipUpdateUnreachable bool
	ServerSideApply       bool
	PatchForce            bool
	UpsertExisting        bool
	ConfigMapMutable      bool
	SecretMutable         bool
	SuppressWarnings      bool

	Burst   int
	QPS     float64
	Timeout int
}

// Unsupported are the inputs of features that the official plugin has and this one has not.
var Unsupported = []string{"renderYamlToDirectory", "alwaysRender", "helmReleaseSettings", "suppressHelmHookWarnings"}

// ReadSettings reads the provider's inputs. What is not set comes from the environment variable that the official
// plugin reads.
func ReadSettings(inputs resource.PropertyMap) (Settings, error) {
	r := reader{inputs: inputs}
	s := Settings{
		Kubeconfig:            r.text("kubeconfig"),
		Context:               r.text("context"),
		Cluster:               r.text("cluster"),
		Namespace:             r.text("namespace"),
		DeleteUnreachable:     r.flag("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE", false),
		SkipUpdateUnreachable: r.flag("skipUpdateUnreachable", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE", false),
		ServerSideApply:       r.flag("enableServerSideApply", "PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY", true),
		PatchForce:            r.flag("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE", false),
		UpsertExisting:        r.flag("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS", false),
		ConfigMapMutable:      r.flag("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE", false),
		SecretMutable:         r.flag("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE", false),
		SuppressWarnings:      r.flag("suppressDeprecationWarnings", "PULUMI_K8S_SUPPRESS_DEPRECATION_WARNINGS", false),
	}
	client := reader{inputs: r.object("kubeClientSettings")}
	s.Burst = int(client.number("burst", "PULUMI_K8S_CLIENT_BURST", 120))
	s.QPS = client.number("qps", "PULUMI_K8S_CLIENT_QPS", 50)
	s.Timeout = int(client.number("timeout", "PULUMI_K8S_CLIENT_TIMEOUT", 32))
	if r.problem == nil {
		r.problem = client.problem
	}
	return s, r.problem
}

// reader takes values as they come: SDKs send everything but strings as JSON text.
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
		// A kubeconfig in JSON, which was parsed on its way here.
		text, err := json.Marshal(v.ObjectValue().Mappable())
		if err != nil {
			r.fail(name, "cannot be read: %v", err)
		}
		return string(text)
	}
	return ""
}

func (r *reader) flag(name, environment string, otherwise bool) bool {
	v := r.value(name)
	said := os.Getenv(environment)
	switch {
	case v.IsBool():
		return v.BoolValue()
	case v.IsString() && v.StringValue() != "":
		said = v.StringValue()
	}
	if said == "" {
		return otherwise
	}
	flag, err := strconv.ParseBool(said)
	if err != nil {
		r.fail(name, "is %q, expected true or false", said)
	}
	return flag
}

func (r *reader) number(name, environment string, otherwise float64) float64 {
	v := r.value(name)
	said := os.Getenv(environment)
	switch {
	case v.IsNumber():
		return v.NumberValue()
	case v.IsString() && v.StringValue() != "":
		said = v.StringValue()
	}
	if said == "" {
		return otherwise
	}
	number, err := strconv.ParseFloat(said, 64)
	if err != nil {
		r.fail(name, "is %q, expected a number", said)
	}
	return number
}

func (r *reader) object(name string) resource.PropertyMap {
	v := r.value(name)
	if v.IsString() && v.StringValue() != "" {
		var parsed map[string]any
		if err := json.Unmarshal([]byte(v.StringValue()), &parsed); err != nil {
			r.fail(name, "is not an object: %v", err)
		}
		return resource.NewPropertyMapFromMap(parsed)
	}
	if v.IsObject() {
		return v.ObjectValue()
	}
	return nil
}

func (r *reader) fail(name, format string, args ...any) {
	if r.problem == nil {
		r.problem = fmt.Errorf("the kubernetes provider's %s "+format, append([]any{name}, args...)...)
	}
}
