package provider

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

func named(name string) props { return props{"name": name} }

func TestAnObjectsLife(t *testing.T) {
	b := newBench(t, props{"enableConfigMapMutable": true})
	r := b.resource("core/v1:ConfigMap", "settings")
	inputs := func(data props) props {
		return props{"metadata": props{"name": "settings", "labels": props{"a": "b"},
			// There is no garbage collector here.
			"annotations": props{propagation: "background"}}, "data": data}
	}
	r.mustUp(inputs(props{"one": "1", "two": "2"}))
	b.wants("id", r.id, b.namespace+"/settings")
	b.wants("the namespace in the outputs", object.Text(object.Object(r.outputs, "metadata"), "namespace"), b.namespace)
	if !strings.HasPrefix(object.Text(r.outputs, managerKey), "pulumi-kubernetes-") {
		t.Errorf("the state has the field manager %q", object.Text(r.outputs, managerKey))
	}
	b.wants("a second up", r.mustUp(inputs(props{"one": "1", "two": "2"})).Changes, plugin.DiffNone)

	// The first change must also remove fields that the creation set.
	difference := r.mustUp(inputs(props{"one": "11"}))
	b.wants("the replaced keys", len(difference.ReplaceKeys), 0)
	b.wants("the data", b.get("configmaps", "settings").Object["data"], props{"one": "11"})

	if err := r.refresh(); err != nil {
		t.Fatal(err)
	}
	b.wants("an up after a refresh", r.mustUp(inputs(props{"one": "11"})).Changes, plugin.DiffNone)

	if _, err := b.in("configmaps").Patch(t.Context(), "settings", types.MergePatchType,
		[]byte(`{"data":{"one":"drifted","three":"other's"}}`), metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := r.refresh(); err != nil {
		t.Fatal(err)
	}
	b.wants("the refreshed input", object.Text(object.Object(r.inputs, "data"), "one"), "drifted")
	_, err := r.up(inputs(props{"one": "11"}))
	b.fails(err, "ConfigMap "+b.namespace+"/settings", ".data.one", "patchForce")

	forced := inputs(props{"one": "11"})
	forced["metadata"].(props)["annotations"] = props{patchForce: "true", propagation: "background"}
	r.mustUp(forced)
	b.wants("the data after force", b.get("configmaps", "settings").Object["data"], props{"one": "11", "three": "other's"})

	if err := r.destroy(); err != nil {
		t.Fatal(err)
	}
	if err := r.refresh(); err != nil || r.id != "" {
		t.Errorf("a deleted object was read as %q, %v", r.id, err)
	}
	r.id = resource.ID(b.namespace + "/settings")
	if err := r.destroy(); err != nil {
		t.Errorf("deleting what is gone: %v", err)
	}
}

func TestWhatExistsIsNotTakenOver(t *testing.T) {
	b := newBench(t, nil)
	b.put("configmaps", props{"apiVersion": "v1", "kind": "ConfigMap", "metadata": named("mine"), "data": props{"a": "b"}})
	r := b.resource("core/v1:ConfigMap", "mine")
	_, err := r.up(props{"metadata": named("mine"), "data": props{"c": "d"}})
	b.fails(err, "ConfigMap "+b.namespace+"/mine", "exists already",
		"pulumi import kubernetes:core/v1:ConfigMap NAME "+b.namespace+"/mine", "upsertExistingObjects")
	b.wants("the data", b.get("configmaps", "mine").Object["data"], props{"a": "b"})

	b.settings.UpsertExisting = true
	r.mustUp(props{"metadata": named("mine"), "data": props{"c": "d"}})
	b.wants("the data", b.get("configmaps", "mine").Object["data"], props{"a": "b", "c": "d"})
}

func TestWhatAnotherOwnerHasIsLeftAlone(t *testing.T) {
	b := newBench(t, props{"upsertExistingObjects": true,
		"enablePatchForce": true, "enableConfigMapMutable": true})
	owned := func(name, owner string) props {
		return props{"name": name, "labels": props{ownerLabel: owner}, "annotations": props{
			ownerName: owner + "'s laptop", propagation: "background"}}
	}
	inputs := func(owner, value string) props {
		return props{"metadata": owned("shared", owner), "data": props{"a": value}}
	}
	theirs := props{"apiVersion": "v1", "kind": "ConfigMap", "metadata": owned("shared", "hers"), "data": props{"a": "b"}}
	r := b.resource("core/v1:ConfigMap", "shared")

	b.put("configmaps", theirs)
	_, err := r.up(inputs("mine", "c"))
	b.fails(err, "ConfigMap "+b.namespace+"/shared", "belongs to hers's laptop", "choose another name")
	b.put("configmaps", props{"apiVersion": "v1", "kind": "ConfigMap", "metadata": named("nobodys")})
	_, err = b.resource("core/v1:ConfigMap", "nobodys").up(props{"metadata": owned("nobodys", "mine")})
	b.fails(err, "belongs to nobody that it names")
	b.removeBehind("configmaps", "shared")
	r.mustUp(inputs("mine", "c"))
	again := b.resource("core/v1:ConfigMap", "shared")
	again.mustUp(inputs("mine", "c"))

	// Somebody deletes our object, and another owner creates one of the same name.
	b.removeBehind("configmaps", "shared")
	b.put("configmaps", theirs)
	_, err = r.up(inputs("mine", "d"))
	b.fails(err, "updating ConfigMap "+b.namespace+"/shared", "belongs to hers's laptop")
	if err := r.destroy(); err != nil {
		t.Fatal(err)
	}
	b.wants("the data", b.get("configmaps", "shared").Object["data"], props{"a": "b"})
	if err := again.refresh(); err != nil || again.id != "" {
		t.Errorf("another owner's object was read as %q, %v", again.id, err)
	}
	if !b.said.contain("is left alone: it belongs to hers's laptop") || !b.said.contain("is not the stack's any more") {
		t.Error("nobody was told")
	}
}

func TestAnAutoscalersNumberStays(t *testing.T) {
	for manager, kept := range map[string]int64{"kube-controller-manager": 3, "kubectl": 2} {
		t.Run(manager, func(t *testing.T) {
			b := newBench(t, props{"enablePatchForce": true})
			r := b.resource("apps/v1:StatefulSet", "workers")
			inputs := func(image string) props {
				return props{
					"metadata": props{"name": "workers", "annotations": props{skipAwait: "true", propagation: "background"}},
					"spec": props{"replicas": 2, "serviceName": "workers", "selector": props{"matchLabels": props{"a": "b"}},
						"template": props{"metadata": props{"labels": props{"a": "b"}},
							"spec": props{"containers": []any{props{"name": "node", "image": image}}}}},
				}
			}
			r.mustUp(inputs("one"))
			if _, err := b.in("apps/statefulsets").Patch(t.Context(), "workers", types.MergePatchType,
				[]byte(`{"spec":{"replicas":3}}`), metav1.PatchOptions{FieldManager: manager}, "scale"); err != nil {
				t.Fatal(err)
			}
			r.mustUp(inputs("two"))
			live := b.get("apps/statefulsets", "workers")
			number, _, _ := unstructured.NestedInt64(live.Object, "spec", "replicas")
			b.wants("the number of pods", number, kept)
			if err := r.destroy(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestWhatHadNoOwnerGetsOne(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("core/v1:ConfigMap", "old")
	r.mustUp(props{"metadata": named("old"), "data": props{"a": "b"}})
	r.mustUp(props{"metadata": props{"name": "old", "labels": props{ownerLabel: "mine"},
		"annotations": props{propagation: "background"}}, "data": props{"a": "b"}})
	b.wants("the owner", b.get("configmaps", "old").GetLabels()[ownerLabel], "mine")
	if err := r.destroy(); err != nil {
		t.Fatal(err)
	}
}

func TestImport(t *testing.T) {
	b := newBench(t, nil)
	b.put("configmaps", props{"apiVersion": "v1", "kind": "ConfigMap", "metadata": named("mine"), "data": props{"a": "b"}})
	r := b.resource("core/v1:ConfigMap", "mine")
	r.id = resource.ID(b.namespace + "/mine")
	if err := r.refresh(); err != nil {
		t.Fatal(err)
	}
	b.wants("an up after the import", r.mustUp(props{"metadata": named("mine"), "data": props{"a": "b"}}).Changes, plugin.DiffNone)
	r.id = "a/b/c"
	b.fails(r.refresh(), `"a/b/c" is not the id of a ConfigMap`, "NAMESPACE/NAME")
}

// A state from before this plugin could be exchanged for the official one.
func TestAnOlderStateIsCompleted(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("core/v1:ConfigMap", "old")
	inputs := props{"metadata": named("old"), "data": props{"a": "b"}}
	r.mustUp(inputs)
	delete(r.outputs, inputsKey)
	difference := r.mustUp(inputs)
	if difference.Changes != plugin.DiffSome || len(difference.ReplaceKeys) > 0 {
		t.Errorf("the difference is %+v", difference)
	}
	b.wants("the data in the state", object.Text(object.Object(object.Object(r.outputs, inputsKey), "data"), "a"), "b")
	b.wants("an up after it", r.mustUp(inputs).Changes, plugin.DiffNone)
	b.wants("the data", b.get("configmaps", "old").Object["data"], props{"a": "b"})
}

func TestSecretsStaySecret(t *testing.T) {
	b := newBench(t, props{"enableSecretMutable": true})
	r := b.resource("core/v1:Secret", "keys")
	inputs := func(texts props) props { return props{"metadata": named("keys"), "stringData": texts} }
	r.mustUp(inputs(props{"token": "hunter22", "old": "x"}))
	if !r.inputs["stringData"].IsSecret() {
		t.Error("stringData is not secret in the inputs")
	}
	if kept := r.outputs[inputsKey].ObjectValue(); !r.outputs["data"].IsSecret() || !kept["stringData"].IsSecret() {
		t.Errorf("something is not secret in the state: %v", r.outputs)
	}
	b.wants("the data", b.get("secrets", "keys").Object["data"], props{"token": "aHVudGVyMjI=", "old": "eA=="})
	if err := r.refresh(); err != nil {
		t.Fatal(err)
	}
	if !r.inputs["stringData"].IsSecret() {
		t.Error("stringData is not secret in the refreshed inputs")
	}
	b.wants("an up after a refresh", r.mustUp(inputs(props{"token": "hunter22", "old": "x"})).Changes, plugin.DiffNone)
	r.mustUp(inputs(props{"token": "hunter23"}))
	b.wants("the data after a change", b.get("secrets", "keys").Object["data"], props{"token": "aHVudGVyMjM="})

	c := b.resource("core/v1:ConfigMap", "settings")
	secret := resource.PropertyMap{
		"metadata": resource.NewObjectProperty(resource.NewPropertyMapFromMap(named("settings"))),
		"data": resource.NewObjectProperty(resource.PropertyMap{
			"open": resource.NewStringProperty("seen"), "closed": resource.MakeSecret(resource.NewStringProperty("hunter22")),
		}),
	}
	if _, err := c.upWith(secret); err != nil {
		t.Fatal(err)
	}
	data := object.Object(c.outputs, "data")
	if !data["closed"].IsSecret() || data["open"].IsSecret() {
		t.Errorf("the outputs are %v", data)
	}
}

func TestErrorsDoNotTellSecrets(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("core/v1:Service", "service")
	inputs := resource.NewPropertyMapFromMap(props{"metadata": named("service")})
	inputs["spec"] = resource.NewObjectProperty(resource.PropertyMap{
		"type": resource.MakeSecret(resource.NewStringProperty("hunter22")),
	})
	_, err := r.upWith(inputs)
	b.fails(err, "Service "+b.namespace+"/service", "[secret]")
	if strings.Contains(err.Error(), "hunter22") {
		t.Errorf("the error tells the secret: %v", err)
	}
}

func TestMissingNamespace(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("core/v1:ConfigMap", "lost")
	_, err := r.up(props{"metadata": props{"name": "lost", "namespace": "nowhere"}})
	b.fails(err, "ConfigMap nowhere/lost", "the namespace nowhere does not exist")
}

func TestPreviews(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("apps/v1:StatefulSet", "web")
	set := func(image any) props {
		return props{"metadata": named("web"), "spec": props{
			"serviceName": "web",
			"selector":    props{"matchLabels": props{"app": "web"}},
			"template": props{"metadata": props{"labels": props{"app": "web"}},
				"spec": props{"containers": []any{props{"name": "web", "image": image}}}},
		}}
	}
	preview := func(inputs props) (resource.PropertyMap, error) {
		response, err := b.Create(t.Context(), plugin.CreateRequest{URN: r.urn(), Name: r.name, Type: tokens.Type(r.token),
			Properties: r.check(resource.NewPropertyMapFromMap(inputs)), Preview: true})
		return response.Properties, err
	}
	state, err := preview(set("busybox"))
	if err != nil {
		t.Fatal(err)
	}
	b.wants("the defaulted replicas", object.Object(state, "spec")["replicas"].V, 1.0)
	if _, err := b.in("apps/statefulsets").Get(t.Context(), "web", metav1.GetOptions{}); err == nil {
		t.Error("a preview made an object")
	}

	wrong := set("busybox")
	wrong["spec"].(props)["template"].(props)["metadata"].(props)["labels"] = props{"app": "other"}
	_, err = preview(wrong)
	b.fails(err, "previewing StatefulSet "+b.namespace+"/web", "selector")

	elsewhere := set("busybox")
	elsewhere["metadata"] = props{"name": "web", "namespace": "not-yet"}
	if _, err = preview(elsewhere); err != nil {
		t.Errorf("a namespace that is made by the same update: %v", err)
	}
	unknown := resource.NewPropertyMapFromMap(set("busybox"))
	unknown["spec"].ObjectValue()["replicas"] = resource.MakeComputed(resource.NewStringProperty(""))
	response, err := b.Create(t.Context(), plugin.CreateRequest{URN: r.urn(), Name: r.name, Type: tokens.Type(r.token),
		Properties: r.check(unknown), Preview: true})
	if err != nil {
		t.Fatal(err)
	}
	if !object.Object(response.Properties, "spec")["replicas"].IsComputed() {
		t.Error("what is not known yet is not unknown in the preview")
	}

	unwaited := set("busybox")
	unwaited["metadata"].(props)["annotations"] = props{skipAwait: "true"}
	r.mustUp(unwaited)
	changed := set("busybox:2")
	changed["metadata"].(props)["annotations"] = props{skipAwait: "true"}
	update, err := b.Update(t.Context(), plugin.UpdateRequest{URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), ID: r.id,
		OldInputs: r.inputs, OldOutputs: r.outputs, NewInputs: r.check(resource.NewPropertyMapFromMap(changed)), Preview: true})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(update.Properties["spec"].String(), "busybox:2") {
		t.Error("the preview of a change does not show it")
	}
	if strings.Contains(toText(b.get("apps/statefulsets", "web").Object), "busybox:2") {
		t.Error("a preview changed an object")
	}
}

func TestOthersFieldsAreLeftAlone(t *testing.T) {
	b := newBench(t, nil)
	r := b.resource("apps/v1:StatefulSet", "web")
	set := func(image string) props {
		return props{"metadata": props{"name": "web", "annotations": props{skipAwait: "true"}}, "spec": props{
			"serviceName": "web",
			"selector":    props{"matchLabels": props{"app": "web"}},
			"template": props{"metadata": props{"labels": props{"app": "web"}},
				"spec": props{"containers": []any{props{"name": "web", "image": image, "resources": props{"limits": props{"cpu": "1000m"}}}}}},
		}}
	}
	r.mustUp(set("busybox"))
	if _, err := b.in("apps/statefulsets").Patch(t.Context(), "web", types.MergePatchType,
		[]byte(`{"spec":{"replicas":3}}`), metav1.PatchOptions{}, "scale"); err != nil {
		t.Fatal(err)
	}
	if err := r.refresh(); err != nil {
		t.Fatal(err)
	}
	b.wants("an up after another's scaling", r.mustUp(set("busybox")).Changes, plugin.DiffNone)
	r.mustUp(set("busybox:2"))
	spec := b.get("apps/statefulsets", "web").Object["spec"].(props)
	b.wants("the replicas", spec["replicas"], 3)
}

func TestWhatOnlyTheOfficialPluginDoesIsRefused(t *testing.T) {
	for said, metadata := range map[string]props{
		"makes up no names":         {"labels": props{"a": "b"}},
		"pulumi.com/timeoutSeconds": {"name": "x", "annotations": props{"pulumi.com/timeoutSeconds": "5"}},
	} {
		response, err := New(nil, nil).Check(t.Context(), plugin.CheckRequest{
			Type: "kubernetes:core/v1:ConfigMap", News: propsOf(props{"metadata": metadata}),
		})
		if err != nil || len(response.Failures) != 1 || !strings.Contains(response.Failures[0].Reason, said) {
			t.Errorf("%s: %v, %v", said, response.Failures, err)
		}
	}
}

func TestKindsThatAreNotHere(t *testing.T) {
	p := New(nil, nil)
	_, err := p.Check(t.Context(), plugin.CheckRequest{Type: "kubernetes:core/v1:Node"})
	if err == nil || !strings.Contains(err.Error(), "kubernetes:core/v1:Node is not among") ||
		!strings.Contains(err.Error(), "apps/v1:StatefulSet") {
		t.Errorf("the error is %v", err)
	}
}
