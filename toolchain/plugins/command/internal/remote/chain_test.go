package remote

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/sshtest"
)

// freezer forwards bytes to target until it is frozen; then it keeps its connections
// open and forwards nothing, like a host that lost its power.
type freezer struct {
	port   int
	frozen chan struct{}
	once   sync.Once
}

func newFreezer(t *testing.T, target string) *freezer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &freezer{port: listener.Addr().(*net.TCPAddr).Port, frozen: make(chan struct{})}
	over := make(chan struct{})
	t.Cleanup(func() { close(over); listener.Close() })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", target)
			if err != nil {
				near.Close()
				return
			}
			go f.pass(near, far)
			go f.pass(far, near)
			go func() { <-over; near.Close(); far.Close() }()
		}
	}()
	return f
}

func (f *freezer) pass(from, to net.Conn) {
	buffer := make([]byte, 32*1024)
	for {
		n, err := from.Read(buffer)
		select {
		case <-f.frozen:
			return
		default:
		}
		if err != nil {
			to.Close()
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func TestLostConnectionEndsTheCommand(t *testing.T) {
	before := keepAliveInterval
	keepAliveInterval = 50 * time.Millisecond
	defer func() { keepAliveInterval = before }()

	s := sshtest.Start(t)
	f := newFreezer(t, s.Address())
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	host, port, limit, none := s.Host, float64(f.port), 1, Logging("none")
	c := CommandOutputs{CommandInputs: CommandInputs{
		Connection: &Connection{Endpoint: Endpoint{
			Host: &host, Port: &port, User: &s.User, PrivateKey: &s.Key.PrivatePEM, DialErrorLimit: &limit,
		}},
		Logging: &none,
	}}
	done := make(chan error, 1)
	go func() { done <- c.run(t.Context(), "cat '"+fifo+"'") }()

	// Opening waits for the reader; the reader ends with the file, so nothing is left.
	opened := make(chan *os.File, 1)
	go func() { file, _ := os.OpenFile(fifo, os.O_WRONLY, 0); opened <- file }()
	select {
	case file := <-opened:
		defer file.Close()
		if _, err := io.WriteString(file, "x"); err != nil {
			t.Fatal(err)
		}
	case err := <-done:
		t.Fatalf("ended before it was to: %v", err)
	case <-time.After(10 * time.Second):
		t.Fatal("the command did not start within 10 s")
	}

	select {
	case err := <-done:
		t.Fatalf("ended while the connection was good: %v", err)
	case <-time.After(10 * keepAliveInterval): // time for several answered keep-alives
	}
	f.once.Do(func() { close(f.frozen) })
	select {
	case err := <-done:
		if !errors.Is(err, errLost) {
			t.Fatalf("the error does not tell that the connection was lost: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still waiting 10 s after the connection was lost")
	}
}
