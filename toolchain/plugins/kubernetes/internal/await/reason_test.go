package await

import (
	"context"
	"strings"
	"testing"

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
		pods: "PodList", events: "EventList", replicaSets: "ReplicaSetList",
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
			kind, _ := kinds.ByToken("kubernetes:core/v1:Pod")
			got := waiter(c.more...).explained(t.Context(), kind, c.pod, "it is not ready")
			if got != "it is not ready: "+c.expect {
				t.Errorf("said %q\nexpected %q", got, c.expect)
			}
		})
	}
}

func TestReasonsOfOwners(t *testing.T) {
	kind, _ := kinds.ByToken("kubernetes:apps/v1:Deployment")
	deployment := object("Deployment", "web", props{"apiVersion": "apps/v1", "spec": props{"selector": props{"matchLabels": props{"app": "web"}}}})
	pod := withContainer(props{"state": props{"waiting": props{"reason": "ErrImageNeverPull"}}})
	got := waiter(pod).explained(t.Context(), kind, deployment, "0 of 1")
	if want := `0 of 1: pod web-0: container main: image "spark:1": ErrImageNeverPull`; got != want {
		t.Errorf("said %q, expected %q", got, want)
	}
	set := object("ReplicaSet", "web-1", props{"apiVersion": "apps/v1"})
	quota := object("Event", "e", props{"type": "Warning", "reason": "FailedCreate", "message": "exceeded quota"})
	got = waiter(set, quota).explained(t.Context(), kind, deployment, "0 of 1")
	if want := "0 of 1: FailedCreate: exceeded quota"; got != want {
		t.Errorf("said %q, expected %q", got, want)
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
		"an active namespace": {"core/v1:Namespace", props{"status": props{"phase": "Active"}}, State{Done: true}},
		"a new namespace":     {"core/v1:Namespace", props{}, State{}},
		"a succeeded pod":     {"core/v1:Pod", props{"status": props{"phase": "Succeeded"}}, State{Done: true}},
		"a failed pod":        {"core/v1:Pod", props{"status": props{"phase": "Failed"}}, State{Failed: true}},
		"a pod at work":       {"core/v1:Pod", props{"status": props{"phase": "Running"}}, State{}},
		"a complete job":      {"batch/v1:Job", props{"status": props{"conditions": []any{props{"type": "Complete", "status": "True"}}}}, State{Done: true}},
		"a failed job":        {"batch/v1:Job", props{"status": props{"conditions": []any{props{"type": "Failed", "status": "True"}}}}, State{Failed: true}},
		"a job at work":       {"batch/v1:Job", props{"status": props{"active": int64(1)}}, State{}},
		"a bound claim":       {"core/v1:PersistentVolumeClaim", props{"status": props{"phase": "Bound"}}, State{Done: true}},
		"a lost claim":        {"core/v1:PersistentVolumeClaim", props{"status": props{"phase": "Lost"}}, State{Failed: true}},
		"a claim that waits":  {"core/v1:PersistentVolumeClaim", props{"spec": props{"storageClassName": "slow"}}, State{}},
		"a name elsewhere":    {"core/v1:Service", props{"spec": props{"type": "ExternalName"}}, State{Done: true}},
		"without selector":    {"core/v1:Service", props{"spec": props{"type": "ClusterIP"}}, State{Done: true}},
		"without address":     {"core/v1:Service", props{"spec": props{"type": "LoadBalancer"}}, State{}},
		"a set of none":       {"apps/v1:StatefulSet", props{"spec": props{"replicas": int64(0)}}, State{Done: true}},
		"a set that starts":   {"apps/v1:StatefulSet", props{"spec": props{"replicas": int64(2)}, "status": props{"replicas": int64(2), "readyReplicas": int64(1)}}, State{}},
		"an outdated set":     {"apps/v1:StatefulSet", props{"spec": props{"replicas": int64(0)}, "status": props{"observedGeneration": int64(1)}}, State{}},
		"a deployment too late": {"apps/v1:Deployment", props{"spec": props{"replicas": int64(1)}, "status": props{"conditions": []any{
			props{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}}}}, State{Failed: true}},
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
			if !got.Done && (got.Message == "" && name != "a failed job" || strings.Contains(got.Message, "\n")) {
				t.Errorf("the message is %q", got.Message)
			}
		})
	}
}
