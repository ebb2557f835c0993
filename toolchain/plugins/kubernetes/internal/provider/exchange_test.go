package provider

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/util/yaml"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// officialPlugin names the variable with the folder of the official plugin, which testbed/official-plugin/build makes.
const officialPlugin = "OFFICIAL_KUBERNETES_PLUGIN"

// The two reviewed manifests: a standalone cluster, and a cluster with executors as pods.
const manifests = "../../../../../src/test/resources/manifests"

// Fields that either plugin updates when it takes over an object of the other one; none may lead to a replacement.
var expectedUpdates = map[string]string{}

var wireOptions = plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true}

func toWire(t *testing.T, properties resource.PropertyMap) *structpb.Struct {
	t.Helper()
	sent, err := plugin.MarshalProperties(properties, wireOptions)
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

func fromWire(t *testing.T, properties *structpb.Struct) resource.PropertyMap {
	t.Helper()
	received, err := plugin.UnmarshalProperties(properties, wireOptions)
	if err != nil {
		t.Fatal(err)
	}
	return received
}

// quietEngine is an engine for plugins to talk to; it ignores their messages.
type quietEngine struct{ rpc.UnimplementedEngineServer }

func (quietEngine) Log(context.Context, *rpc.LogRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// official starts the official plugin, connected to the test's API server.
func official(t *testing.T, b *bench) rpc.ResourceProviderClient {
	t.Helper()
	folder := os.Getenv(officialPlugin)
	if folder == "" {
		t.Skip(officialPlugin + " is not set; testbed/official-plugin/build prints what it should be, make test-nightly PART=plugin-exchange sets it")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	engine := grpc.NewServer()
	rpc.RegisterEngineServer(engine, quietEngine{})
	go func() { _ = engine.Serve(listener) }()
	t.Cleanup(engine.Stop)
	command := exec.Command(filepath.Join(folder, "pulumi-resource-kubernetes"), listener.Addr().String())
	command.Stderr = os.Stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	watchdog := time.AfterFunc(time.Minute, func() { _ = command.Process.Kill() })
	port, err := bufio.NewReader(stdout).ReadString('\n')
	watchdog.Stop()
	if err != nil {
		t.Fatalf("the official plugin printed no port: %v", err)
	}
	connection, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(100<<20)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	client := rpc.NewResourceProviderClient(connection)
	if _, err := client.Configure(t.Context(), &rpc.ConfigureRequest{AcceptSecrets: true, AcceptResources: true,
		Args: toWire(t, exchangeSettings(b)), Variables: map[string]string{
			"kubernetes:config:kubeconfig": server.Kubeconfig(b.namespace), "kubernetes:config:enableConfigMapMutable": "true",
			"kubernetes:config:enableSecretMutable": "true", "kubernetes:config:enablePatchForce": "true",
		}}); err != nil {
		t.Fatal(err)
	}
	info, err := client.GetPluginInfo(t.Context(), &emptypb.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the official plugin is %s", info.Version)
	return client
}

// exchangeSettings are the provider settings of the ready program.
func exchangeSettings(b *bench) resource.PropertyMap {
	return propsOf(props{"kubeconfig": server.Kubeconfig(b.namespace), "enableConfigMapMutable": "true", "enableSecretMutable": "true",
		"enablePatchForce": "true", "upsertExistingObjects": "true"})
}

// reviewed are the objects of a manifest, in the test's namespace.
func reviewed(t *testing.T, file, namespace string) []props {
	t.Helper()
	text, err := os.Open(filepath.Join(manifests, file))
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	decoder := yaml.NewYAMLOrJSONDecoder(text, 1<<16)
	var found []props
	for {
		var object props
		err := decoder.Decode(&object)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		object["metadata"].(props)["namespace"] = namespace
		found = append(found, object)
	}
}

func tokenOf(t *testing.T, object props) string {
	t.Helper()
	at := slices.IndexFunc(kinds.All, func(k kinds.Kind) bool { return k.APIVersion == object["apiVersion"] && k.Name == object["kind"] })
	if at < 0 {
		t.Fatalf("the kind %v of %v is not in the table", object["kind"], object["apiVersion"])
	}
	return strings.TrimPrefix(kinds.All[at].Token(), "kubernetes:")
}

// made are the objects of a manifest as a stack of the drop-in has them in its state.
func made(t *testing.T, b *bench, file string) []*thing {
	t.Helper()
	var things []*thing
	for _, object := range reviewed(t, file, b.namespace) {
		name := object["metadata"].(props)["name"].(string)
		r := b.resource(tokenOf(t, object), name)
		// No controller makes it ready here, but the engine keeps it.
		r.timeout = 0.5
		if _, err := r.up(object); err != nil && r.partial(err) == nil {
			t.Fatal(err)
		}
		if r.id == "" {
			t.Fatalf("%s has no id", name)
		}
		if len(r.inputs) == 0 {
			r.inputs = r.check(propsOf(object))
		}
		things = append(things, r)
	}
	return things
}

// officialDiff is what the official plugin would change in an object of that state, for the same program.
func officialDiff(t *testing.T, client rpc.ResourceProviderClient, r *thing, inputs, state resource.PropertyMap) *rpc.DiffResponse {
	t.Helper()
	checked, err := client.Check(t.Context(), &rpc.CheckRequest{Urn: string(r.urn()), Olds: toWire(t, inputs), News: toWire(t, r.program),
		Name: r.name, Type: r.token, RandomSeed: []byte("seed")})
	if err != nil {
		t.Fatal(err)
	}
	if len(checked.Failures) > 0 {
		t.Fatalf("%s: %v", r.name, checked.Failures)
	}
	difference, err := client.Diff(t.Context(), &rpc.DiffRequest{Id: string(r.id), Urn: string(r.urn()), Name: r.name, Type: r.token,
		Olds: toWire(t, state), OldInputs: toWire(t, inputs), News: checked.Inputs})
	if err != nil {
		t.Fatal(err)
	}
	return difference
}

func title(r *thing) string { return r.token[strings.LastIndex(r.token, ":")+1:] + " " + r.name }

// The official plugin takes over a cluster of the drop-in and gives it back: nothing is replaced, and nothing changes.
func TestStateCanBeExchanged(t *testing.T) {
	for _, file := range []string{"kubernetes.yaml", "kubernetes-executors.yaml"} {
		t.Run(strings.TrimSuffix(file, ".yaml"), func(t *testing.T) {
			b := newBench(t, props{"enableConfigMapMutable": true, "enableSecretMutable": true, "enablePatchForce": true, "upsertExistingObjects": true})
			client := official(t, b)
			var before []string
			for _, r := range made(t, b, file) {
				// Without the fields that it compares with, which older states lack, it would replace: so the check can fail.
				old := r.outputs.Copy()
				delete(old, inputsKey)
				if difference := officialDiff(t, client, r, r.inputs, old); len(difference.Replaces) > 0 {
					before = append(before, fmt.Sprintf("%s (%s)", title(r), strings.Join(difference.Replaces, ", ")))
				}
				difference := officialDiff(t, client, r, r.inputs, r.outputs)
				if len(difference.Replaces) > 0 {
					t.Errorf("the official plugin replaces %s for %v", title(r), difference.Replaces)
				}
				if _, expected := expectedUpdates[title(r)]; difference.Changes == rpc.DiffResponse_DIFF_SOME && !expected {
					t.Errorf("the official plugin updates %s: %v", title(r), difference.DetailedDiff)
				}

				// The drop-in accepts a state that the official plugin has read and written.
				read, err := client.Read(t.Context(), &rpc.ReadRequest{Id: string(r.id), Urn: string(r.urn()), Name: r.name, Type: r.token,
					Properties: toWire(t, r.outputs), Inputs: toWire(t, r.inputs)})
				state, inputs := read.GetProperties(), read.GetInputs()
				if failed := r.partial(err); failed != nil {
					// It also waits for objects that no controller makes ready here, and the engine keeps them too.
					state, inputs, err = failed.Properties, failed.Inputs, nil
				}
				if err != nil {
					t.Fatal(err)
				}
				back, err := b.Diff(t.Context(), plugin.DiffRequest{URN: r.urn(), Name: r.name, Type: tokens.Type(r.token), ID: r.id,
					OldInputs: fromWire(t, inputs), OldOutputs: fromWire(t, state), NewInputs: r.inputs})
				if err != nil {
					t.Fatal(err)
				}
				if _, expected := expectedUpdates[title(r)]; back.Changes != plugin.DiffNone && !expected || len(back.ReplaceKeys) > 0 {
					t.Errorf("after the official plugin, ours changes %s: %v, replaced by %v", title(r), back.DetailedDiff, back.ReplaceKeys)
				}
				compareShapes(t, title(r), r.outputs, fromWire(t, state))
			}
			t.Logf("without %s the official plugin replaces %d:\n  %s", inputsKey, len(before), strings.Join(before, "\n  "))
			if len(before) == 0 {
				t.Error("the official plugin replaces nothing of a state without inputs, so this test proves nothing")
			}
		})
	}
}

// compareShapes: the properties of the state are the same, but for what the README names.
func compareShapes(t *testing.T, what string, ours, official resource.PropertyMap) {
	t.Helper()
	names := func(state resource.PropertyMap) []string {
		var found []string
		for name := range state {
			found = append(found, string(name))
		}
		slices.Sort(found)
		return found
	}
	if a, b := names(ours), names(official); !slices.Equal(a, b) {
		t.Errorf("%s: our state has %v, the official one %v", what, a, b)
	}
	for _, name := range []resource.PropertyKey{managerKey, versionKey} {
		if !ours[name].DeepEquals(official[name]) {
			t.Errorf("%s: %s is %v, officially %v", what, name, ours[name], official[name])
		}
	}
}
