package local

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi-go-provider/infer/types"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// BaseInputs are the inputs of the resource and of the function alike.
type BaseInputs struct {
	Stdin                  *string            `pulumi:"stdin,optional"`
	Logging                *Logging           `pulumi:"logging,optional"`
	AddPreviousOutputInEnv *bool              `pulumi:"addPreviousOutputInEnv,optional"`
	Interpreter            *[]string          `pulumi:"interpreter,optional"`
	Dir                    *string            `pulumi:"dir,optional"`
	Environment            *map[string]string `pulumi:"environment,optional"`
	AssetPaths             *[]string          `pulumi:"assetPaths,optional"`
	ArchivePaths           *[]string          `pulumi:"archivePaths,optional"`
}

// Annotate describes the inputs in the schema.
func (b *BaseInputs) Annotate(a infer.Annotator) {
	a.Describe(&b.Stdin, "Text that the command reads from its standard input.")
	a.Describe(&b.Logging, "Which of the command's streams are shown in Pulumi's log: stdout, stderr, "+
		"stdoutAndStderr (the default) or none. The outputs stdout and stderr are set in any case.")
	a.Describe(&b.AddPreviousOutputInEnv, "Whether an update or delete command finds the last output in the "+
		"environment variables PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR. Default: true.")
	a.Describe(&b.Interpreter, "Program and arguments that get the command as their last argument. "+
		"Default: `[\"/bin/sh\", \"-c\"]`.")
	a.Describe(&b.Dir, "The directory that the command runs in. It must exist. Default: the program's.")
	a.Describe(&b.Environment, "Environment variables for the command, beside those of the plugin's process.")
	a.Describe(&b.AssetPaths, "Globs of files, relative to `dir`, that are returned as `assets` after the command. "+globRules)
	a.Describe(&b.ArchivePaths, "Globs of files, relative to `dir`, that are returned as one `archive` after the command. "+globRules)
}

const globRules = "`*` stands for anything but `/`, `**` for anything; only files are returned; " +
	"a glob after `!` takes away what earlier globs of the list found; paths have `/` and no leading `./`."

// BaseOutputs are what a command leaves.
type BaseOutputs struct {
	Stdout  string                            `pulumi:"stdout"`
	Stderr  string                            `pulumi:"stderr"`
	Assets  *map[string]*types.AssetOrArchive `pulumi:"assets,optional"`
	Archive *resource.Archive                 `pulumi:"archive,optional"`
}

// Annotate describes the outputs in the schema.
func (b *BaseOutputs) Annotate(a infer.Annotator) {
	a.Describe(&b.Stdout, "What the command wrote to stdout, without a last newline.")
	a.Describe(&b.Stderr, "What the command wrote to stderr, without a last newline.")
	a.Describe(&b.Assets, "The files that `assetPaths` found, by their path relative to `dir`.")
	a.Describe(&b.Archive, "The files that `archivePaths` found.")
}
