package provider

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// inputs are a resource's inputs as a program gives them.
type inputs = map[string]property.Value

func text(s string) property.Value   { return property.New(s) }
func secret(s string) property.Value { return property.New(s).WithSecret(true) }
func number(n int) property.Value    { return property.New(float64(n)) }
func object(m inputs) property.Value { return property.New(m) }

func list(values ...string) property.Value {
	array := make([]property.Value, len(values))
	for i, v := range values {
		array[i] = text(v)
	}
	return property.New(array)
}

func newServer(t *testing.T) integration.Server {
	t.Helper()
	server, err := integration.NewServer(t.Context(), Name, semver.MustParse(Version), integration.WithProvider(New()))
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// res takes a resource through its life cycle in the engine's steps.
type res struct {
	t      *testing.T
	server integration.Server
	urn    resource.URN
	id     string
	state  property.Map
	last   property.Map // checked inputs
}

func newRes(t *testing.T, typ string) *res {
	t.Helper()
	t.Setenv("SSH_AUTH_SOCK", "") // the agent of the user who runs the tests
	return &res{t: t, server: newServer(t), urn: resource.NewURN("test", "test", "", tokens.Type("command:"+typ), "name")}
}

func (r *res) check(in inputs) property.Map {
	r.t.Helper()
	resp, err := r.server.Check(p.CheckRequest{Urn: r.urn, State: r.last, Inputs: property.NewMap(in)})
	if err != nil {
		r.t.Fatalf("check: %v", err)
	}
	if len(resp.Failures) > 0 {
		r.t.Fatalf("check: %+v", resp.Failures)
	}
	return wire(r.t, resp.Inputs)
}

func (r *res) tryCreate(in inputs) error {
	r.t.Helper()
	return r.createChecked(r.check(in))
}

// createInBackground is tryCreate for tests that do something meanwhile.
func (r *res) createInBackground(in inputs) <-chan error {
	r.t.Helper()
	checked, done := r.check(in), make(chan error, 1)
	go func() { done <- r.createChecked(checked) }()
	return done
}

func (r *res) createChecked(checked property.Map) error {
	resp, err := r.server.Create(p.CreateRequest{Urn: r.urn, Properties: checked})
	if err == nil {
		r.id, r.state, r.last = resp.ID, wire(r.t, resp.Properties), checked
		if r.id == "" {
			return errors.New("created without an id")
		}
	}
	return err
}

func (r *res) create(in inputs) *res {
	r.t.Helper()
	if err := r.tryCreate(in); err != nil {
		r.t.Fatalf("create: %v", err)
	}
	return r
}

func (r *res) diff(in inputs) p.DiffResponse {
	r.t.Helper()
	resp, err := r.server.Diff(p.DiffRequest{
		ID: r.id, Urn: r.urn, State: r.state, OldInputs: r.last, Inputs: r.check(in),
	})
	if err != nil {
		r.t.Fatalf("diff: %v", err)
	}
	return resp
}

// update fails the test if the engine would not update in place.
func (r *res) update(in inputs) *res {
	r.t.Helper()
	diff := r.diff(in)
	if !diff.HasChanges || replaces(diff) {
		r.t.Fatalf("an update in place is expected, not %+v", diff)
	}
	checked := r.check(in)
	resp, err := r.server.Update(p.UpdateRequest{ID: r.id, Urn: r.urn, State: r.state, Inputs: checked})
	if err != nil {
		r.t.Fatalf("update: %v", err)
	}
	r.state, r.last = wire(r.t, resp.Properties), checked
	return r
}

func (r *res) tryDelete() error {
	return r.server.Delete(p.DeleteRequest{ID: r.id, Urn: r.urn, Properties: r.state})
}

func (r *res) delete() {
	r.t.Helper()
	if err := r.tryDelete(); err != nil {
		r.t.Fatalf("delete: %v", err)
	}
}

func replaces(diff p.DiffResponse) bool {
	for _, change := range diff.DetailedDiff {
		if strings.HasSuffix(string(change.Kind), "&replace") || change.Kind == asReplace(change.Kind) {
			return true
		}
	}
	return false
}

func (r *res) wantOutput(name, want string) *res {
	r.t.Helper()
	value := r.state.Get(name)
	if !value.IsString() || value.AsString() != want {
		r.t.Fatalf("%s is %#v, want %q", name, value, want)
	}
	return r
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; one with %q is expected", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error has no %q: %v", part, err)
		}
	}
}

func wantNoText(t *testing.T, err error, hidden ...string) {
	t.Helper()
	for _, part := range hidden {
		if strings.Contains(err.Error(), part) {
			t.Errorf("error shows %q: %v", part, err)
		}
	}
}

// soon limits every wait for something that should happen at once.
const soon = 15 * time.Second

func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(soon)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s", soon, what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func receive[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(soon):
		t.Fatalf("not within %s: %s", soon, what)
		panic("unreachable")
	}
}
