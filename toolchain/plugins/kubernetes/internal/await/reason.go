package await

import (
	"context"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/cluster"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

var (
	pods   = corev1.SchemeGroupVersion.WithResource("pods")
	events = corev1.SchemeGroupVersion.WithResource("events")
)

// explained adds to a message the reason that pods and events give, if there is one.
func (w Waiter) explained(ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured, message string) string {
	if object == nil {
		return message
	}
	reason := w.reason(ctx, kind, object)
	if reason == "" || strings.Contains(message, reason) {
		return cluster.OneLine(message)
	}
	return cluster.OneLine(strings.TrimSuffix(message, ".")) + ": " + reason
}

func (w Waiter) reason(ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured) string {
	switch kind.Name {
	case "Service":
		selector, _, _ := unstructured.NestedStringMap(object.Object, "spec", "selector")
		return w.podsReason(ctx, object, metav1.FormatLabelSelector(&metav1.LabelSelector{MatchLabels: selector}))
	case "StatefulSet":
		return w.workloadReason(ctx, object)
	}
	return w.eventReason(ctx, object.GetNamespace(), object.GetUID())
}

// workloadReason: pods that cannot be created leave events at their owner; pods that cannot run have the reason in their status.
func (w Waiter) workloadReason(ctx context.Context, object *unstructured.Unstructured) string {
	var selector metav1.LabelSelector
	fields, _, _ := unstructured.NestedMap(object.Object, "spec", "selector")
	if err := decode(&unstructured.Unstructured{Object: fields}, &selector); err != nil {
		return ""
	}
	labels := metav1.FormatLabelSelector(&selector)
	if reason := w.podsReason(ctx, object, labels); reason != "" && !strings.HasPrefix(reason, noPods) {
		return reason
	}
	return w.eventReason(ctx, object.GetNamespace(), object.GetUID())
}

const noPods = "no pod has the labels "

func (w Waiter) podsReason(ctx context.Context, object *unstructured.Unstructured, labels string) string {
	found, err := w.Client.List(ctx, pods, object.GetNamespace(), labels, "")
	if err != nil {
		return ""
	}
	if len(found) == 0 {
		return noPods + labels
	}
	// The newest pods have the current description.
	slices.SortStableFunc(found, func(a, b unstructured.Unstructured) int {
		return b.GetCreationTimestamp().Compare(a.GetCreationTimestamp().Time)
	})
	for _, pod := range found {
		if pod.GetDeletionTimestamp() != nil {
			continue
		}
		if reason := w.podReason(ctx, pod); reason != "" {
			return "pod " + pod.GetName() + ": " + reason
		}
	}
	return ""
}

// podReason says why a pod does not run or is not ready, or nothing if it is.
func (w Waiter) podReason(ctx context.Context, object unstructured.Unstructured) string {
	var pod corev1.Pod
	if err := decode(&object, &pod); err != nil {
		return ""
	}
	ready := slices.ContainsFunc(pod.Status.Conditions, func(condition corev1.PodCondition) bool {
		return condition.Type == corev1.PodReady && condition.Status == corev1.ConditionTrue
	})
	if ready {
		return ""
	}
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodScheduled && condition.Status == corev1.ConditionFalse {
			return cluster.OneLine(join(condition.Reason, condition.Message))
		}
	}
	statuses := append(slices.Clone(pod.Status.InitContainerStatuses), pod.Status.ContainerStatuses...)
	for _, container := range statuses {
		if reason := w.containerReason(ctx, &pod, container); reason != "" {
			return reason
		}
	}
	if said := join(pod.Status.Reason, pod.Status.Message); said != "" {
		return cluster.OneLine(said)
	}
	return w.eventReason(ctx, pod.Namespace, pod.UID)
}

func (w Waiter) containerReason(ctx context.Context, pod *corev1.Pod, container corev1.ContainerStatus) string {
	name := "container " + container.Name
	if ended := container.State.Terminated; ended != nil && ended.ExitCode != 0 {
		return w.ended(ctx, pod, container, ended, false)
	}
	waiting := container.State.Waiting
	if waiting == nil {
		return ""
	}
	switch waiting.Reason {
	// The container has not started: an event may have more details.
	case "", "ContainerCreating", "PodInitializing":
		return ""
	case "CrashLoopBackOff":
		if ended := container.LastTerminationState.Terminated; ended != nil {
			return "CrashLoopBackOff: " + w.ended(ctx, pod, container, ended, true)
		}
	case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ErrImageInspect":
		return cluster.OneLine(fmt.Sprintf("%s: image %q: %s", name, container.Image, join(waiting.Reason, waiting.Message)))
	}
	return cluster.OneLine(name + ": " + join(waiting.Reason, waiting.Message))
}

// ended says how a container ended, and what it wrote last.
func (w Waiter) ended(
	ctx context.Context, pod *corev1.Pod, container corev1.ContainerStatus, how *corev1.ContainerStateTerminated, previous bool,
) string {
	text := fmt.Sprintf("container %s ended with exit code %d", container.Name, how.ExitCode)
	if how.Reason != "" && how.Reason != "Error" {
		text += " (" + how.Reason + ")"
	}
	said := how.Message
	if said == "" {
		said = w.Client.LastLogLine(ctx, pod.Namespace, pod.Name, container.Name, previous)
	}
	if said = cluster.OneLine(said); said != "" {
		text += ", its last words: " + said
	}
	return text
}

// eventReason is the newest warning about an object.
func (w Waiter) eventReason(ctx context.Context, namespace string, uid types.UID) string {
	if namespace == "" || uid == "" {
		return ""
	}
	found, err := w.Client.List(ctx, events, namespace, "", "type=Warning,involvedObject.uid="+string(uid))
	if err != nil {
		return ""
	}
	var newest corev1.Event
	for _, item := range found {
		var event corev1.Event
		if err := decode(&item, &event); err == nil && !when(event).Before(when(newest)) {
			newest = event
		}
	}
	return cluster.OneLine(join(newest.Reason, newest.Message))
}

func when(event corev1.Event) *metav1.Time {
	if !event.LastTimestamp.IsZero() {
		return &event.LastTimestamp
	}
	if !event.EventTime.IsZero() {
		return &metav1.Time{Time: event.EventTime.Time}
	}
	return &event.CreationTimestamp
}
