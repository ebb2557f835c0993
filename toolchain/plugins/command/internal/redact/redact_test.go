package redact

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

func TestRedactor(t *testing.T) {
	secret := func(s string) property.Value { return property.New(s).WithSecret(true) }
	r := New(property.NewMap(map[string]property.Value{
		"create": property.New("echo public"),
		"environment": property.New(map[string]property.Value{
			"TOKEN": secret("token-value"),
			"SHORT": secret("ab"),
		}),
		"stdin": property.New("the whole of stdin\n"),
		"connection": property.New(map[string]property.Value{
			"host":     property.New("host.example"),
			"password": property.New("hunter22"),
			"proxy": property.New(map[string]property.Value{
				"privateKey": property.New("-----BEGIN-----\nkey-line-one\nkey-line-two\n"),
			}),
		}).WithSecret(true),
	}))

	in := "echo public; token-value and ab; the whole of stdin; host.example hunter22; key-line-two"
	want := "echo public; [secret] and ab; [secret]; host.example [secret]; [secret]"
	if got := r.Error(in); got != want {
		t.Errorf("error text:\n got %s\nwant %s", got, want)
	}
	if got := r.Text(in); !strings.Contains(got, "the whole of stdin") || strings.Contains(got, "token-value") {
		t.Errorf("log text: %s", got)
	}
}

func TestSecretInsideALongerSecretLeavesNoRest(t *testing.T) {
	r := New(property.NewMap(map[string]property.Value{
		"a": property.New("abcd").WithSecret(true),
		"b": property.New("abcd-efgh").WithSecret(true),
	}))
	if got := r.Text("x abcd-efgh y abcd"); got != "x [secret] y [secret]" {
		t.Errorf("got %q", got)
	}
}

func TestNoRedactorChangesNothing(t *testing.T) {
	if got := From(t.Context()).Error("text"); got != "text" {
		t.Errorf("got %q", got)
	}
}
