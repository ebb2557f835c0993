package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/tools/clientcmd"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/apiserver"
)

var (
	server   *apiserver.Server
	noServer error
)

func TestMain(m *testing.M) {
	server, noServer = apiserver.Start()
	if noServer != nil && !errors.Is(noServer, apiserver.ErrNoBinaries) {
		fmt.Fprintln(os.Stderr, noServer)
		os.Exit(1)
	}
	code := m.Run()
	if server != nil {
		server.Stop()
	}
	os.Exit(code)
}

// messages is an engine that records the messages that it gets.
type messages struct {
	lock sync.Mutex
	said []string
}

func (m *messages) Log(_ context.Context, severity diag.Severity, _ resource.URN, message string) error {
	return m.LogStatus(context.Background(), severity, "", message)
}

func (m *messages) LogStatus(_ context.Context, severity diag.Severity, _ resource.URN, message string) error {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.said = append(m.said, string(severity)+": "+message)
	return nil
}

func (m *messages) contain(text string) bool {
	m.lock.Lock()
	defer m.lock.Unlock()
	return strings.Contains(strings.Join(m.said, "\n"), text)
}

// bench is a provider on a real API server, with a separate namespace for each test.
type bench struct {
	*testing.T
	*Provider
	said      *messages
	namespace string
	objects   dynamic.Interface
}

type props = map[string]any

func newBench(t *testing.T, settings props) *bench {
	t.Helper()
	if noServer != nil && os.Getenv(apiserver.Required) != "" {
		t.Fatal(noServer)
	}
	if noServer != nil {
		t.Skip(noServer)
	}
	config, err := clientcmd.RESTConfigFromKubeConfig([]byte(server.Kubeconfig("default")))
	if err != nil {
		t.Fatal(err)
	}
	objects, err := dynamic.NewForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	said := &messages{}
	b := &bench{T: t, Provider: New(nil, said), said: said, objects: objects}
	b.namespace = strings.ToLower(strings.NewReplacer("_", "-", "/", "-").Replace(t.Name()))
	b.put("namespaces", props{"apiVersion": "v1", "kind": "Namespace", "metadata": props{"name": b.namespace}})
	inputs := props{"kubeconfig": server.Kubeconfig(b.namespace)}
	for name, value := range settings {
		inputs[name] = value
	}
	if _, err := b.Configure(t.Context(), plugin.ConfigureRequest{Inputs: resource.NewPropertyMapFromMap(inputs)}); err != nil {
		t.Fatal(err)
	}
	return b
}

func of(resourceName string) schema.GroupVersionResource {
	group, version, name := "", "v1", resourceName
	if in, rest, ok := strings.Cut(resourceName, "/"); ok {
		group, name = in, rest
	}
	return schema.GroupVersionResource{Group: group, Version: version, Resource: name}
}

func (b *bench) in(resourceName string) dynamic.ResourceInterface {
	if resourceName == "namespaces" || strings.HasSuffix(resourceName, "storageclasses") {
		return b.objects.Resource(of(resourceName))
	}
	return b.objects.Resource(of(resourceName)).Namespace(b.namespace)
}

// put creates an object without the provider.
func (b *bench) put(resourceName string, object props) *unstructured.Unstructured {
	b.Helper()
	made, err := b.in(resourceName).Create(b.Context(), &unstructured.Unstructured{Object: object}, metav1.CreateOptions{})
	if err != nil {
		b.Fatal(err)
	}
	return made
}

func (b *bench) removeBehind(resourceName, name string) {
	b.Helper()
	if err := b.in(resourceName).Delete(b.Context(), name, metav1.DeleteOptions{}); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) get(resourceName, name string) *unstructured.Unstructured {
	b.Helper()
	found, err := b.in(resourceName).Get(b.Context(), name, metav1.GetOptions{})
	if err != nil {
		b.Fatal(err)
	}
	return found
}

// setStatus acts as a controller as soon as the object exists.
func (b *bench) setStatus(resourceName, name string, status props) {
	b.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		found, err := b.in(resourceName).Get(b.Context(), name, metav1.GetOptions{})
		if err == nil {
			found.Object["status"] = status
			_, err = b.in(resourceName).UpdateStatus(b.Context(), found, metav1.UpdateOptions{})
		}
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			b.Errorf("%s %s got no status: %v", resourceName, name, err)
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// thing is a resource under test, with its state as the engine would keep it.
type thing struct {
	*bench
	token           string
	name            string
	id              resource.ID
	inputs, outputs resource.PropertyMap
	// program has the last inputs, before the check.
	program resource.PropertyMap
	timeout float64
}

func (b *bench) resource(token, name string) *thing {
	return &thing{bench: b, token: "kubernetes:" + token, name: name, timeout: 15}
}

func (r *thing) urn() resource.URN {
	return resource.NewURN("dev", "test", "", tokens.Type(r.token), r.name)
}

func (r *thing) check(inputs resource.PropertyMap) resource.PropertyMap {
	r.Helper()
	response, err := r.Check(r.Context(), plugin.CheckRequest{
		URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), Olds: r.inputs, News: inputs, AllowUnknowns: true,
		RandomSeed: []byte("seed"),
	})
	if err != nil {
		r.Fatal(err)
	}
	if len(response.Failures) > 0 {
		r.Fatalf("the inputs were refused: %v", response.Failures)
	}
	return response.Properties
}

