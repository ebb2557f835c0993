package remote

import (
	"context"
	"fmt"
	"io"

	p "github.com/pulumi/pulumi-go-provider"
	"golang.org/x/crypto/ssh"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/runlog"
)

// run runs command on the host and sets the outputs; if it fails they stay as they were.
func (c *CommandOutputs) run(ctx context.Context, command string) error {
	client, err := dial(ctx, c.Connection)
	if err != nil {
		return err
	}
	defer client.Close()

	output := runlog.NewOutput(ctx, c.Logging)
	session, err := c.start(ctx, client, output, command)
	if err != nil {
		return err
	}
	defer session.Close()
	err = wait(ctx, session, client)
	output.Close()
	if err != nil {
		return fmt.Errorf("%w: running %q:\n%s", err, command, output.Combined())
	}
	c.Stdout, c.Stderr = output.Streams()
	return nil
}

// start opens a session and starts the command in it. Its requests take no context;
// closing the connection ends them.
func (c *CommandOutputs) start(
	ctx context.Context, client *connectionChain, output *runlog.Output, command string,
) (*ssh.Session, error) {
	unwatch := context.AfterFunc(ctx, client.Close)
	defer unwatch()
	failed := func(err error) error {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return fmt.Errorf("connection to %s: cannot start the command: %w", c.Connection.address(), err)
	}

	session, err := client.NewSession()
	if err != nil {
		return nil, failed(err)
	}
	session.Stdout, session.Stderr = output.Stdout(), output.Stderr()
	c.offerPreviousOutput(ctx, session)
	if err := startWithStdin(session, command, deref(c.Stdin, "")); err != nil {
		_ = session.Close()
		return nil, failed(err)
	}
	return session, nil
}

// offerPreviousOutput is best effort: most SSH servers accept no variables.
func (c *CommandOutputs) offerPreviousOutput(ctx context.Context, session *ssh.Session) {
	if c.AddPreviousOutputInEnv != nil && !*c.AddPreviousOutputInEnv {
		return
	}
	for _, previous := range []struct{ name, value string }{
		{"PULUMI_COMMAND_STDOUT", c.Stdout},
		{"PULUMI_COMMAND_STDERR", c.Stderr},
	} {
		if previous.value == "" {
			continue
		}
		if err := session.Setenv(previous.name, previous.value); err != nil {
			p.GetLogger(ctx).Warningf("%s does not accept the variable %s (%v); let its SSH server accept it with "+
				"AcceptEnv, or set addPreviousOutputInEnv to false", c.Connection.address(), previous.name, err)
		}
	}
}

// wait ends when the command does, the connection is lost, or ctx is done; then it asks
// the server to end the command before the connection is closed, as sshd would otherwise
// leave it running.
func wait(ctx context.Context, session *ssh.Session, client *connectionChain) error {
	done := make(chan error, 1)
	go func() { done <- session.Wait() }()
	select {
	case err := <-done:
		if lost := client.lost(); err != nil && lost != nil {
			return lost
		}
		return err
	case <-ctx.Done():
	}

	stop(session, client.Client, done)
	return context.Cause(ctx)
}

// startWithStdin writes stdin itself: as the session's Stdin, it would make a command fail
// that succeeds without reading all of it. It writes only after the start, since the
// server may drop earlier input.
func startWithStdin(session *ssh.Session, command, stdin string) error {
	if stdin == "" {
		return session.Start(command)
	}
	pipe, err := session.StdinPipe()
	if err != nil {
		return err
	}
	if err := session.Start(command); err != nil {
		return err
	}
	go func() {
		_, _ = io.WriteString(pipe, stdin)
		_ = pipe.Close()
	}()
	return nil
}
