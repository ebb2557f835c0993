package object

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

type props = map[string]any

func kind(t *testing.T, token string) kinds.Kind {
	t.Helper()
	found, ok := kinds.ByToken("kubernetes:" + token)
	if !ok {
		t.Fatalf("no kind %s", token)
	}
	return found
}

func container(image string) props {
	return props{"template": props{"spec": props{"containers": []any{props{"name": "c", "image": image}}}}}
}

func TestWhatReplaces(t *testing.T) {
	x := props{"name": "x", "namespace": "n"}
	for name, c := range map[string]struct {
		token         string
		before, after props
		mutable       Mutable
		replace       string
	}{
		"a name":              {"core/v1:ConfigMap", props{"metadata": x}, props{"metadata": props{"name": "y", "namespace": "n"}}, Mutable{}, "[metadata]"},
		"a namespace":         {"core/v1:ConfigMap", props{"metadata": x}, props{"metadata": props{"name": "x", "namespace": "m"}}, Mutable{}, "[metadata]"},
		"a label":             {"core/v1:ConfigMap", props{"metadata": x}, props{"metadata": props{"name": "x", "namespace": "n", "labels": props{"a": "b"}}}, Mutable{}, "[]"},
		"a ConfigMap's data":  {"core/v1:ConfigMap", props{"data": props{"a.b": "1"}}, props{"data": props{"a.b": "2"}}, Mutable{}, "[data]"},
		"a mutable one's":     {"core/v1:ConfigMap", props{"data": props{"a.b": "1"}}, props{"data": props{"a.b": "2"}}, Mutable{ConfigMap: true}, "[]"},
		"an immutable one's":  {"core/v1:ConfigMap", props{"immutable": true, "data": props{"a": "1"}}, props{"immutable": true, "data": props{"a": "2"}}, Mutable{ConfigMap: true}, "[data]"},
		"a Secret's":          {"core/v1:Secret", props{"stringData": props{"a": "1"}}, props{"stringData": props{"a": "2"}}, Mutable{ConfigMap: true}, "[data]"},
		"a Secret's type":     {"core/v1:Secret", props{"type": "a"}, props{"type": "b"}, Mutable{Secret: true}, "[type]"},
		"a set's image":       {"apps/v1:StatefulSet", props{"spec": container("a")}, props{"spec": container("b")}, Mutable{}, "[]"},
		"a set's service":     {"apps/v1:StatefulSet", props{"spec": props{"serviceName": "a"}}, props{"spec": props{"serviceName": "b"}}, Mutable{}, "[spec]"},
		"a set's replicas":    {"apps/v1:StatefulSet", props{"spec": props{"replicas": 1}}, props{"spec": props{"replicas": 2}}, Mutable{}, "[]"},
		"a service's address": {"core/v1:Service", props{"spec": props{"clusterIP": "None"}}, props{"spec": props{}}, Mutable{}, "[spec]"},
		"a service's port":    {"core/v1:Service", props{"spec": props{"ports": []any{props{"port": 1}}}}, props{"spec": props{"ports": []any{props{"port": 2}}}}, Mutable{}, "[]"},
		"a binding's role":    {"rbac.authorization.k8s.io/v1:RoleBinding", props{"roleRef": props{"name": "a"}}, props{"roleRef": props{"name": "b"}}, Mutable{}, "[roleRef]"},
	} {
		t.Run(name, func(t *testing.T) {
			result := Diff(kind(t, c.token), resource.NewPropertyMapFromMap(c.before), resource.NewPropertyMapFromMap(c.after), c.mutable)
			if result.Changes != plugin.DiffSome || len(result.DetailedDiff) == 0 {
				t.Errorf("the changes are %v, %v", result.Changes, result.DetailedDiff)
			}
			if fmt.Sprint(result.ReplaceKeys) != c.replace {
				t.Errorf("replaced by %v, expected %s", result.ReplaceKeys, c.replace)
			}
		})
	}
}

func TestFixedNamesAreDeletedFirst(t *testing.T) {
	for name, c := range map[string]struct {
		before, after props
		first         bool
	}{
		"fixed":   {props{"name": "x"}, props{"name": "x"}, true},
		"renamed": {props{"name": "x"}, props{"name": "y"}, false},
		"moved":   {props{"name": "x", "namespace": "a"}, props{"name": "x", "namespace": "b"}, false},
	} {
		result := Diff(kind(t, "core/v1:ConfigMap"),
			resource.NewPropertyMapFromMap(props{"metadata": c.before, "data": props{"a": "1"}}),
			resource.NewPropertyMapFromMap(props{"metadata": c.after, "data": props{"a": "2"}}), Mutable{})
		if len(result.ReplaceKeys) == 0 || result.DeleteBeforeReplace != c.first {
			t.Errorf("%s: replaced by %v, deleted first: %v", name, result.ReplaceKeys, result.DeleteBeforeReplace)
		}
	}
}

