package provider

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

func readSchema(t *testing.T) schema.PackageSpec {
	t.Helper()
	resp, err := newServer(t).GetSchema(p.GetSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(resp.Schema), &spec); err != nil {
		t.Fatal(err)
	}
	return spec
}

// The properties that this project uses, of those that the official SDKs of 1.2.1 have; a star marks the required ones.
var (
	localInputs = "addPreviousOutputInEnv create delete environment interpreter logging stdin triggers update"
	remoteIn    = "addPreviousOutputInEnv connection* create delete logging stdin triggers update"
	outputs     = " stderr* stdout*"
	login       = "agentSocketPath dialErrorLimit host* hostKey perDialTimeout port privateKey user"
)

func TestSchemaHasTheOfficialProperties(t *testing.T) {
	spec := readSchema(t)
	if spec.Name != "command" || spec.Version != "1.2.1" {
		t.Errorf("package is %s %s", spec.Name, spec.Version)
	}
	if !strings.Contains(spec.Description, "pulumi-spark-cluster") {
		t.Errorf("description does not tell whose plugin it is: %s", spec.Description)
	}
	got := map[string]string{}
	for token, r := range spec.Resources {
		got[token+" inputs"] = describe(r.InputProperties, r.RequiredInputs)
		got[token+" outputs"] = describe(r.Properties, r.Required)
	}
	if len(spec.Functions) > 0 {
		t.Errorf("functions: %v", spec.Functions)
	}
	for token, typ := range spec.Types {
		if len(typ.Enum) == 0 {
			got[token] = describe(typ.Properties, typ.Required)
			continue
		}
		for _, value := range typ.Enum {
			got[token] += value.Name + "=" + value.Value.(string) + " "
		}
	}
	enum := "stdout=stdout stderr=stderr stdoutAndStderr=stdoutAndStderr none=none "
	want := map[string]string{
		"command:local:Command inputs":   localInputs,
		"command:local:Command outputs":  sorted(localInputs + outputs),
		"command:remote:Command inputs":  remoteIn,
		"command:remote:Command outputs": sorted(remoteIn + outputs),
		"command:remote:Connection":      sorted(login + " proxy"),
		"command:remote:ProxyConnection": login,
		"command:local:Logging":          enum,
		"command:remote:Logging":         enum,
	}
	for name := range maps.Keys(want) {
		if got[name] != want[name] {
			t.Errorf("%s\n got %s\nwant %s", name, got[name], want[name])
		}
	}
	for name := range got {
		if _, known := want[name]; !known {
			t.Errorf("unexpected: %s", name)
		}
	}
}

func sorted(names string) string {
	list := strings.Fields(names)
	slices.Sort(list)
	return strings.Join(list, " ")
}

func describe(properties map[string]schema.PropertySpec, required []string) string {
	var names []string
	for name := range properties {
		if slices.Contains(required, name) {
			name += "*"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

func TestSchemaTypesDefaultsAndMarks(t *testing.T) {
	spec := readSchema(t)
	for _, token := range []string{"command:remote:Connection", "command:remote:ProxyConnection"} {
		fields := spec.Types[token].Properties
		for name, want := range map[string]struct {
			typ      string
			standard any
		}{
			"port":           {"number", 22.0},
			"user":           {"string", "root"},
			"dialErrorLimit": {"integer", 10.0},
			"perDialTimeout": {"integer", 15.0},
			"host":           {"string", nil},
		} {
			if f := fields[name]; f.Type != want.typ || f.Default != want.standard {
				t.Errorf("%s.%s is %s with default %v", token, name, f.Type, f.Default)
			}
		}
	}
	if r := spec.Resources["command:remote:Command"]; !r.InputProperties["connection"].Secret || !r.Properties["connection"].Secret {
		t.Error("connection is not secret")
	}
	for token, r := range spec.Resources {
		triggers := r.InputProperties["triggers"]
		if !triggers.ReplaceOnChanges || triggers.Items == nil || triggers.Items.Ref != "pulumi.json#/Any" {
			t.Errorf("%s: triggers are %+v", token, triggers)
		}
	}
}

// The state could have been written by the official plugin: it has what was given, what the schema requires, and nothing else.
func TestStateIsWhatTheSchemaSays(t *testing.T) {
	spec := readSchema(t).Resources["command:local:Command"]
	in := inputs{"create": text("echo out"), "triggers": list("a"), "environment": object(inputs{"A": text("b")}), "logging": text("none"),
		"addPreviousOutputInEnv": property.New(false)}
	r := newRes(t, localCommand).create(in)
	for name, value := range r.state.All {
		given, known := in[name]
		if known && !given.Equals(value) {
			t.Errorf("%s became %#v", name, value)
		}
		if !known && !slices.Contains(spec.Required, name) {
			t.Errorf("%s is in the state although nobody asked for it: %#v", name, value)
		}
	}
	for name := range in {
		if r.state.Get(name).IsNull() {
			t.Errorf("%s is not in the state", name)
		}
	}
	for _, name := range spec.Required {
		if !r.state.Get(name).IsString() {
			t.Errorf("%s is %#v in the state", name, r.state.Get(name))
		}
	}
}
