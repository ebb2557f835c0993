package cluster

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// Unreachable tells whether an error means that no API server answered.
func Unreachable(err error) bool {
	if errors.Is(err, context.Canceled) {
		return false
	}
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		return false
	}
	var address *url.Error
	var network net.Error
	return errors.As(err, &address) || errors.As(err, &network) || errors.Is(err, ErrNoCluster)
}

// Explain turns an error into what a user needs: which object, what is wrong, and what to do.
func (c *Client) Explain(doing string, kind kinds.Kind, namespace, name string, err error) error {
	what := doing + " " + Name(kind, namespace, name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: cancelled", what)
	case Unreachable(err):
		return fmt.Errorf("%s: %w", what, c.unreachable(err))
	case apierrors.IsAlreadyExists(err):
		return fmt.Errorf("%s: an object of that name exists already; `pulumi import %s NAME %s` takes it over, "+
			"the provider's upsertExistingObjects does it for all objects; or delete it, or choose another name",
			what, kind.Token(), Path(kind, namespace, name))
	case apierrors.IsConflict(err) && len(conflicts(err)) > 0:
		return fmt.Errorf("%s: fields are managed by others: %s; leave them out of the program, or take them over "+
			`with the annotation pulumi.com/patchForce: "true"`, what, strings.Join(conflicts(err), ", "))
	case apierrors.IsConflict(err):
		return fmt.Errorf("%s: it was changed by others at the same moment; try again", what)
	case apierrors.IsNotFound(err) && strings.Contains(err.Error(), "namespaces "):
		return fmt.Errorf("%s: the namespace %s does not exist; make it first, and have this object depend on it",
			what, namespace)
	case apierrors.IsNotFound(err) && strings.Contains(err.Error(), "could not find the requested resource"):
		return fmt.Errorf("%s: the cluster of context %q (%s) has no kind %s of %s; it may be of another release",
			what, c.Context, c.Server, kind.Name, kind.APIVersion)
	case apierrors.IsNotFound(err):
		return fmt.Errorf("%s: it does not exist any more; `pulumi refresh` brings the state up to date", what)
	case apierrors.IsForbidden(err) && strings.Contains(err.Error(), "exceeded quota"):
		return fmt.Errorf("%s: the namespace's quota does not allow it: %s", what, OneLine(err.Error()))
	case apierrors.IsForbidden(err):
		return fmt.Errorf("%s: not allowed: %s; context %q may need other credentials or a role",
			what, OneLine(err.Error()), c.Context)
	case apierrors.IsUnauthorized(err):
		return fmt.Errorf("%s: the API server of context %q (%s) does not accept the credentials; log in again",
			what, c.Context, c.Server)
	}
	return fmt.Errorf("%s: %s", what, OneLine(err.Error()))
}

func (c *Client) unreachable(err error) error {
	if errors.Is(err, ErrNoCluster) {
		return err
	}
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err
	}
	return fmt.Errorf("the API server of context %q at %s does not answer (%s); start the cluster, "+
		"or name another one by the provider's kubeconfig and context", c.Context, c.Server, OneLine(err.Error()))
}

// conflicts are the fields and their managers as the API server names them.
func conflicts(err error) []string {
	var status apierrors.APIStatus
	if !errors.As(err, &status) || status.Status().Details == nil {
		return nil
	}
	var found []string
	for _, cause := range status.Status().Details.Causes {
		if cause.Type == metav1.CauseTypeFieldManagerConflict {
			by := strings.TrimPrefix(cause.Message, "conflict with ")
			found = append(found, cause.Field+" by "+by)
		}
	}
	slices.Sort(found)
	return found
}

// ConflictsOnlyWith reports whether this manager is the only one in conflict: fields that it set when it created the object
// count as those of another manager until they are adopted.
func ConflictsOnlyWith(err error, manager string) bool {
	found := conflicts(err)
	return len(found) > 0 && !slices.ContainsFunc(found, func(conflict string) bool {
		return !strings.Contains(conflict, strconv.Quote(manager))
	})
}

// Path is what an object's id looks like.
func Path(kind kinds.Kind, namespace, name string) string {
	if kind.Namespaced {
		return namespace + "/" + name
	}
	return name
}
