//go:build unix

package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/runlog"
)

// terminationGrace is the time that a cancelled command has to clean up after SIGTERM.
const terminationGrace = 5 * time.Second

var defaultInterpreter = []string{"/bin/sh", "-c"}

// run runs command and sets the outputs; if the command fails, they stay as they were.
func (c *CommandOutputs) run(ctx context.Context, command string) error {
	interpreter := defaultInterpreter
	if c.Interpreter != nil && len(*c.Interpreter) > 0 {
		interpreter = *c.Interpreter
	}
	cmd := exec.Command(interpreter[0], append(slices.Clone(interpreter[1:]), command)...)
	cmd.Env = c.environment()
	if c.Stdin != nil && *c.Stdin != "" {
		cmd.Stdin = strings.NewReader(*c.Stdin)
	}
	output := runlog.NewOutput(ctx, c.Logging)
	cmd.Stdout, cmd.Stderr = output.Stdout(), output.Stderr()

	err := runInGroup(ctx, cmd)
	output.Close()
	if err != nil {
		return fmt.Errorf("%w: running %q:\n%s", err, command, output.Combined())
	}
	c.Stdout, c.Stderr = output.Streams()
	return nil
}

func (c *CommandOutputs) environment() []string {
	env := os.Environ()
	if c.Environment != nil {
		for name, value := range *c.Environment {
			env = append(env, name+"="+value)
		}
	}
	if c.AddPreviousOutputInEnv == nil || *c.AddPreviousOutputInEnv {
		if c.Stdout != "" {
			env = append(env, "PULUMI_COMMAND_STDOUT="+c.Stdout)
		}
		if c.Stderr != "" {
			env = append(env, "PULUMI_COMMAND_STDERR="+c.Stderr)
		}
	}
	return env
}

// runInGroup runs cmd in a new process group, so that a cancellation also ends what
// the command started, and not only the interpreter.
func runInGroup(ctx context.Context, cmd *exec.Cmd) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}

	group := -cmd.Process.Pid
	_ = syscall.Kill(group, syscall.SIGTERM)
	grace := time.NewTimer(terminationGrace)
	defer grace.Stop()
	select {
	case <-done:
	case <-grace.C:
	}
	// Ends whatever outlived SIGTERM, including children of a command that has ended.
	if err := syscall.Kill(group, syscall.SIGKILL); err == nil || errors.Is(err, syscall.ESRCH) {
		return context.Cause(ctx)
	}
	return fmt.Errorf("%w; processes of the command may still run", context.Cause(ctx))
}
