package runlog

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/redact"
)

// recorder stands in for the engine's log, which without an engine is slog.
type recorder struct {
	mu    sync.Mutex
	lines []string
}

func (r *recorder) Enabled(context.Context, slog.Level) bool { return true }
func (r *recorder) WithAttrs([]slog.Attr) slog.Handler       { return r }
func (r *recorder) WithGroup(string) slog.Handler            { return r }
func (r *recorder) Handle(_ context.Context, record slog.Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, record.Message)
	return nil
}

func record(t *testing.T) *recorder {
	t.Helper()
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	r := &recorder{}
	slog.SetDefault(slog.New(r))
	return r
}

func TestLoggingChoosesTheStreams(t *testing.T) {
	for mode, want := range map[string][]string{
		"":     {"out 1", "err 1", "out 2"},
		Both:   {"out 1", "err 1", "out 2"},
		Stdout: {"out 1", "out 2"},
		Stderr: {"err 1"},
		None:   nil,
	} {
		t.Run("mode "+mode, func(t *testing.T) {
			log := record(t)
			o := NewOutput(t.Context(), &mode)
			write := func(w interface{ Write([]byte) (int, error) }, s string) {
				if n, err := w.Write([]byte(s)); n != len(s) || err != nil {
					t.Fatalf("wrote %d: %v", n, err)
				}
			}
			write(o.Stdout(), "out ")
			write(o.Stdout(), "1\nou")
			write(o.Stderr(), "err 1\r\n")
			write(o.Stdout(), "t 2")
			o.Close()
			if !slices.Equal(log.lines, want) {
				t.Errorf("logged %q, want %q", log.lines, want)
			}
			if out, err := o.Streams(); out != "out 1\nout 2" || err != "err 1\r" {
				t.Errorf("streams %q, %q", out, err)
			}
			if all := o.Combined(); all != "out 1\nouerr 1\r\nt 2" {
				t.Errorf("combined %q", all)
			}
		})
	}
}

func TestSecretsAreNotLogged(t *testing.T) {
	log := record(t)
	r := redact.New(property.NewMap(map[string]property.Value{"stdin": property.New("the token").WithSecret(true)}))
	o := NewOutput[string](redact.Into(t.Context(), r), nil)
	if _, err := o.Stdout().Write([]byte("got the token\n")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(log.lines, "\n"); got != "got [secret]" {
		t.Errorf("logged %q", got)
	}
	if out, _ := o.Streams(); out != "got the token" {
		t.Errorf("the output itself was changed: %q", out)
	}
}

func TestLongLineIsLoggedInParts(t *testing.T) {
	log := record(t)
	o := NewOutput[string](t.Context(), nil)
	chunk := []byte(strings.Repeat("x", 1024))
	for range 2 * maxLine / len(chunk) {
		if _, err := o.Stdout().Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if len(log.lines) == 0 {
		t.Error("nothing was logged before the end of a very long line")
	}
}
