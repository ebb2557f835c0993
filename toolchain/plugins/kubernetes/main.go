// pulumi-resource-kubernetes is the resource plugin that pulumi-spark-cluster installs as
// "kubernetes" 4.34.2 where the official one is out of reach. It has the official types and
// properties for the kinds in internal/kinds, so programs need not know which of the two serves them.
package main

import (
	"embed"
	"fmt"
	"os"

	host "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/provider"
)

// The schema is made by cmd/schema before the plugin is built. The folder is embedded as a whole
// because it also holds a README, so that the module compiles, and can be checked, without it.
//
//go:embed generated
var generated embed.FS

func main() {
	if len(os.Args) == 2 && (os.Args[1] == "--version" || os.Args[1] == "-version") {
		fmt.Printf("%s\n%s\n", kinds.Version, kinds.Identity)
		return
	}
	if err := serve(); err != nil {
		fmt.Fprintf(os.Stderr, "pulumi-resource-kubernetes: %v\n", err)
		os.Exit(1)
	}
}

func serve() error {
	schema, err := generated.ReadFile("generated/schema.json")
	if err != nil {
		return fmt.Errorf("built without its schema; " +
			"write the output of `go run ./cmd/schema` to generated/schema.json and build again")
	}
	return host.Main(kinds.Package, func(engine *host.HostClient) (rpc.ResourceProviderServer, error) {
		return provider.Server(provider.New(schema, reports(engine))), nil
	})
}

// reports is the connection to the engine, if an engine started the plugin.
func reports(engine *host.HostClient) provider.Engine {
	if engine == nil {
		return nil
	}
	return engine
}
