// pulumi-resource-kubernetes as its makers build it, of the one release whose sources a module proxy serves. It judges the drop-in; no cluster is made with it.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

// Both come out of the module that go.mod names; build puts them here.
var (
	//go:embed embedded/schema.json
	schema []byte
	//go:embed embedded/terraform-mapping.json
	mapping []byte
)

func main() { provider.Serve("kubernetes", version.Version, schema, mapping) }
