package provider

import (
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/sshtest"
)

func (r *res) wantSecret(want bool, names ...string) {
	r.t.Helper()
	for _, name := range names {
		if got := r.state.Get(name).HasSecrets(); got != want {
			r.t.Errorf("%s: secret is %v", name, got)
		}
	}
}

func TestSecretInputsMakeOutputsSecret(t *testing.T) {
	for name, value := range (inputs{
		"create":      secret("echo token"),
		"update":      secret("echo token"),
		"stdin":       secret("token"),
		"environment": object(inputs{"TOKEN": secret("token")}),
	}) {
		t.Run(name, func(t *testing.T) {
			in := inputs{"create": text("cat"), name: value}
			r := newRes(t, localCommand).create(in)
			r.wantSecret(true, "stdout", "stderr", name)
		})
	}
}

func TestOtherInputsLeaveOutputsPublic(t *testing.T) {
	r := newRes(t, localCommand).create(inputs{
		"create": text("echo public"), "delete": secret("true"), "triggers": property.New([]property.Value{secret("t")}),
	})
	r.wantSecret(false, "stdout", "stderr", "create")
	r.wantSecret(true, "triggers", "delete")
}

func TestConnectionIsSecretAndOutputsAreNot(t *testing.T) {
	s := sshtest.Start(t)
	r := newRes(t, remoteCommand).create(inputs{"connection": connection(s), "create": text("echo public")})
	if !r.last.Get("connection").Secret() || !r.state.Get("connection").Secret() {
		t.Error("the connection is in clear in inputs or state")
	}
	r.wantSecret(false, "stdout", "stderr")
	r.update(inputs{"connection": connection(s), "create": text("cat"), "stdin": secret("token")})
	r.wantSecret(true, "stdout", "stderr", "stdin")
}

func TestConnectionDefaults(t *testing.T) {
	checked := newRes(t, remoteCommand).check(inputs{"connection": object(inputs{
		"host": text("h"), "proxy": object(inputs{"host": text("p")}),
	})})
	fields := checked.Get("connection").AsMap()
	for _, c := range []property.Map{fields, fields.Get("proxy").AsMap()} {
		if c.Get("user").AsString() != "root" || c.Get("port").AsNumber() != 22 ||
			c.Get("dialErrorLimit").AsNumber() != 10 || c.Get("perDialTimeout").AsNumber() != 15 {
			t.Errorf("defaults: %#v", c)
		}
	}
}

func TestCheckNamesWrongInputs(t *testing.T) {
	r := newRes(t, remoteCommand)
	for name, in := range map[string]inputs{
		"connection": {"create": text("true")},
		"logging":    {"connection": object(inputs{"host": text("h")}), "logging": number(3)},
	} {
		resp, err := r.server.Check(p.CheckRequest{Urn: r.urn, Inputs: property.NewMap(in)})
		if err != nil {
			t.Fatal(err)
		}
		if len(resp.Failures) == 0 || resp.Failures[0].Property != name {
			t.Errorf("%s: failures are %+v", name, resp.Failures)
		}
	}
}

// What only the official plugin has is refused, never ignored.
func TestCheckRefusesWhatIsNotHere(t *testing.T) {
	host := object(inputs{"host": text("h")})
	for name, c := range map[string]struct {
		typ string
		in  inputs
	}{
		"assetPaths":   {localCommand, inputs{"assetPaths": list("*.txt")}},
		"archivePaths": {localCommand, inputs{"archivePaths": list("*.txt")}},
		"dir":          {localCommand, inputs{"dir": text("/")}},
		"environment":  {remoteCommand, inputs{"connection": host, "environment": object(inputs{"A": text("b")})}},
		"password":     {remoteCommand, inputs{"connection": object(inputs{"host": text("h"), "password": text("p")})}},
		"privateKeyPassword": {remoteCommand, inputs{"connection": object(inputs{
			"host": text("h"), "proxy": object(inputs{"host": text("p"), "privateKeyPassword": text("p")}),
		})}},
	} {
		r := newRes(t, c.typ)
		resp, err := r.server.Check(p.CheckRequest{Urn: r.urn, Inputs: property.NewMap(c.in)})
		if err != nil {
			t.Fatal(err)
		}
		if len(resp.Failures) != 1 || !strings.Contains(resp.Failures[0].Reason, "Unrecognized field '"+name+"'") {
			t.Errorf("%s: failures are %+v", name, resp.Failures)
		}
	}
}
