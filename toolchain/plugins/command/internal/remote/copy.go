package remote

import (
	"context"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi-go-provider/infer/types"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// CopyToRemote is the resource command:remote:CopyToRemote.
type CopyToRemote struct{}

var (
	_ infer.CustomCheck[CopyToRemoteInputs]                               = (*CopyToRemote)(nil)
	_ infer.CustomUpdate[CopyToRemoteInputs, CopyToRemoteOutputs]         = (*CopyToRemote)(nil)
	_ infer.ExplicitDependencies[CopyToRemoteInputs, CopyToRemoteOutputs] = (*CopyToRemote)(nil)
)

// Annotate describes the resource in the schema.
func (c *CopyToRemote) Annotate(a infer.Annotator) {
	a.Describe(&c, "A file or a directory copied to another host by SFTP. Deleting the resource leaves the copy.")
}

// CopyToRemoteInputs are the resource's inputs.
type CopyToRemoteInputs struct {
	Connection *Connection          `pulumi:"connection" provider:"secret"`
	Triggers   *[]any               `pulumi:"triggers,optional" provider:"replaceOnChanges"`
	Source     types.AssetOrArchive `pulumi:"source"`
	RemotePath string               `pulumi:"remotePath"`
}

// Annotate describes the inputs in the schema.
func (c *CopyToRemoteInputs) Annotate(a infer.Annotator) {
	a.Describe(&c.Connection, "How to reach the host.")
	a.Describe(&c.Triggers, "Values of any type; when one changes, the resource is replaced.")
	a.Describe(&c.Source, "What to copy: a `FileAsset`, `StringAsset` or `RemoteAsset`, or a `FileArchive`, "+
		"whose file or directory is copied as it is, without unpacking. "+
		"A directory is copied with all it has, over files that are there.")
	a.Describe(&c.RemotePath, "Where to copy it. Missing parent directories are made. A file goes into a directory that "+
		"exists at this path, and over a file. A directory goes into this path, which is made if it is missing; "+
		"with a slash at the end of the source's path its content goes there without the directory itself.")
}

// CopyToRemoteOutputs are the resource's state.
type CopyToRemoteOutputs struct {
	CopyToRemoteInputs
}

// Check refuses sources that no copy can be made of.
func (*CopyToRemote) Check(
	ctx context.Context, req infer.CheckRequest,
) (infer.CheckResponse[CopyToRemoteInputs], error) {
	inputs, failures, err := infer.DefaultCheck[CopyToRemoteInputs](ctx, req.NewInputs)
	resp := infer.CheckResponse[CopyToRemoteInputs]{Inputs: inputs, Failures: failures}
	if err != nil || len(failures) > 0 || req.NewInputs.Get("source").IsComputed() {
		return resp, err
	}
	if reason := unusable(inputs.Source); reason != "" {
		resp.Failures = append(resp.Failures, p.CheckFailure{Property: "source", Reason: reason})
	}
	return resp, nil
}

func unusable(source types.AssetOrArchive) string {
	const allowed = "; use a FileAsset, StringAsset, RemoteAsset or FileArchive"
	switch {
	case source.Asset == nil && source.Archive == nil:
		return "source is neither an asset nor an archive" + allowed
	case source.Asset != nil && source.Archive != nil:
		return "source is both an asset and an archive" + allowed
	case source.Archive != nil && !source.Archive.IsPath():
		return "source is an archive without a local path" + allowed
	default:
		return ""
	}
}

// Create copies the source.
func (*CopyToRemote) Create(
	ctx context.Context, req infer.CreateRequest[CopyToRemoteInputs],
) (infer.CreateResponse[CopyToRemoteOutputs], error) {
	resp := infer.CreateResponse[CopyToRemoteOutputs]{Output: CopyToRemoteOutputs{req.Inputs}}
	if req.DryRun {
		return resp, nil
	}
	if err := upload(ctx, req.Inputs); err != nil {
		return resp, err
	}
	var err error
	resp.ID, err = resource.NewUniqueHex("", 8, 0)
	return resp, err
}

// Update copies the source again if it, its place or the host is another one; changed
// credentials alone are only recorded.
func (*CopyToRemote) Update(
	ctx context.Context, req infer.UpdateRequest[CopyToRemoteInputs, CopyToRemoteOutputs],
) (infer.UpdateResponse[CopyToRemoteOutputs], error) {
	resp := infer.UpdateResponse[CopyToRemoteOutputs]{Output: CopyToRemoteOutputs{req.Inputs}}
	if req.DryRun || sameCopy(req.Inputs, req.State.CopyToRemoteInputs) {
		return resp, nil
	}
	return resp, upload(ctx, req.Inputs)
}

func sameCopy(a, b CopyToRemoteInputs) bool {
	return hash(a.Source) != "" && hash(a.Source) == hash(b.Source) &&
		a.RemotePath == b.RemotePath && a.Connection.address() == b.Connection.address()
}

func hash(source types.AssetOrArchive) string {
	switch {
	case source.Asset != nil:
		return source.Asset.Hash
	case source.Archive != nil:
		return source.Archive.Hash
	default:
		return ""
	}
}

// WireDependencies ties each output to the input that it repeats.
func (*CopyToRemote) WireDependencies(f infer.FieldSelector, args *CopyToRemoteInputs, state *CopyToRemoteOutputs) {
	f.OutputField(&state.Connection).DependsOn(f.InputField(&args.Connection))
	f.OutputField(&state.Connection).AlwaysSecret()
	f.OutputField(&state.Triggers).DependsOn(f.InputField(&args.Triggers))
	f.OutputField(&state.Source).DependsOn(f.InputField(&args.Source))
	f.OutputField(&state.RemotePath).DependsOn(f.InputField(&args.RemotePath))
}
