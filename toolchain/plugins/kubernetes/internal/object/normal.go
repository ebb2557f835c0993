package object

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

var types = runtime.NewScheme()

func init() {
	add := runtime.NewSchemeBuilder(appsv1.AddToScheme, autoscalingv2.AddToScheme, corev1.AddToScheme, networkingv1.AddToScheme,
		policyv1.AddToScheme, rbacv1.AddToScheme)
	utilruntime.Must(add.AddToScheme(types))
}

// normalized are plain inputs as the API server would write them, and as the official plugin keeps them: a Secret's texts are in its data, quantities have one
// form, and defaults such as readOnly: false are left out. Otherwise a state from the other plugin would look like a changed program.
func normalized(kind kinds.Kind, inputs resource.PropertyMap) resource.PropertyMap {
	given, complete, err := FromProperties(inputs)
	if err != nil || !complete {
		return inputs
	}
	given.SetAPIVersion(kind.APIVersion)
	given.SetKind(kind.Name)
	given = Encode(given)
	typed, err := types.New(schema.GroupVersionKind{Group: kind.Group(), Version: kind.Version(), Kind: kind.Name})
	if err != nil {
		return inputs
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(given.Object, typed); err != nil {
		return inputs
	}
	written, err := runtime.DefaultUnstructuredConverter.ToUnstructured(typed)
	if err != nil {
		return inputs
	}
	return ToProperties(rewrite(given.Object, written).(map[string]any))
}

// rewrite gives the inputs the form of the written object. Fields that the types do not have stay as they are.
func rewrite(given, written any) any {
	switch was := given.(type) {
	case map[string]any:
		is, ok := written.(map[string]any)
		if !ok {
			return written
		}
		fields := map[string]any{}
		for name, value := range was {
			if form, there := is[name]; there {
				fields[name] = rewrite(value, form)
			} else if !isEmpty(value) {
				fields[name] = value
			}
		}
		return fields
	case []any:
		is, ok := written.([]any)
		if !ok || len(is) != len(was) {
			return written
		}
		items := make([]any, len(was))
		for i := range was {
			items[i] = rewrite(was[i], is[i])
		}
		return items
	}
	return written
}
