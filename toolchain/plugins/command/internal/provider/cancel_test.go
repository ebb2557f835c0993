package provider

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	p "github.com/pulumi/pulumi-go-provider"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/sshtest"
)

// lifeline is a pipe that a command opens for writing and its children inherit: it
// shows when they have started, and by its end that the last of them is gone.
type lifeline struct {
	path    string
	started chan error
	ended   chan error
}

func newLifeline(t *testing.T) *lifeline {
	t.Helper()
	l := &lifeline{filepath.Join(t.TempDir(), "fifo"), make(chan error, 1), make(chan error, 1)}
	if err := syscall.Mkfifo(l.path, 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		file, err := os.Open(l.path)
		l.started <- err
		if err == nil {
			_, err = io.ReadAll(file)
			file.Close()
		}
		l.ended <- err
	}()
	return l
}

// script starts a child; shell and child both ignore signals that end only the shell.
func (l *lifeline) script() string {
	return "exec 3>'" + l.path + "'; sleep 300 & sleep 300; wait"
}

func (l *lifeline) wantEnd(t *testing.T) {
	t.Helper()
	if err := receive(t, "all processes of the command end", l.ended); err != nil {
		t.Fatal(err)
	}
}

func cancelled(t *testing.T, typ string, in func(script string) inputs) {
	t.Helper()
	line := newLifeline(t)
	r := newRes(t, typ)
	done := r.createInBackground(in(line.script()))
	if err := receive(t, "the command starts", line.started); err != nil {
		t.Fatal(err)
	}
	if err := r.server.Cancel(); err != nil {
		t.Fatal(err)
	}
	wantError(t, receive(t, "the cancelled step ends", done), "canceled")
	line.wantEnd(t)
}

func TestCancelEndsLocalProcessGroup(t *testing.T) {
	cancelled(t, localCommand, func(script string) inputs { return inputs{"create": text(script)} })
}

func TestCancelKillsWhatIgnoresSIGTERM(t *testing.T) {
	cancelled(t, localCommand, func(script string) inputs { return inputs{"create": text("trap '' TERM; " + script)} })
}

func TestCancelEndsRemoteProcesses(t *testing.T) {
	s := sshtest.Start(t)
	cancelled(t, remoteCommand, func(script string) inputs {
		return inputs{"create": text(script), "connection": connection(s)}
	})
}

func TestCancelEndsConnecting(t *testing.T) {
	r := newRes(t, remoteCommand)
	server := sshtest.Closing(t)
	in := inputs{"create": text("true"), "connection": object(inputs{
		"host": text("127.0.0.1"), "port": number(server.Port), "dialErrorLimit": number(-1),
	})}
	done := r.createInBackground(in)
	eventually(t, "a try", func() bool { return server.Tries.Load() > 0 })
	if err := r.server.Cancel(); err != nil {
		t.Fatal(err)
	}
	wantError(t, receive(t, "connecting ends", done), "canceled", "127.0.0.1")
}

func TestTimeoutOfTheStepEndsTheCommand(t *testing.T) {
	line := newLifeline(t)
	r := newRes(t, localCommand)
	start := time.Now()
	_, err := r.server.Create(p.CreateRequest{Urn: r.urn, Timeout: 1, Properties: r.check(inputs{"create": text(line.script())})})
	wantError(t, err, "deadline")
	if took := time.Since(start); took > soon {
		t.Errorf("took %s", took)
	}
	if err := receive(t, "the command has started", line.started); err != nil {
		t.Fatal(err)
	}
	line.wantEnd(t)
}
