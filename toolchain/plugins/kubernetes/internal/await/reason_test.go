package await

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic/fake"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

type props = map[string]any

func waiter(objects ...*unstructured.Unstructured) Waiter {
	lists := map[schema.GroupVersionResource]string{
		pods: "PodList", events: "EventList",
		{Group: "storage.k8s.io", Version: "v1", Resource: "storageclasses"}: "StorageClassList",
	}
	var all []runtime.Object
	for _, object := range objects {
		all = append(all, object)
	}
	return Waiter{Client: cluster.NewForTest(fake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), lists, all...))}
}

func object(kind, name string, fields props) *unstructured.Unstructured {
	made := props{"apiVersion": "v1", "kind": kind, "metadata": props{
		"name": name, "namespace": "n", "uid": "uid-" + name, "labels": props{"app": "web"}}}
	for field, value := range fields {
		made[field] = value
	}
	return &unstructured.Unstructured{Object: made}
}

func withContainer(status props) *unstructured.Unstructured {
	status["name"], status["image"] = "main", "spark:1"
	return object("Pod", "web-0", props{"status": props{"phase": "Pending", "containerStatuses": []any{status}}})
}

func TestReasonsOfPods(t *testing.T) {
	event := object("Event", "e", props{"type": "Warning", "reason": "FailedMount", "message": "no such\nvolume",
		"involvedObject": props{"uid": "uid-web-0"}})
	for name, c := range map[string]struct {
		pod    *unstructured.Unstructured
		more   []*unstructured.Unstructured
		expect string
	}{
		"an image that cannot be pulled": {withContainer(props{"state": props{"waiting": props{"reason": "ImagePullBackOff", "message": "not found"}}}), nil,
			`container main: image "spark:1": ImagePullBackOff: not found`},
		"a crash": {withContainer(props{"state": props{"waiting": props{"reason": "CrashLoopBackOff"}},
			"lastState": props{"terminated": props{"exitCode": int64(64), "reason": "Error", "message": "no\nsecret"}}}), nil,
			"CrashLoopBackOff: container main ended with exit code 64, its last words: no secret"},
		"too much memory": {withContainer(props{"state": props{"terminated": props{"exitCode": int64(137), "reason": "OOMKilled"}}}), nil,
			"container main ended with exit code 137 (OOMKilled)"},
		"a missing key": {withContainer(props{"state": props{"waiting": props{"reason": "CreateContainerConfigError", "message": "no key"}}}), nil,
			"container main: CreateContainerConfigError: no key"},
		"a missing volume": {withContainer(props{"state": props{"waiting": props{"reason": "ContainerCreating"}}}), []*unstructured.Unstructured{event},
			"FailedMount: no such volume"},
		"no place": {object("Pod", "web-0", props{"status": props{"phase": "Pending", "conditions": []any{
			props{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/1 nodes are available"}}}}), nil,
			"Unschedulable: 0/1 nodes are available"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := waiter(c.more...).podReason(t.Context(), *c.pod); got != c.expect {
				t.Errorf("said %q\nexpected %q", got, c.expect)
			}
		})
	}
}

func TestReasonsOfOwners(t *testing.T) {
	kind, _ := kinds.ByToken("kubernetes:apps/v1:StatefulSet")
	owner := object("StatefulSet", "web", props{"apiVersion": "apps/v1", "spec": props{"selector": props{"matchLabels": props{"app": "web"}}}})
	pod := withContainer(props{"state": props{"waiting": props{"reason": "ErrImageNeverPull"}}})
	got := waiter(pod).explained(t.Context(), kind, owner, "0 of 1")
	if want := `0 of 1: pod web-0: container main: image "spark:1": ErrImageNeverPull`; got != want {
		t.Errorf("said %q, expected %q", got, want)
	}
	quota := object("Event", "e", props{"type": "Warning", "reason": "FailedCreate", "message": "exceeded quota",
		"involvedObject": props{"uid": "uid-web"}})
	got = waiter(quota).explained(t.Context(), kind, owner, "0 of 1")
	if want := "0 of 1: FailedCreate: exceeded quota"; got != want {
		t.Errorf("said %q, expected %q", got, want)
	}
}

// The engine's protocol takes UTF-8 only: a text that was cut inside a character ended the plugin, and its object was lost from the state.
func TestLastWordsInAnyLanguageAreUTF8(t *testing.T) {
	for name, words := range map[string]string{
		"long":                  "x" + strings.Repeat("\u00fc", 300),
		"cut within a letter":   "\xbcber",
		"not a text of letters": strings.Repeat("\xff\xfe", 300),
	} {
		pod := withContainer(props{"state": props{"terminated": props{"exitCode": int64(1), "message": words}}})
		got := waiter().podReason(t.Context(), *pod)
		if !utf8.ValidString(got) || !strings.Contains(got, "its last words") || len(got) > 500 {
			t.Errorf("%s: said %q", name, got)
		}
	}
}

func TestWhatIsReady(t *testing.T) {
	class := object("StorageClass", "slow", props{"apiVersion": "storage.k8s.io/v1", "volumeBindingMode": "Immediate"})
	class.SetNamespace("")
	for name, c := range map[string]struct {
		token  string
		fields props
		expect State
	}{
		"a bound claim":      {"core/v1:PersistentVolumeClaim", props{"status": props{"phase": "Bound"}}, State{Done: true}},
		"a lost claim":       {"core/v1:PersistentVolumeClaim", props{"status": props{"phase": "Lost"}}, State{Failed: true}},
		"a claim that waits": {"core/v1:PersistentVolumeClaim", props{"spec": props{"storageClassName": "slow"}}, State{}},
		"a name elsewhere":   {"core/v1:Service", props{"spec": props{"type": "ExternalName"}}, State{Done: true}},
		"without selector":   {"core/v1:Service", props{"spec": props{"type": "ClusterIP"}}, State{Done: true}},
		"without address":    {"core/v1:Service", props{"spec": props{"type": "LoadBalancer"}}, State{}},
		"a set of none":      {"apps/v1:StatefulSet", props{"spec": props{"replicas": int64(0)}}, State{Done: true}},
		"a set that starts":  {"apps/v1:StatefulSet", props{"spec": props{"replicas": int64(2)}, "status": props{"replicas": int64(2), "readyReplicas": int64(1)}}, State{}},
		"an outdated set":    {"apps/v1:StatefulSet", props{"spec": props{"replicas": int64(0)}, "status": props{"observedGeneration": int64(1)}}, State{}},
	} {
		t.Run(name, func(t *testing.T) {
			kind, ok := kinds.ByToken("kubernetes:" + c.token)
			if !ok {
				t.Fatal(c.token)
			}
			made := object(kind.Name, "x", c.fields)
			made.SetAPIVersion(kind.APIVersion)
			if name == "an outdated set" {
				made.SetGeneration(2)
			}
			got, err := waiter(class).Check(context.Background(), kind, made)
			if err != nil {
				t.Fatal(err)
			}
			if got.Done != c.expect.Done || got.Failed != c.expect.Failed {
				t.Errorf("found %+v", got)
			}
			if !got.Done && (got.Message == "" || strings.Contains(got.Message, "\n")) {
				t.Errorf("the message is %q", got.Message)
			}
		})
	}
}
