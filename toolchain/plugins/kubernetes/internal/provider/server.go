package provider

import (
	"context"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/object"
)

// Server is the provider as the engine speaks to it.
func Server(p *Provider) rpc.ResourceProviderServer { return wire{plugin.NewProviderServer(p)} }

// wire corrects the SDK's response for differences: it does not mark them as detailed, so that the engine shows
// none.
type wire struct{ rpc.ResourceProviderServer }

func (w wire) Diff(ctx context.Context, req *rpc.DiffRequest) (*rpc.DiffResponse, error) {
	response, err := w.ResourceProviderServer.Diff(ctx, req)
	if err != nil || len(response.DetailedDiff) == 0 {
		return response, err
	}
	response.HasDetailedDiff = true
	for path, detail := range response.DetailedDiff {
		if detail.Kind == rpc.PropertyDiff_DELETE && slices.Contains(response.Replaces, path) {
			detail.Kind = rpc.PropertyDiff_DELETE_REPLACE
		}
	}
	// Top-level properties there, full paths in the details.
	response.Diffs, response.Replaces = properties(response.Diffs), properties(response.Replaces)
	return response, nil
}

func properties(paths []string) []string {
	var names []string
	for _, path := range paths {
		names = append(names, object.Top(path))
	}
	slices.Sort(names)
	return slices.Compact(names)
}
