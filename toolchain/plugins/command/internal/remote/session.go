package remote

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

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

	session, err := client.NewSession()
	if err != nil {
		return fmt.Errorf("connection to %s: cannot open a session: %w", c.Connection.address(), err)
	}
	defer session.Close()

	if err := c.setEnvironment(ctx, session); err != nil {
		return err
	}
	if c.Stdin != nil && *c.Stdin != "" {
		session.Stdin = strings.NewReader(*c.Stdin)
	}
	output := runlog.NewOutput(ctx, c.Logging)
	session.Stdout, session.Stderr = output.Stdout(), output.Stderr()

	err = runSession(ctx, session, client, command)
	output.Close()
	if err != nil {
		return fmt.Errorf("%w: running %q:\n%s", err, command, output.Combined())
	}
	c.Stdout, c.Stderr = output.Streams()
	return nil
}

func (c *CommandOutputs) setEnvironment(ctx context.Context, session *ssh.Session) error {
	if c.Environment != nil {
		for _, name := range slices.Sorted(maps.Keys(*c.Environment)) {
			if err := session.Setenv(name, (*c.Environment)[name]); err != nil {
				return fmt.Errorf("environment: %s does not accept the variable %s (%w); "+
					"let its SSH server accept it with AcceptEnv, or set the variable in the command or in stdin",
					c.Connection.address(), name, err)
			}
		}
	}
	if c.AddPreviousOutputInEnv != nil && !*c.AddPreviousOutputInEnv {
		return nil
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
	return nil
}

// runSession ends when the command does, the connection is lost, or ctx is done; then
// it asks the server to end the command before the connection is closed, as sshd would
// otherwise leave it running.
func runSession(ctx context.Context, session *ssh.Session, client *connectionChain, command string) error {
	if err := session.Start(command); err != nil {
		return err
	}
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
