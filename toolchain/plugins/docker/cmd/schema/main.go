// Command schema prints the Pulumi schema of the bridged docker provider. It
// is a program of its own so that the plugin carries the finished text instead
// of the generator.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfgen"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"

	"pulumi-spark-cluster/toolchain/plugins/docker/bridge"
)

func main() {
	if err := write(os.Stdout, os.Stderr); err != nil {
		fmt.Fprintf(os.Stderr, "docker schema: %v\n", err)
		os.Exit(1)
	}
}

func write(out, log io.Writer) error {
	provider := bridge.Provider()
	if err := provider.P.InternalValidate(); err != nil {
		return fmt.Errorf("the upstream provider's own schema is not valid: %w", err)
	}
	generated, err := tfgen.GenerateSchemaWithOptions(tfgen.GenerateSchemaOptions{
		ProviderInfo:    provider,
		DiagnosticsSink: diag.DefaultSink(log, log, diag.FormatOptions{Color: colors.Never}),
		// Only the texts in the provider's own schema: its pages are not in the module.
		XInMemoryDocs: true,
	})
	if err != nil {
		return err
	}
	spec := generated.PackageSpec
	// SDK generators and the engine read the version from here.
	spec.Version = bridge.Version
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(spec)
}
