package provider

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

func toText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func statefulSet(name string) props {
	return props{"metadata": props{"name": name, "annotations": props{propagation: "background"}}, "spec": props{
		"serviceName": name, "selector": props{"matchLabels": props{"app": name}},
		"template": props{"metadata": props{"labels": props{"app": name}},
			"spec": props{"containers": []any{props{"name": "main", "image": "nothing:1"}}}}}}
}

func ready() props {
	return props{"observedGeneration": int64(1), "replicas": int64(1), "readyReplicas": int64(1), "availableReplicas": int64(1),
		"updatedReplicas": int64(1), "currentReplicas": int64(1), "currentRevision": "a", "updateRevision": "a"}
}

func TestStatefulSetIsAwaited(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("apps/v1:StatefulSet", "web")
	go b.setStatus("apps/statefulsets", "web", ready())
	r.mustUp(statefulSet("web"))
	b.wants("the pods in the outputs", object.Object(r.outputs, "status")["readyReplicas"].V, 1.0)
	if err := r.destroy(); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsNotReadyStaysInTheState(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("apps/v1:StatefulSet", "web")
	r.timeout = 2
	b.put("pods", props{"apiVersion": "v1", "kind": "Pod", "metadata": props{"name": "web-0", "labels": props{"app": "web"}},
		"spec": props{"containers": []any{props{"name": "main", "image": "nothing:1"}}}})
	b.setStatus("pods", "web-0", props{"phase": "Pending", "containerStatuses": []any{props{
		"name": "main", "image": "nothing:1", "imageID": "", "ready": false, "restartCount": int64(0),
		"state": props{"waiting": props{"reason": "ErrImageNeverPull", "message": "it is not on\nthe node"}},
	}}})
	_, err := r.up(statefulSet("web"))
	b.fails(err, "StatefulSet "+b.namespace+"/web is not ready after 2s", `pod web-0: container main: image "nothing:1"`,
		"ErrImageNeverPull: it is not on the node")
	failed := r.partial(err)
	if failed == nil || len(failed.Reasons) != 1 {
		t.Fatalf("the engine would not keep the object: %v", failed)
	}
	b.wants("the id", failed.Id, b.namespace+"/web")

	// A refresh reports the same, and the next update waits again.
	if r.partial(r.refresh()) == nil {
		t.Error("a refresh takes the set for ready")
	}
	b.setStatus("apps/statefulsets", "web", ready())
	response, err := b.Update(t.Context(), plugin.UpdateRequest{URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), ID: r.id,
		OldInputs: r.inputs, OldOutputs: r.outputs, NewInputs: r.inputs, Timeout: 10})
	if err != nil {
		t.Fatal(err)
	}
	b.wants("the pods", object.Object(response.Properties, "status")["readyReplicas"].V, 1.0)
}

