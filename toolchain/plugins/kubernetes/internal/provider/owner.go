package provider

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// ownerLabel names an object's owner; objects without it have no owner. Another owner may have created an object with the
// name of one that was deleted by hand: only the label tells the two apart.
const (
	ownerLabel = "io.sparkcluster.owner"
	ownerName  = "io.sparkcluster.owner.name"
)

func ownerOf(inputs resource.PropertyMap) string {
	return object.Text(object.Object(object.Object(inputs, "metadata"), "labels"), ownerLabel)
}

// another returns the name of an object's owner if that is not ours; empty if the object has no owner or ours.
func another(live *unstructured.Unstructured, ours string) string {
	owner := live.GetLabels()[ownerLabel]
	if owner == "" || owner == ours {
		return ""
	}
	if name := live.GetAnnotations()[ownerName]; name != "" {
		return name
	}
	return owner
}

// mayAdopt reports whether a new object may take over an existing one. If the inputs name an owner, only that owner's objects may be taken
// over, whatever the provider's settings; otherwise any object may.
func mayAdopt(live *unstructured.Unstructured, ours string) error {
	if ours == "" || live.GetLabels()[ownerLabel] == ours {
		return nil
	}
	owner := another(live, ours)
	if owner == "" {
		owner = "nobody that it names"
	}
	return notOurs(owner)
}

func notOurs(owner string) error {
	return fmt.Errorf("an object of that name exists and belongs to %s (label %s): choose another name or namespace, "+
		"or have its owner remove it", owner, ownerLabel)
}
