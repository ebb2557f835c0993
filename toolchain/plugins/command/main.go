// pulumi-resource-command is the resource plugin that pulumi-spark-cluster installs
// as "command" 1.2.1. It has the types, properties and behaviour of the official
// plugin of that version, so programs need not know which of the two serves them.
package main

import (
	"context"
	"fmt"
	"os"

	p "github.com/pulumi/pulumi-go-provider"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/provider"
)

func main() {
	if len(os.Args) == 2 && (os.Args[1] == "--version" || os.Args[1] == "-version") {
		fmt.Printf("%s\n%s\n", provider.Version, provider.Identity)
		return
	}
	err := p.RunProvider(context.Background(), provider.Name, provider.Version, provider.New())
	if err != nil {
		fmt.Fprintf(os.Stderr, "pulumi-resource-%s: %v\n", provider.Name, err)
		os.Exit(1)
	}
}
