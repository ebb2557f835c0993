package cluster

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/csaupgrade"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// Client sends requests to one cluster's API server.
type Client struct {
	// Context and Server name the cluster in messages.
	Context, Server string
	// Namespace is the namespace of objects that name none.
	Namespace string

	objects dynamic.Interface
	raw     rest.Interface
}

// The official plugin's default limits for requests to an API server.
const (
	requestsPerSecond = 50
	burst             = 120
	answerWithin      = 32 * time.Second
)

// Connect prepares a client and sends nothing yet. Warn gets the API server's warnings.
func Connect(s Settings, warn rest.WarningHandlerWithContext) (*Client, error) {
	config, err := s.Config()
	if err != nil {
		return nil, err
	}
	restConfig, err := config.ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("%w: %w; set the provider's kubeconfig (and context), or KUBECONFIG", ErrNoCluster, err)
	}
	namespace, _, err := config.Namespace()
	if err != nil {
		return nil, fmt.Errorf("the kubeconfig cannot be read: %w", err)
	}
	restConfig.QPS, restConfig.Burst, restConfig.Timeout = requestsPerSecond, burst, answerWithin
	restConfig.UserAgent = "pulumi-resource-kubernetes/" + kinds.Version
	restConfig.WarningHandlerWithContext = warn
	objects, err := dynamic.NewForConfig(restConfig)
	if err != nil {
		return nil, fmt.Errorf("the kubeconfig cannot be used: %w", err)
	}
	plain := rest.CopyConfig(restConfig)
	plain.GroupVersion = &schema.GroupVersion{Version: "v1"}
	plain.NegotiatedSerializer = textOnly
	raw, err := rest.UnversionedRESTClientFor(plain)
	if err != nil {
		return nil, fmt.Errorf("the kubeconfig cannot be used: %w", err)
	}
	_, active, _ := s.ActiveCluster()
	return &Client{Context: active, Server: restConfig.Host, Namespace: namespace, objects: objects, raw: raw}, nil
}

// NewForTest is a client for anything that answers like an API server.
func NewForTest(objects dynamic.Interface) *Client {
	return &Client{Context: "test", Server: "none", Namespace: "default", objects: objects}
}

func (c *Client) of(kind kinds.Kind, namespace string) dynamic.ResourceInterface {
	resource := c.objects.Resource(schema.GroupVersionResource{
		Group: kind.Group(), Version: kind.Version(), Resource: kind.Resource,
	})
	if !kind.Namespaced {
		return resource
	}
	if namespace == "" {
		namespace = c.Namespace
	}
	return resource.Namespace(namespace)
}

func dryRun(only bool) []string {
	if only {
		return []string{metav1.DryRunAll}
	}
	return nil
}

// Get reads one object.
func (c *Client) Get(ctx context.Context, kind kinds.Kind, namespace, name string) (*unstructured.Unstructured, error) {
	return c.of(kind, namespace).Get(ctx, name, metav1.GetOptions{})
}

// Create creates an object that must not exist yet. With try it is a dry run.
func (c *Client) Create(
	ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured, manager string, try bool,
) (*unstructured.Unstructured, error) {
	return c.of(kind, object.GetNamespace()).Create(ctx, object,
		metav1.CreateOptions{DryRun: dryRun(try), FieldManager: manager, FieldValidation: metav1.FieldValidationWarn})
}

// Apply updates an object by server-side apply: fields that this manager no longer names are removed.
func (c *Client) Apply(
	ctx context.Context, kind kinds.Kind, object *unstructured.Unstructured, manager string, force, try bool,
) (*unstructured.Unstructured, error) {
	body, err := json.Marshal(object.Object)
	if err != nil {
		return nil, err
	}
	return c.of(kind, object.GetNamespace()).Patch(ctx, object.GetName(), types.ApplyPatchType, body,
		metav1.PatchOptions{
			DryRun: dryRun(try), FieldManager: manager, Force: &force, FieldValidation: metav1.FieldValidationWarn,
		})
}

// Adopt makes the fields that this manager set when it created an object count as applied by it. Without that,
// server-side apply would never remove them.
func (c *Client) Adopt(ctx context.Context, kind kinds.Kind, live *unstructured.Unstructured, manager string) error {
	patch, err := csaupgrade.UpgradeManagedFieldsPatch(live, sets.New(manager), manager)
	if err != nil || patch == nil {
		return err
	}
	_, err = c.of(kind, live.GetNamespace()).Patch(ctx, live.GetName(), types.JSONPatchType, patch, metav1.PatchOptions{})
	return err
}

// Delete asks for an object's deletion, if it is still the one with this uid.
func (c *Client) Delete(
	ctx context.Context, kind kinds.Kind, namespace, name string, uid types.UID, policy metav1.DeletionPropagation,
) error {
	options := metav1.DeleteOptions{PropagationPolicy: &policy}
	if uid != "" {
		options.Preconditions = &metav1.Preconditions{UID: &uid}
	}
	return c.of(kind, namespace).Delete(ctx, name, options)
}

// Watch tells of every change of one object, the first time of how it is now.
func (c *Client) Watch(ctx context.Context, kind kinds.Kind, namespace, name string) (watch.Interface, error) {
	return c.of(kind, namespace).Watch(ctx, metav1.ListOptions{
		FieldSelector: fields.OneTermEqualSelector("metadata.name", name).String(),
	})
}

// List reads the objects of any kind in a namespace ("" for a cluster's own) that have the labels and fields.
func (c *Client) List(
	ctx context.Context, resource schema.GroupVersionResource, namespace, labels, fields string,
) ([]unstructured.Unstructured, error) {
	var in dynamic.ResourceInterface = c.objects.Resource(resource)
	if namespace != "" {
		in = c.objects.Resource(resource).Namespace(namespace)
	}
	list, err := in.List(ctx, metav1.ListOptions{LabelSelector: labels, FieldSelector: fields})
	if err != nil {
		return nil, err
	}
	return list.Items, nil
}

// LastLogLine is the last line that a container wrote, or nothing if it cannot be read.
func (c *Client) LastLogLine(ctx context.Context, namespace, pod, container string, previous bool) string {
	if c.raw == nil {
		return ""
	}
	request := c.raw.Get().AbsPath("/api/v1/namespaces/", namespace, "pods", pod, "log").
		Param("container", container).Param("tailLines", "1").Param("limitBytes", "500")
	if previous {
		request = request.Param("previous", "true")
	}
	text, err := request.DoRaw(ctx)
	if err != nil {
		return ""
	}
	return string(text)
}

// Name is how messages call an object.
func Name(kind kinds.Kind, namespace, name string) string {
	if kind.Namespaced && namespace != "" {
		return kind.Name + " " + namespace + "/" + name
	}
	return kind.Name + " " + name
}
