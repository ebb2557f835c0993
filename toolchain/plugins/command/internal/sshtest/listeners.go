package sshtest

import (
	"net"
	"sync/atomic"
	"testing"
)

// Listener is a TCP server that speaks no SSH.
type Listener struct {
	net.Listener
	Port  int
	Tries atomic.Int64 // connections so far
}

// Closing accepts each connection and closes it at once.
func Closing(t *testing.T) *Listener {
	t.Helper()
	l := Silent(t)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			l.Tries.Add(1)
			_ = conn.Close()
		}
	}()
	return l
}

// Silent lets clients connect and never says anything.
func Silent(t *testing.T) *Listener {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = inner.Close() })
	return &Listener{Listener: inner, Port: inner.Addr().(*net.TCPAddr).Port}
}
