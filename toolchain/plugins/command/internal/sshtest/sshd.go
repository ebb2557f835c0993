package sshtest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server is a running OpenSSH server.
type Server struct {
	Host    string
	Port    int
	User    string
	Key     Key // lets User in
	HostKey Key
	log     *logBuffer
}

// Log is what the server has logged so far.
func (s *Server) Log() string { return s.log.String() }

// Address is host and port.
func (s *Server) Address() string { return fmt.Sprintf("%s:%d", s.Host, s.Port) }

// startTimeout bounds the wait for a server to answer.
const startTimeout = 10 * time.Second

// Start runs an OpenSSH server until the end of the test; extra are lines for its
// configuration. Without one on this machine the test is skipped.
func Start(t *testing.T, extra ...string) *Server {
	t.Helper()
	// Between FreePort and the server's bind another process may take the port.
	for try := 1; ; try++ {
		server, err := startOn(t, FreePort(t), NewKey(t, ""), extra)
		if err == nil {
			return server
		}
		if try == 3 {
			t.Fatal(err)
		}
	}
}

// StartOn is Start on a given port and with a given key for the user.
func StartOn(t *testing.T, port int, key Key, extra ...string) *Server {
	t.Helper()
	server, err := startOn(t, port, key, extra)
	must(t, err)
	return server
}

func startOn(t *testing.T, port int, key Key, extra []string) (*Server, error) {
	t.Helper()
	binary := RequireSSHD(t)
	me, err := user.Current()
	must(t, err)
	s := &Server{Host: "127.0.0.1", Port: port, User: me.Username, Key: key, HostKey: NewKey(t, ""), log: &logBuffer{}}

	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	config := write("sshd_config", strings.Join(append([]string{
		"ListenAddress " + s.Address(),
		"HostKey " + write("host_key", s.HostKey.PrivatePEM),
		"AuthorizedKeysFile " + write("authorized_keys", key.Authorized+"\n"),
		"PidFile none",
		"StrictModes no",
		"PasswordAuthentication no",
		"KbdInteractiveAuthentication no",
		"PermitRootLogin yes",
		"UsePAM no",
		"LogLevel VERBOSE",
		"Subsystem sftp internal-sftp",
	}, extra...), "\n")+"\n")

	cmd := exec.Command(binary, "-D", "-e", "-f", config)
	cmd.Stderr = s.log
	// For a connection that a test left open, sshd has a process that keeps stderr open.
	cmd.WaitDelay = 2 * time.Second
	must(t, cmd.Start())
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	stop := func() {
		_ = cmd.Process.Kill()
		<-exited
	}

	deadline := time.Now().Add(startTimeout)
	for {
		conn, err := net.DialTimeout("tcp", s.Address(), time.Second)
		if err == nil {
			_ = conn.Close()
			t.Cleanup(stop)
			return s, nil
		}
		select {
		case <-exited:
			return nil, fmt.Errorf("sshd ended: %s", s.Log())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			stop()
			return nil, errors.New("sshd does not answer: " + s.Log())
		}
	}
}

// RequireSSHD returns the path of sshd, or skips the test.
func RequireSSHD(t *testing.T) string {
	t.Helper()
	binary, err := exec.LookPath("sshd")
	if err != nil {
		if binary, err = exec.LookPath("/usr/sbin/sshd"); err != nil {
			t.Skip("no sshd on this machine: install the package openssh-server to run this test")
		}
	}
	// As root sshd needs this empty directory, which only its service makes at boot.
	if os.Getuid() == 0 {
		must(t, os.MkdirAll("/run/sshd", 0o755))
	}
	if !filepath.IsAbs(binary) {
		binary, err = filepath.Abs(binary)
		must(t, err)
	}
	return binary
}

// FreePort returns a port that was free a moment ago.
func FreePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

type logBuffer struct {
	mu  sync.Mutex
	buf strings.Builder
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
