// Command pulumi-resource-docker is a drop-in for the official Pulumi docker
// plugin. It bridges the same upstream Terraform provider with the same tokens
// and names, leaves out the official plugin's native resource docker.Image, and
// leaves volumes of another owner alone, which the official one knows by name only.
package main

import (
	"embed"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

	"pulumi-spark-cluster/toolchain/plugins/docker/bridge"
)

// The schema is made by cmd/schema before the plugin is built. The folder is
// embedded as a whole because it also holds a README, so that the module
// compiles, and can be checked, without it.
//
//go:embed generated
var generated embed.FS

const about = "pulumi-resource-docker " + bridge.Version +
	": drop-in for the official Pulumi docker plugin, built from the upstream provider kreuzwerker/docker\n"

func main() {
	announce()
	schema, err := generated.ReadFile("generated/schema.json")
	if err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-docker: built without its schema; "+
			"write the output of `go run ./cmd/schema` to generated/schema.json and build again")
		os.Exit(1)
	}
	tfbridge.Main(bridge.Package, bridge.Version, bridge.Provider(), schema)
}

// announce tells people who ask for the version what this binary is. It uses
// standard error, since standard output must have only the version or, when the
// engine starts the plugin, the port number.
func announce() {
	for _, arg := range os.Args[1:] {
		if arg == "--version" || arg == "-version" {
			fmt.Fprint(os.Stderr, about)
		}
	}
}