// The details of an object that is not ready are part of the engine's protocol, which takes UTF-8 only.
func TestReasonsInAnyLanguageKeepTheObject(t *testing.T) {
	for name, reason := range map[string]string{"cut within a letter": "M\xc3", "whole": "M\u00fcll"} {
		err := notReady("n/web", nil, nil, errors.New(reason))
		status, ok := rpcerror.FromError(err)
		if !ok || len(status.Details()) != 1 || !utf8.ValidString(status.Message()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCancelEndsTheWaiting(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("apps/v1:StatefulSet", "web")
	r.timeout = 60
	started := time.Now()
	time.AfterFunc(time.Second, func() { _ = b.SignalCancellation(context.Background()) })
	_, err := r.up(statefulSet("web"))
	b.fails(err, "StatefulSet "+b.namespace+"/web is there, but waiting for it was cancelled")
	if r.partial(err) == nil {
		t.Error("the engine would forget the set")
	}
	if waited := time.Since(started); waited > 5*time.Second {
		t.Errorf("the waiting went on for %s", waited)
	}
}

func TestQuotaIsTheReason(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("apps/v1:StatefulSet", "web")
	r.timeout = 3
	go func() {
		b.setStatus("apps/statefulsets", "web", props{"replicas": int64(0), "observedGeneration": int64(1)})
		set := b.get("apps/statefulsets", "web")
		b.put("events", props{"apiVersion": "v1", "kind": "Event", "metadata": named("web.1"), "type": "Warning",
			"reason": "FailedCreate", "message": "pods \"web-0\" is forbidden: exceeded quota: small",
			"lastTimestamp": time.Now().UTC().Format(time.RFC3339), "involvedObject": props{
				"kind": "StatefulSet", "name": "web", "namespace": b.namespace, "uid": string(set.GetUID())}})
	}()
	_, err := r.up(statefulSet("web"))
	b.fails(err, "StatefulSet "+b.namespace+"/web is not ready after 3s", "FailedCreate", "exceeded quota: small")
}

func TestServiceIsAwaitedUnlessHeadless(t *testing.T) {
	b := newBench(t, nil)
	ports := []any{props{"port": 80}}
	headless := b.resource("core/v1:Service", "headless")
	headless.mustUp(props{"metadata": named("headless"), "spec": props{
		"clusterIP": "None", "selector": props{"app": "web"}, "ports": ports}})

	r := b.resource("core/v1:Service", "web")
	r.timeout = 2
	inputs := props{"metadata": named("web"), "spec": props{"selector": props{"app": "web"}, "ports": ports}}
	_, err := r.up(inputs)
	b.fails(err, "Service "+b.namespace+"/web is not ready after 2s", "no pod has the labels app=web")
	b.put("discovery.k8s.io/endpointslices", props{"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
		"metadata": props{"name": "web-1", "labels": props{"kubernetes.io/service-name": "web"}}, "addressType": "IPv4",
		"endpoints": []any{props{"addresses": []any{"10.1.1.1"}, "conditions": props{"ready": true}}}})
	if err := r.refresh(); err != nil {
		t.Errorf("with an endpoint it is ready: %v", err)
	}
}

func TestClaimThatBindsLaterIsNotAwaited(t *testing.T) {
	b := newBench(t, nil)
	b.put("storage.k8s.io/storageclasses", props{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
		"metadata": named("later"), "provisioner": "test/none", "volumeBindingMode": "WaitForFirstConsumer"})
	defer b.removeBehind("storage.k8s.io/storageclasses", "later")
	claim := func(class string) props {
		return props{"metadata": named("data"), "spec": props{"storageClassName": class, "accessModes": []any{"ReadWriteOnce"},
			"resources": props{"requests": props{"storage": "1Gi"}}}}
	}
	r := b.resource("core/v1:PersistentVolumeClaim", "data")
	r.mustUp(claim("later"))
	grown := claim("later")
	grown["spec"].(props)["resources"] = props{"requests": props{"storage": "2Gi"}}
	b.wants("the keys that replace when a claim grows",
		len(r.diff(r.check(propsOf(grown))).ReplaceKeys), 0)
	b.wants("the keys that replace when a claim's class changes",
		r.diff(r.check(propsOf(claim("other")))).ReplaceKeys, "[spec]")
}

func TestDeletionAwaitsFinalizers(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("core/v1:ConfigMap", "kept")
	r.timeout = 2
	r.mustUp(props{"metadata": props{"name": "kept", "finalizers": []any{"test.io/hold"}, "annotations": props{propagation: "background"}}})
	b.fails(r.destroy(), "ConfigMap "+b.namespace+"/kept is not gone after 2s", "test.io/hold")
	time.AfterFunc(time.Second, func() {
		_, err := b.in("configmaps").Patch(context.Background(), "kept", types.MergePatchType,
			[]byte(`{"metadata":{"finalizers":null}}`), metav1.PatchOptions{})
		if err != nil {
			t.Error(err)
		}
	})
	r.timeout = 10
	if err := r.destroy(); err != nil {
		t.Error(err)
	}
}
