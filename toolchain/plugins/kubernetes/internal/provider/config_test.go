package provider

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

func kubeconfig(context, server string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: Config\ncurrent-context: %[1]s\n"+
		"contexts: [{name: %[1]s, context: {cluster: c, user: u, namespace: of-the-context}}, {name: other, context: {cluster: d, user: u}}]\n"+
		"clusters: [{name: c, cluster: {server: %[2]q}}, {name: d, cluster: {server: \"https://elsewhere\"}}]\n"+
		"users: [{name: u, user: {token: t}}]\n", context, server)
}

func TestDiffConfig(t *testing.T) {
	here, moved := kubeconfig("minikube", "https://one"), kubeconfig("minikube", "https://two")
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(here), 0o600); err != nil {
		t.Fatal(err)
	}
	unknown := resource.MakeComputed(resource.NewStringProperty(""))
	for name, c := range map[string]struct {
		before, after resource.PropertyMap
		replace       string
		none          bool
	}{
		"the same":              {propsOf(props{"kubeconfig": here}), propsOf(props{"kubeconfig": here}), "[]", true},
		"another address":       {propsOf(props{"kubeconfig": here}), propsOf(props{"kubeconfig": moved}), "[kubeconfig]", false},
		"another user":          {propsOf(props{"kubeconfig": here}), propsOf(props{"kubeconfig": strings.Replace(here, "token: t", "token: n", 1)}), "[]", false},
		"from content to path":  {propsOf(props{"kubeconfig": here}), propsOf(props{"kubeconfig": path}), "[]", false},
		"another context":       {propsOf(props{"kubeconfig": here}), propsOf(props{"kubeconfig": here, "context": "other"}), "[context]", false},
		"not known yet":         {propsOf(props{"kubeconfig": here}), resource.PropertyMap{"kubeconfig": unknown}, "[kubeconfig]", false},
		"identified and moved":  {propsOf(props{"kubeconfig": here, "clusterIdentifier": "a"}), propsOf(props{"kubeconfig": moved, "clusterIdentifier": "a"}), "[]", false},
		"identified, not known": {propsOf(props{"kubeconfig": here, "clusterIdentifier": "a"}), resource.PropertyMap{"kubeconfig": unknown, "clusterIdentifier": resource.NewStringProperty("a")}, "[]", false},
		"identified as another": {propsOf(props{"kubeconfig": here, "clusterIdentifier": "a"}), propsOf(props{"kubeconfig": here, "clusterIdentifier": "b"}), "[clusterIdentifier]", false},
		"now identified":        {propsOf(props{"kubeconfig": here}), propsOf(props{"kubeconfig": here, "clusterIdentifier": "b"}), "[]", false},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := New(nil, nil).DiffConfig(t.Context(), plugin.DiffConfigRequest{OldInputs: c.before, NewInputs: c.after})
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(result.ReplaceKeys) != c.replace {
				t.Errorf("replaced by %v, expected %s", result.ReplaceKeys, c.replace)
			}
			if (result.Changes == plugin.DiffNone) != c.none {
				t.Errorf("the changes are %v", result.Changes)
			}
		})
	}
}

func TestSecretKubeconfigIsRead(t *testing.T) {
	p := New(nil, nil)
	inputs := resource.PropertyMap{"kubeconfig": resource.MakeSecret(resource.NewStringProperty(kubeconfig("minikube", "https://one")))}
	if _, err := p.Configure(t.Context(), plugin.ConfigureRequest{Inputs: inputs}); err != nil || p.noClient != nil {
		t.Fatal(err, p.noClient)
	}
	if p.client.Context != "minikube" || p.client.Server != "https://one" {
		t.Errorf("connected to %s at %s", p.client.Context, p.client.Server)
	}
}

func TestNamespacePrecedence(t *testing.T) {
	for expected, inputs := range map[string]props{
		"of-the-context": {"kubeconfig": kubeconfig("minikube", "https://one")},
		"default":        {"kubeconfig": kubeconfig("minikube", "https://one"), "context": "other"},
	} {
		p := New(nil, nil)
		if _, err := p.Configure(t.Context(), plugin.ConfigureRequest{Inputs: propsOf(inputs)}); err != nil {
			t.Fatal(err)
		}
		for said, result := range map[string]string{"": expected, "of-the-object": "of-the-object"} {
			metadata := props{"name": "x"}
			if said != "" {
				metadata["namespace"] = said
			}
			response, err := p.Check(t.Context(), plugin.CheckRequest{Name: "x", Type: "kubernetes:core/v1:ConfigMap", News: propsOf(props{"metadata": metadata})})
			if err != nil {
				t.Fatal(err)
			}
			if got := object.Text(object.Object(response.Properties, "metadata"), "namespace"); got != result {
				t.Errorf("the namespace is %q, expected %q", got, result)
			}
		}
	}
}

