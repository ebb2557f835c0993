// Package provider assembles the resources into one Pulumi provider.
package provider

import (
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/local"
	"pulumi-spark-cluster/toolchain/plugins/command/internal/remote"
)

const (
	// Name is the package name in type tokens and in the plugin's file name.
	Name = "command"
	// Version is the version of the official plugin that this one stands in for.
	Version = "1.2.1"
	// Identity tells people which of the two plugins this is.
	Identity = "pulumi-spark-cluster drop-in for the command provider " + Version
)

// New returns the provider that infer makes from the Go types, wrapped in the rules
// that need the raw property values (secrets, triggers).
func New() p.Provider {
	inferred := infer.Provider(infer.NewProviderBuilder().
		WithDisplayName("Command").
		WithDescription("Run commands on this machine and, by SSH, on others. "+Identity+".").
		WithGoImportPath("github.com/pulumi/pulumi-command/sdk/go/command").
		WithKeywords("pulumi", "command", "category/utility", "kind/native").
		WithResources(
			infer.Resource(&local.Command{}),
			infer.Resource(&remote.Command{}),
		).
		BuildOptions())
	return hideSecrets(replaceOnTriggers(inferred))
}
