package remote

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	p "github.com/pulumi/pulumi-go-provider"
	"golang.org/x/crypto/ssh"
)

// Between two tries: 100 ms, then half as much again each time, up to 5 s.
const (
	firstPause  = 100 * time.Millisecond
	longestWait = 5 * time.Second
)

func (e Endpoint) address() string {
	return net.JoinHostPort(deref(e.Host, ""), strconv.Itoa(int(deref(e.Port, defaultPort))))
}

// dialFunc opens a stream to an address: directly, or through a jump host.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// dial connects to the host, through its jump host if it has one. The caller closes.
func dial(ctx context.Context, c *Connection) (*connectionChain, error) {
	chain := &connectionChain{}
	open := (&net.Dialer{}).DialContext
	if c.Proxy != nil {
		jump, err := connect(ctx, c.Proxy.Endpoint, open)
		if err != nil {
			return nil, fmt.Errorf("proxy: %w", err)
		}
		chain.add(jump)
		open = jump.DialContext
	}
	client, err := connect(ctx, c.Endpoint, open)
	if err != nil {
		chain.Close()
		return nil, fmt.Errorf("connection: %w", err)
	}
	chain.add(client)
	return chain, nil
}

// connect tries until the login succeeds, the limit of failures is reached, or ctx is
// done. Refused logins are tried again too: a new host may not have the key yet.
func connect(ctx context.Context, e Endpoint, open dialFunc) (*ssh.Client, error) {
	limit := deref(e.DialErrorLimit, defaultDialErrorLimit)
	pause := firstPause
	for failures := 1; ; failures++ {
		client, err := connectOnce(ctx, e, open)
		if err == nil {
			return client, nil
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("connecting to %s: %w", e.address(), context.Cause(ctx))
		}
		var final *finalError
		var wrongKey *hostKeyError
		if errors.As(err, &final) || errors.As(err, &wrongKey) {
			return nil, err
		}
		if limit >= 0 && failures >= limit {
			return nil, fmt.Errorf("no SSH login to %s after %d failed tries (dialErrorLimit %d); the last: %w",
				e.address(), failures, limit, err)
		}
		p.GetLogger(ctx).InfoStatusf("Waiting for SSH on %s (try %d failed: %v)", e.address(), failures, err)
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
		pause = min(pause*3/2, longestWait)
	}
}

// finalError is an error for which another try is useless.
type finalError struct{ error }

func (f *finalError) Unwrap() error { return f.error }

// connectOnce limits the stream, the handshake and the login together by perDialTimeout,
// so that neither a silent host nor a hung server blocks it.
func connectOnce(ctx context.Context, e Endpoint, open dialFunc) (*ssh.Client, error) {
	if deref(e.Host, "") == "" {
		return nil, &finalError{errors.New("host: is empty; the name or address of the host is needed")}
	}
	login, err := newCredentials(e)
	if err != nil {
		return nil, &finalError{err}
	}
	defer login.Close()
	config := &ssh.ClientConfig{User: deref(e.User, defaultUser), Auth: login.methods}
	if err := checkHostKey(e, config); err != nil {
		return nil, &finalError{err}
	}

	if seconds := deref(e.PerDialTimeout, defaultPerDialTimeout); seconds > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, time.Duration(seconds)*time.Second,
			fmt.Errorf("no login within %d s (perDialTimeout)", seconds))
		defer cancel()
	}
	stream, err := open(ctx, "tcp", e.address())
	if err != nil {
		return nil, explain(ctx, err)
	}
	// The handshake takes no context; closing the stream ends it.
	unwatch := context.AfterFunc(ctx, func() { _ = stream.Close() })
	conn, channels, requests, err := ssh.NewClientConn(stream, e.address(), config)
	if !unwatch() && err == nil {
		_ = conn.Close()
		err = ctx.Err()
	}
	if err != nil {
		_ = stream.Close()
		return nil, explain(ctx, err)
	}
	return ssh.NewClient(conn, channels, requests), nil
}

// explain adds that the time was over if the error shows only a consequence of that.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}
