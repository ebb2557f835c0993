package remote

import (
	"errors"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
)

// A connection without an answer for keepAliveInterval times keepAliveMisses is lost.
// Otherwise a command on a host that vanished would be waited for forever.
var keepAliveInterval = 15 * time.Second

const keepAliveMisses = 4

var errLost = errors.New("the SSH connection was lost: the host answers no more")

// connectionChain is the client of a host and that of its jump host.
type connectionChain struct {
	*ssh.Client
	hops []*hop
}

type hop struct {
	client *ssh.Client
	stop   chan struct{}
	once   sync.Once
	mu     sync.Mutex
	dead   bool
}

// add makes client the end of the chain and keeps it alive.
func (c *connectionChain) add(client *ssh.Client) {
	h := &hop{client: client, stop: make(chan struct{})}
	c.hops = append(c.hops, h)
	c.Client = client
	go h.keepAlive()
}

// Close closes the last hop first, since it runs through the hop before.
func (c *connectionChain) Close() {
	for i := len(c.hops) - 1; i >= 0; i-- {
		h := c.hops[i]
		h.once.Do(func() { close(h.stop) })
		_ = h.client.Close()
	}
}

// lost reports whether a hop has stopped answering.
func (c *connectionChain) lost() error {
	for _, h := range c.hops {
		h.mu.Lock()
		dead := h.dead
		h.mu.Unlock()
		if dead {
			return errLost
		}
	}
	return nil
}

func (h *hop) keepAlive() {
	ticker := time.NewTicker(keepAliveInterval)
	defer ticker.Stop()
	answered := make(chan error, 1)
	asked, misses := false, 0
	for {
		select {
		case <-h.stop:
			return
		case err := <-answered:
			if err != nil {
				return // The connection is closed, and whoever uses it knows.
			}
			asked, misses = false, 0
		case <-ticker.C:
			if !asked {
				asked = true
				go func() {
					_, _, err := h.client.SendRequest("keepalive@openssh.com", true, nil)
					answered <- err
				}()
			} else if misses++; misses >= keepAliveMisses-1 {
				h.mu.Lock()
				h.dead = true
				h.mu.Unlock()
				_ = h.client.Close()
				return
			}
		}
	}
}
