package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// The chains' names begin with KUBE-, so that whoever removes what Kubernetes left in iptables finds these too.
const (
	entry  = "KUBE-NETPOL"
	prefix = entry + "-"
)

// chain is one chain of the filter table.
type chain struct {
	name  string
	rules []string
}

// render gives what iptables-restore reads. A chain that is declared is made, or emptied.
func render(chains []chain) string {
	var declared, rules strings.Builder
	for _, c := range chains {
		fmt.Fprintf(&declared, ":%s - [0:0]\n", c.name)
		for _, rule := range c.rules {
			fmt.Fprintf(&rules, "-A %s %s\n", c.name, rule)
		}
	}
	return declared.String() + rules.String()
}

// write makes the chains what they should be, removes those of pods that are gone, and sees that forwarded packets
// pass through them before anything else: kube-proxy accepts some by itself.
func write(ctx context.Context, chains []chain, different bool) error {
	if different {
		stale, err := staleChains(ctx, chains)
		if err != nil {
			return err
		}
		input := "*filter\n" + render(chains)
		for _, name := range stale {
			// Declared, and so emptied: only an empty chain can be removed.
			input += fmt.Sprintf(":%s - [0:0]\n-X %s\n", name, name)
		}
		if _, err := execute(ctx, input+"COMMIT\n", "iptables-restore", "--wait", "--noflush"); err != nil {
			return err
		}
	}
	return hook(ctx)
}

func staleChains(ctx context.Context, chains []chain) ([]string, error) {
	saved, err := execute(ctx, "", "iptables-save", "-t", "filter")
	if err != nil {
		return nil, err
	}
	var stale []string
	for line := range strings.Lines(saved) {
		name, _, _ := strings.Cut(strings.TrimPrefix(line, ":"), " ")
		known := slices.ContainsFunc(chains, func(c chain) bool { return c.name == name })
		if strings.HasPrefix(line, ":"+prefix) && !known {
			stale = append(stale, name)
		}
	}
	return stale, nil
}

func hook(ctx context.Context) error {
	listed, err := execute(ctx, "", "iptables", "--wait", "-S", "FORWARD")
	if err != nil {
		return err
	}
	rule := "-A FORWARD -j " + entry
	lines := strings.Split(strings.TrimSpace(listed), "\n")
	// The first line is the chain's policy.
	if len(lines) > 1 && lines[1] == rule {
		return nil
	}
	input := "*filter\n-I FORWARD 1 -j " + entry + "\n"
	if slices.Contains(lines, rule) {
		input = "*filter\n-D FORWARD -j " + entry + "\n-I FORWARD 1 -j " + entry + "\n"
	}
	_, err = execute(ctx, input+"COMMIT\n", "iptables-restore", "--wait", "--noflush")
	return err
}

func execute(ctx context.Context, input, name string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, name, args...)
	command.Stdin = strings.NewReader(input)
	var errors bytes.Buffer
	command.Stderr = &errors
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s\n%s", name, err, strings.TrimSpace(errors.String()), input)
	}
	return string(output), nil
}
