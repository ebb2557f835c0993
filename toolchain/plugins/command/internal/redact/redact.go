// Package redact removes secret values from texts for people and logs.
package redact

import (
	"context"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

// Mark stands where a secret was.
const Mark = "[secret]"

// Shorter values are left alone: hiding every "1" or "no" would make the text useless
// and would itself tell what the value is.
const (
	minSecret = 4
	minLine   = 8
	minStdin  = 8
)

// Redactor knows the values that must not be shown.
type Redactor struct {
	secrets []string
	stdin   []string
}

// New collects every secret string in the maps, and the stdin property even if it is
// not marked as secret, for the errors only.
func New(maps ...property.Map) *Redactor {
	r := &Redactor{}
	for _, m := range maps {
		for name, value := range m.All {
			if name == "connection" {
				r.collectCredentials(value)
			} else {
				r.collect(value, false)
			}
		}
		if in := m.Get("stdin"); in.IsString() {
			if s := strings.TrimSpace(in.AsString()); len(s) >= minStdin {
				r.stdin = append(r.stdin, s)
			}
		}
	}
	// Longest first, so that a secret inside a longer one leaves no rest of it.
	byLength(r.secrets)
	byLength(r.stdin)
	return r
}

func byLength(values []string) {
	sort.Slice(values, func(i, j int) bool { return len(values[i]) > len(values[j]) })
}

func (r *Redactor) collect(v property.Value, secret bool) {
	secret = secret || v.Secret()
	switch {
	case v.IsMap():
		for _, element := range v.AsMap().All {
			r.collect(element, secret)
		}
	case v.IsArray():
		for _, element := range v.AsArray().All {
			r.collect(element, secret)
		}
	case v.IsString() && secret:
		r.add(v.AsString())
	}
}

// collectCredentials takes from a connection, which is secret as a whole, only the real
// secrets: without host and user no error about a connection would be useful.
func (r *Redactor) collectCredentials(connection property.Value) {
	if !connection.IsMap() {
		return
	}
	fields := connection.AsMap()
	for _, name := range []string{"password", "privateKey", "privateKeyPassword"} {
		r.collect(fields.Get(name), true)
	}
	r.collectCredentials(fields.Get("proxy"))
}

// add takes the whole value, and also each of its lines, since output is logged line by
// line and error texts quote commands.
func (r *Redactor) add(value string) {
	value = strings.TrimSpace(value)
	if len(value) >= minSecret {
		r.secrets = append(r.secrets, value)
	}
	if !strings.Contains(value, "\n") {
		return
	}
	for line := range strings.Lines(value) {
		if line = strings.TrimSpace(line); len(line) >= minLine {
			r.secrets = append(r.secrets, line)
		}
	}
}

// Text returns text without the secrets.
func (r *Redactor) Text(text string) string {
	if r == nil {
		return text
	}
	return replace(text, r.secrets)
}

// Error returns text without the secrets and without what was fed to stdin.
func (r *Redactor) Error(text string) string {
	if r == nil {
		return text
	}
	return replace(replace(text, r.secrets), r.stdin)
}

func replace(text string, values []string) string {
	for _, value := range values {
		text = strings.ReplaceAll(text, value, Mark)
	}
	return text
}

type contextKey struct{}

// Into returns a context that carries r.
func Into(ctx context.Context, r *Redactor) context.Context {
	return context.WithValue(ctx, contextKey{}, r)
}

// From returns the context's redactor; nil, which changes no text, if there is none.
func From(ctx context.Context) *Redactor {
	r, _ := ctx.Value(contextKey{}).(*Redactor)
	return r
}
