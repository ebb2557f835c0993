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

// execute runs command and returns what it left; previous is what the last run left.
func execute(ctx context.Context, command string, in BaseInputs, previous BaseOutputs) (BaseOutputs, error) {
	interpreter := defaultInterpreter
	if in.Interpreter != nil && len(*in.Interpreter) > 0 {
		interpreter = *in.Interpreter
	}
	dir, err := workingDir(in.Dir)
	if err != nil {
		return previous, err
	}

	cmd := exec.Command(interpreter[0], append(slices.Clone(interpreter[1:]), command)...)
	cmd.Dir = dir
	cmd.Env = environment(in, previous)
	if in.Stdin != nil && *in.Stdin != "" {
		cmd.Stdin = strings.NewReader(*in.Stdin)
	}
	output := runlog.NewOutput(ctx, in.Logging)
	cmd.Stdout, cmd.Stderr = output.Stdout(), output.Stderr()

	err = runInGroup(ctx, cmd)
	output.Close()
	if err != nil {
		return previous, fmt.Errorf("%w: running %q:\n%s", err, command, output.Combined())
	}

	result := previous
	result.Stdout, result.Stderr = output.Streams()
	return result, collectFiles(dir, in, &result)
}

func workingDir(dir *string) (string, error) {
	if dir == nil || *dir == "" {
		return os.Getwd()
	}
	info, err := os.Stat(*dir)
	if err != nil {
		return "", fmt.Errorf("dir: %w; it must exist before the command runs", err)
	}
	if !info.IsDir() {
		return "", fmt.Errorf("dir: %s is not a directory", *dir)
	}
	return *dir, nil
}

func environment(in BaseInputs, previous BaseOutputs) []string {
	env := os.Environ()
	if in.Environment != nil {
		for name, value := range *in.Environment {
			env = append(env, name+"="+value)
		}
	}
	if in.AddPreviousOutputInEnv == nil || *in.AddPreviousOutputInEnv {
		if previous.Stdout != "" {
			env = append(env, "PULUMI_COMMAND_STDOUT="+previous.Stdout)
		}
		if previous.Stderr != "" {
			env = append(env, "PULUMI_COMMAND_STDERR="+previous.Stderr)
		}
	}
	return env
}

// runInGroup runs cmd in a process group of its own, so that a cancellation ends what
// the command started too and not only the interpreter.
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
	// Whatever outlived SIGTERM, including children of a command that has ended.
	if err := syscall.Kill(group, syscall.SIGKILL); err == nil || errors.Is(err, syscall.ESRCH) {
		return context.Cause(ctx)
	}
	return fmt.Errorf("%w; processes of the command may still run", context.Cause(ctx))
}
