package await

import (
	"context"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// Check looks once whether an object is ready.
func (w Waiter) Check(ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured) (State, error) {
	if object.GetDeletionTimestamp() != nil {
		return State{Failed: true, Message: "it is being deleted"}, nil
	}
	switch kind.Ready {
	case kinds.Status:
		return byStatus(object)
	case kinds.ServiceReachable:
		return w.serviceReachable(ctx, object)
	case kinds.ClaimBound:
		return w.claimBound(ctx, object)
	}
	return State{Done: true}, nil
}

// byStatus follows the conventions for conditions and generations, and those of StatefulSets.
func byStatus(object *unstructured.Unstructured) (State, error) {
	result, err := status.Compute(object)
	if err != nil {
		return State{}, err
	}
	return State{
		Done: result.Status == status.CurrentStatus, Failed: result.Status == status.FailedStatus, Message: result.Message,
	}, nil
}

func (w Waiter) serviceReachable(ctx context.Context, object *unstructured.Unstructured) (State, error) {
	var service corev1.Service
	if err := decode(object, &service); err != nil {
		return State{}, err
	}
	spec := service.Spec
	if spec.Type == corev1.ServiceTypeLoadBalancer && len(service.Status.LoadBalancer.Ingress) == 0 {
		return State{Message: "its load balancer has no address"}, nil
	}
	// Only its owner makes endpoints for a Service without selector; a headless Service only has names.
	if spec.Type == corev1.ServiceTypeExternalName || spec.ClusterIP == corev1.ClusterIPNone || len(spec.Selector) == 0 {
		return State{Done: true}, nil
	}
	slices, err := w.Client.List(ctx, discoveryv1.SchemeGroupVersion.WithResource("endpointslices"), service.Namespace,
		discoveryv1.LabelServiceName+"="+service.Name, "")
	if err != nil {
		return State{}, err
	}
	for _, item := range slices {
		var slice discoveryv1.EndpointSlice
		if err := decode(&item, &slice); err != nil {
			return State{}, err
		}
		for _, endpoint := range slice.Endpoints {
			if endpoint.Conditions.Ready == nil || *endpoint.Conditions.Ready {
				return State{Done: true}, nil
			}
		}
	}
	return State{Message: "no pod behind it is ready"}, nil
}

func (w Waiter) claimBound(ctx context.Context, object *unstructured.Unstructured) (State, error) {
	var claim corev1.PersistentVolumeClaim
	if err := decode(object, &claim); err != nil {
		return State{}, err
	}
	switch claim.Status.Phase {
	case corev1.ClaimBound:
		return State{Done: true}, nil
	case corev1.ClaimLost:
		return State{Failed: true, Message: "its volume " + claim.Spec.VolumeName + " is lost"}, nil
	}
	waits, err := w.bindsLater(ctx, &claim)
	return State{Done: waits, Message: "it is not bound to a volume"}, err
}

// bindsLater reports whether a claim gets its volume only when a pod uses it, which may be after this update.
func (w Waiter) bindsLater(ctx context.Context, claim *corev1.PersistentVolumeClaim) (bool, error) {
	classes, err := w.Client.List(ctx, storagev1.SchemeGroupVersion.WithResource("storageclasses"), "", "", "")
	if apierrors.IsForbidden(err) {
		// Without the right to read classes, it waits for the claim itself.
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, class := range classes {
		isDefault := class.GetAnnotations()["storageclass.kubernetes.io/is-default-class"] == "true"
		named := claim.Spec.StorageClassName
		if named != nil && *named != class.GetName() || named == nil && !isDefault {
			continue
		}
		mode, _, _ := unstructured.NestedString(class.Object, "volumeBindingMode")
		if mode == string(storagev1.VolumeBindingWaitForFirstConsumer) {
			return true, nil
		}
	}
	return false, nil
}

func decode(object *unstructured.Unstructured, into any) error {
	return runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, into)
}

func conditions(object *unstructured.Unstructured) []any {
	all, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	return all
}

// conditionMessage is the message of the first of the named conditions that is true.
func conditionMessage(object *unstructured.Unstructured, names ...string) string {
	for _, name := range names {
		for _, one := range conditions(object) {
			fields, ok := one.(map[string]any)
			if ok && fields["type"] == name && fields["status"] == "True" {
				reason, _ := fields["reason"].(string)
				message, _ := fields["message"].(string)
				return cluster.OneLine(join(reason, message))
			}
		}
	}
	return ""
}

func join(reason, message string) string {
	switch {
	case reason == "":
		return message
	case message == "":
		return reason
	}
	return reason + ": " + message
}
