// Package kinds is the table of what this plugin can manage. The schema, the provider and
// the tests all read it: a new kind is one line here.
package kinds

import (
	"slices"
	"strings"
)

// Kind says what the plugin must know of a Kubernetes kind that the API's own description does not say in one place.
type Kind struct {
	// APIVersion as objects have it: "v1", "apps/v1".
	APIVersion string
	Name       string
	// Resource is the plural in the API's paths.
	Resource   string
	Namespaced bool
	// Replace are the fields that the API server never changes on an existing object. A pattern
	// matches the field and everything below it.
	Replace []string
	// Keep are exceptions below a field of Replace.
	Keep []string
	// Ready names the rule by which an object is awaited after it was made or changed.
	Ready Readiness
}

// Readiness is a rule by which an object is awaited.
type Readiness int

const (
	// AtOnce: the object is ready as soon as the API server has it.
	AtOnce Readiness = iota
	// Status: the object's status says whether it is ready, by the conventions of kstatus.
	Status
	// ServiceReachable and ClaimBound also check other objects.
	ServiceReachable
	ClaimBound
)

const (
	cluster    = false
	namespaced = true
)

func on(fields ...string) []string     { return fields }
func except(fields ...string) []string { return fields }

// A claim may grow, and may get another volume attributes class.
var claimMayChange = except("spec.resources.requests", "spec.volumeAttributesClassName")

// The fields of a StatefulSet's spec that may change; the API server refuses changes of all others.
var setMayChange = except("spec.replicas", "spec.ordinals", "spec.template", "spec.updateStrategy",
	"spec.revisionHistoryLimit", "spec.persistentVolumeClaimRetentionPolicy", "spec.minReadySeconds")

// All is the table.
var All = []Kind{
	{"v1", "Namespace", "namespaces", cluster, nil, nil, AtOnce},
	{"v1", "ConfigMap", "configmaps", namespaced, on("data", "binaryData", "immutable"), nil, AtOnce},
	{"v1", "Secret", "secrets", namespaced, on("data", "stringData", "immutable", "type"), nil, AtOnce},
	{"v1", "Service", "services", namespaced, on("spec.clusterIP", "spec.clusterIPs"), nil, ServiceReachable},
	{"v1", "ServiceAccount", "serviceaccounts", namespaced, nil, nil, AtOnce},
	{"v1", "PersistentVolumeClaim", "persistentvolumeclaims", namespaced, on("spec"), claimMayChange, ClaimBound},
	{"v1", "PersistentVolume", "persistentvolumes", cluster, nil, nil, Status},
	{"apps/v1", "StatefulSet", "statefulsets", namespaced, on("spec"), setMayChange, Status},
	{"networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", namespaced, nil, nil, AtOnce},
	{"policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", namespaced, nil, nil, AtOnce},
	{"rbac.authorization.k8s.io/v1", "Role", "roles", namespaced, nil, nil, AtOnce},
	{"rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", namespaced, on("roleRef"), nil, AtOnce},
	{"autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", namespaced, nil, nil, AtOnce},
}

// Package is the name in front of all type tokens.
const Package = "kubernetes"

// TokenVersion is the API version as type tokens have it: the nameless group is called core there.
func TokenVersion(apiVersion string) string {
	if strings.Contains(apiVersion, "/") {
		return apiVersion
	}
	return "core/" + apiVersion
}

// Token is the Pulumi type, as "kubernetes:apps/v1:Deployment".
func (k Kind) Token() string { return Package + ":" + TokenVersion(k.APIVersion) + ":" + k.Name }

// Group and Version are the two parts of the API version.
func (k Kind) Group() string {
	group, _, found := strings.Cut(k.APIVersion, "/")
	if !found {
		return ""
	}
	return group
}

func (k Kind) Version() string { return k.APIVersion[strings.Index(k.APIVersion, "/")+1:] }

// ByToken finds the kind of a Pulumi type.
func ByToken(token string) (Kind, bool) {
	at := slices.IndexFunc(All, func(k Kind) bool { return k.Token() == token })
	if at < 0 {
		return Kind{}, false
	}
	return All[at], true
}