func TestUnreachableCluster(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "https://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	configured := func(settings props) (*Provider, *messages) {
		said := &messages{}
		p := New(nil, said)
		settings["kubeconfig"] = kubeconfig("minikube", address)
		if _, err := p.Configure(t.Context(), plugin.ConfigureRequest{Inputs: propsOf(settings)}); err != nil {
			t.Fatal(err)
		}
		return p, said
	}
	token := tokens.Type("kubernetes:core/v1:ConfigMap")
	inputs := propsOf(props{"apiVersion": "v1", "kind": "ConfigMap", "metadata": props{"name": "x", "namespace": "n"}})
	p, _ := configured(props{})
	_, err = p.Create(t.Context(), plugin.CreateRequest{Type: token, Properties: inputs})
	for _, part := range []string{"creating ConfigMap n/x", `context "minikube"`, address, "refused", "start the cluster"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("the error %v does not say %q", err, part)
		}
	}
	response, err := p.Create(t.Context(), plugin.CreateRequest{Type: token, Properties: inputs, Preview: true})
	if err != nil || object.Text(response.Properties, "kind") != "ConfigMap" {
		t.Errorf("the preview says %v, %v", response.Properties, err)
	}
	if _, err := p.Delete(t.Context(), plugin.DeleteRequest{Type: token, ID: "n/x", Inputs: inputs}); err == nil {
		t.Error("deleted without a cluster")
	}

	p, said := configured(props{"deleteUnreachable": "true"})
	if _, err := p.Delete(t.Context(), plugin.DeleteRequest{Type: token, ID: "n/x", Inputs: inputs}); err != nil {
		t.Errorf("with deleteUnreachable: %v", err)
	}
	if !said.contain("only dropped from the state") {
		t.Error("dropping an object was not said")
	}
	read, err := p.Read(t.Context(), plugin.ReadRequest{Type: token, ID: "n/x", Inputs: inputs})
	if err != nil || read.ID != "" {
		t.Errorf("read %q, %v", read.ID, err)
	}
}

func TestNoClusterIsAnErrorWhenItIsNeeded(t *testing.T) {
	p := New(nil, nil)
	inputs := propsOf(props{"kubeconfig": filepath.Join(t.TempDir(), "missing")})
	if _, err := p.Configure(t.Context(), plugin.ConfigureRequest{Inputs: inputs}); err != nil {
		t.Fatal(err)
	}
	_, err := p.Create(t.Context(), plugin.CreateRequest{Type: "kubernetes:core/v1:Namespace",
		Properties: propsOf(props{"metadata": props{"name": "x"}})})
	if err == nil || !strings.Contains(err.Error(), "creating Namespace x: the provider's kubeconfig is neither") {
		t.Errorf("the error is %v", err)
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	check := func(inputs props) []plugin.CheckFailure {
		response, err := New(nil, nil).CheckConfig(t.Context(), plugin.CheckConfigRequest{News: propsOf(inputs)})
		if err != nil {
			t.Fatal(err)
		}
		return response.Failures
	}
	for name, inputs := range map[string]props{
		"renderYamlToDirectory": {"renderYamlToDirectory": "there"},
		"enableServerSideApply": {"enableServerSideApply": "false"},
		"skipUpdateUnreachable": {"skipUpdateUnreachable": true},
		"kubeClientSettings":    {"kubeClientSettings": `{"qps":1}`},
		"helmReleaseSettings":   {"helmReleaseSettings": props{"driver": "secret"}},
		"cluster":               {"cluster": "c"},
		"namespace":             {"namespace": "n"},
		"":                      {"deleteUnreachable": "perhaps"},
	} {
		if failures := check(inputs); len(failures) != 1 || string(failures[0].Property) != name {
			t.Errorf("%s: %v", name, failures)
		}
	}
	if failures := check(props{"enableServerSideApply": true, "skipUpdateUnreachable": "false", "kubeClientSettings": props{}, "cluster": ""}); len(failures) > 0 {
		t.Errorf("what asks for nothing is refused: %v", failures)
	}
}