func TestUnknownIsADifference(t *testing.T) {
	before := resource.NewPropertyMapFromMap(props{"spec": props{"replicas": 1}})
	for _, field := range []resource.PropertyKey{"replicas", "added"} {
		after := resource.NewPropertyMapFromMap(props{"spec": props{"replicas": 1}})
		after["spec"].ObjectValue()[field] = resource.MakeComputed(resource.NewStringProperty(""))
		if result := Diff(kind(t, "apps/v1:StatefulSet"), before, after, Mutable{}); len(result.DetailedDiff) != 1 {
			t.Errorf("%s: %v", field, result)
		}
	}
}

// A state of the official plugin, which keeps the API server's form.
func TestFormIsNoDifference(t *testing.T) {
	inputs := func(container props) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(props{"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": props{"name": "x"}, "spec": props{
			"template": props{"spec": props{"containers": []any{container}}}}})
	}
	set := kind(t, "apps/v1:StatefulSet")
	written := inputs(props{"name": "c", "resources": props{"limits": props{"cpu": "1500m", "memory": "1Gi"}},
		"volumeMounts": []any{props{"name": "w", "mountPath": "/w"}}})
	same := inputs(props{"name": "c", "resources": props{"limits": props{"cpu": 1.5, "memory": "1024Mi"}},
		"volumeMounts": []any{props{"name": "w", "mountPath": "/w", "readOnly": false, "subPath": ""}}, "args": []any{}})
	if result := Diff(set, written, same, Mutable{}); result.Changes != plugin.DiffNone {
		t.Errorf("%v", result.DetailedDiff)
	}
	for name, other := range map[string]props{
		"what is said":      {"name": "c", "volumeMounts": []any{props{"name": "w", "mountPath": "/w", "readOnly": true}}},
		"what false means":  {"name": "c", "securityContext": props{"allowPrivilegeEscalation": false}},
		"what is not known": {"name": "c", "ofALaterRelease": "x"},
	} {
		if result := Diff(set, inputs(props{"name": "c"}), inputs(other), Mutable{}); result.Changes != plugin.DiffSome {
			t.Errorf("%s is no difference", name)
		}
	}
}

func TestSecretsDoNotMakeADifference(t *testing.T) {
	open := resource.NewPropertyMapFromMap(props{"data": props{"a": "1"}})
	closed := resource.PropertyMap{"data": resource.MakeSecret(open["data"])}
	if result := Diff(kind(t, "core/v1:Secret"), open, closed, Mutable{}); result.Changes != plugin.DiffNone {
		t.Errorf("%v", result)
	}
	// The inputs of a Secret as the official plugin keeps them.
	texts := resource.NewPropertyMapFromMap(props{"stringData": props{"a": "b"}})
	encoded := resource.NewPropertyMapFromMap(props{"data": props{"a": "Yg=="}})
	if result := Diff(kind(t, "core/v1:Secret"), encoded, texts, Mutable{}); result.Changes != plugin.DiffNone {
		t.Errorf("%v", result)
	}
}

func TestRefreshedInputs(t *testing.T) {
	want := props{"metadata": props{"name": "x"}, "spec": props{
		"cpu": "1000m", "empty": []any{}, "off": false,
		"containers": []any{props{"name": "a", "image": "1"}, props{"name": "gone"}},
		"args":       []any{"one", "two"},
	}}
	live := props{"metadata": props{"name": "x", "uid": "u"}, "status": props{}, "spec": props{
		"cpu": "1", "defaulted": "d",
		"containers": []any{props{"name": "injected"}, props{"name": "a", "image": "2", "imagePullPolicy": "Always"}},
		"args":       []any{"one", "2", "three"},
	}}
	got := Inputs(&unstructured.Unstructured{Object: want}, &unstructured.Unstructured{Object: live})
	expected := props{"metadata": props{"name": "x"}, "spec": props{
		"cpu": "1000m", "empty": []any{}, "off": false,
		"containers": []any{props{"name": "a", "image": "2"}},
		"args":       []any{"one", "2", "three"},
	}}
	if fmt.Sprint(got) != fmt.Sprint(expected) {
		t.Errorf("refreshed to %v\nexpected     %v", got, expected)
	}
	text := func(value string) *unstructured.Unstructured {
		return &unstructured.Unstructured{Object: props{"kind": "ConfigMap", "data": props{"a": value}}}
	}
	if got := Inputs(text("1000m"), text("1"))["data"].(props)["a"]; got != "1" {
		t.Errorf("a text that looks like a quantity stayed %v", got)
	}
}

func TestNumbersAreWhole(t *testing.T) {
	object, complete, err := FromProperties(resource.NewPropertyMapFromMap(props{"a": 3.0, "b": 1.5, "n": nil, "__kept": "x"}))
	if err != nil || !complete {
		t.Fatal(complete, err)
	}
	if got := fmt.Sprintf("%#v", object.Object); got != `map[string]interface {}{"a":3, "b":1.5}` {
		t.Errorf("made %s", got)
	}
}

func TestRedaction(t *testing.T) {
	inputs := resource.PropertyMap{
		"a": resource.MakeSecret(resource.NewStringProperty("aHVudGVyMjI=")), "b": resource.MakeSecret(resource.NewStringProperty("is")),
	}
	if got := Redact("this is aHVudGVyMjI= or hunter22", inputs); got != "this is [secret] or [secret]" {
		t.Errorf("redacted to %q", got)
	}
}