// up does what the engine does for a resource: check, then create, or diff and update. It returns the difference.
func (r *thing) up(inputs props) (plugin.DiffResult, error) {
	r.Helper()
	return r.upWith(resource.NewPropertyMapFromMap(inputs))
}

func (r *thing) upWith(given resource.PropertyMap) (plugin.DiffResult, error) {
	r.Helper()
	r.program = given
	inputs := r.check(given)
	if r.id == "" {
		response, err := r.Create(r.Context(), plugin.CreateRequest{
			URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), Properties: inputs, Timeout: r.timeout,
		})
		r.id, r.outputs = response.ID, response.Properties
		r.keep(err)
		if r.id != "" {
			r.inputs = inputs
		}
		return plugin.DiffResult{}, err
	}
	difference := r.diff(inputs)
	if difference.Changes == plugin.DiffNone || len(difference.ReplaceKeys) > 0 {
		return difference, nil
	}
	response, err := r.Update(r.Context(), plugin.UpdateRequest{
		URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), ID: r.id, OldInputs: r.inputs, OldOutputs: r.outputs,
		NewInputs: inputs, Timeout: r.timeout,
	})
	if err == nil {
		r.outputs = response.Properties
	}
	r.keep(err)
	if err == nil || r.partial(err) != nil {
		r.inputs = inputs
	}
	return difference, err
}

func (r *thing) diff(inputs resource.PropertyMap) plugin.DiffResult {
	r.Helper()
	difference, err := r.Diff(r.Context(), plugin.DiffRequest{
		URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), ID: r.id, OldInputs: r.inputs, OldOutputs: r.outputs, NewInputs: inputs,
	})
	if err != nil {
		r.Fatal(err)
	}
	return difference
}

// partial are the error details of an object that exists but is not ready.
func (r *thing) partial(err error) *rpc.ErrorResourceInitFailed {
	if err == nil {
		return nil
	}
	if status, ok := rpcerror.FromError(err); ok {
		for _, detail := range status.Details() {
			if failed, ok := detail.(*rpc.ErrorResourceInitFailed); ok {
				return failed
			}
		}
	}
	return nil
}

// keep stores the state that the engine would store for an object that is not ready.
func (r *thing) keep(err error) {
	r.Helper()
	failed := r.partial(err)
	if failed == nil {
		return
	}
	state, err := plugin.UnmarshalProperties(failed.Properties, plugin.MarshalOptions{KeepSecrets: true})
	if err != nil {
		r.Fatal(err)
	}
	r.id, r.outputs = resource.ID(failed.Id), state
}

func (r *thing) mustUp(inputs props) plugin.DiffResult {
	r.Helper()
	difference, err := r.up(inputs)
	if err != nil {
		r.Fatal(err)
	}
	return difference
}

func (r *thing) refresh() error {
	r.Helper()
	response, err := r.Read(r.Context(), plugin.ReadRequest{
		URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), ID: r.id, Inputs: r.inputs, State: r.outputs,
	})
	if err == nil {
		r.id, r.inputs, r.outputs = response.ID, response.Inputs, response.Outputs
	}
	return err
}

func (r *thing) destroy() error {
	r.Helper()
	_, err := r.Delete(r.Context(), plugin.DeleteRequest{
		URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), ID: r.id, Inputs: r.inputs, Outputs: r.outputs, Timeout: r.timeout,
	})
	return err
}

func (b *bench) wants(what string, got, want any) {
	b.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		b.Errorf("%s is %v, expected %v", what, got, want)
	}
}

func (b *bench) fails(err error, parts ...string) {
	b.Helper()
	if err == nil {
		b.Fatalf("no error, expected one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			b.Errorf("the error %q does not say %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		b.Errorf("the error has more than one line: %q", err)
	}
}

func propsOf(inputs props) resource.PropertyMap { return resource.NewPropertyMapFromMap(inputs) }
