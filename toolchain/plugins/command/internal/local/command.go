// Package local has the resource and the function that run commands on this machine.
package local

import (
	"context"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Command is the resource command:local:Command.
type Command struct{}

var (
	_ infer.CustomUpdate[CommandInputs, CommandOutputs]         = (*Command)(nil)
	_ infer.CustomDelete[CommandOutputs]                        = (*Command)(nil)
	_ infer.ExplicitDependencies[CommandInputs, CommandOutputs] = (*Command)(nil)
)

// Annotate describes the resource in the schema.
func (c *Command) Annotate(a infer.Annotator) {
	a.Describe(&c, "A command on the machine that runs Pulumi, as a step in the life of a resource. "+
		"An exit code other than 0 fails the step.")
}

// CommandInputs are the resource's inputs.
type CommandInputs struct {
	BaseInputs
	Triggers *[]any  `pulumi:"triggers,optional" provider:"replaceOnChanges"`
	Create   *string `pulumi:"create,optional"`
	Update   *string `pulumi:"update,optional"`
	Delete   *string `pulumi:"delete,optional"`
}

// Annotate describes the inputs in the schema.
func (c *CommandInputs) Annotate(a infer.Annotator) {
	a.Describe(&c.Triggers, "Values of any type; when one changes, the resource is replaced.")
	a.Describe(&c.Create, "The command to run when the resource is created, and, if there is no `update`, when an input changes.")
	a.Describe(&c.Update, "The command to run when an input changes. Default: `create`.")
	a.Describe(&c.Delete, "The command to run when the resource is deleted, with the inputs of the last create or update.")
}

// CommandOutputs are the resource's state.
type CommandOutputs struct {
	CommandInputs
	BaseOutputs
}

// Create runs the create command.
func (*Command) Create(
	ctx context.Context, req infer.CreateRequest[CommandInputs],
) (infer.CreateResponse[CommandOutputs], error) {
	resp := infer.CreateResponse[CommandOutputs]{Output: CommandOutputs{CommandInputs: req.Inputs}}
	var err error
	if resp.ID, err = resource.NewUniqueHex(req.Name, 8, 0); err != nil {
		return resp, err
	}
	if req.DryRun || req.Inputs.Create == nil {
		return resp, nil
	}
	resp.Output.BaseOutputs, err = execute(ctx, *req.Inputs.Create, req.Inputs.BaseInputs, BaseOutputs{})
	return resp, err
}

// Update runs the update command or, without one, the create command again.
func (*Command) Update(
	ctx context.Context, req infer.UpdateRequest[CommandInputs, CommandOutputs],
) (infer.UpdateResponse[CommandOutputs], error) {
	resp := infer.UpdateResponse[CommandOutputs]{
		Output: CommandOutputs{CommandInputs: req.Inputs, BaseOutputs: req.State.BaseOutputs},
	}
	command := req.Inputs.Update
	if command == nil {
		command = req.Inputs.Create
	}
	if req.DryRun || command == nil {
		return resp, nil
	}
	var err error
	resp.Output.BaseOutputs, err = execute(ctx, *command, req.Inputs.BaseInputs, req.State.BaseOutputs)
	return resp, err
}

// Delete runs the delete command with the stored inputs.
func (*Command) Delete(ctx context.Context, req infer.DeleteRequest[CommandOutputs]) (infer.DeleteResponse, error) {
	if req.State.Delete == nil {
		return infer.DeleteResponse{}, nil
	}
	_, err := execute(ctx, *req.State.Delete, req.State.BaseInputs, req.State.BaseOutputs)
	return infer.DeleteResponse{}, err
}

// WireDependencies says what the outputs are made from: any changed input makes them
// unknown in a preview, and a secret that the command gets to see makes them secret.
func (*Command) WireDependencies(f infer.FieldSelector, args *CommandInputs, state *CommandOutputs) {
	for output, input := range map[any]any{
		&state.Stdin:                  &args.Stdin,
		&state.Logging:                &args.Logging,
		&state.AddPreviousOutputInEnv: &args.AddPreviousOutputInEnv,
		&state.Interpreter:            &args.Interpreter,
		&state.Dir:                    &args.Dir,
		&state.Environment:            &args.Environment,
		&state.AssetPaths:             &args.AssetPaths,
		&state.ArchivePaths:           &args.ArchivePaths,
		&state.Triggers:               &args.Triggers,
		&state.Create:                 &args.Create,
		&state.Update:                 &args.Update,
		&state.Delete:                 &args.Delete,
	} {
		f.OutputField(output).DependsOn(f.InputField(input))
	}
	for _, output := range []any{&state.Stdout, &state.Stderr, &state.Assets, &state.Archive} {
		f.OutputField(output).DependsOn(
			f.InputField(args).Computed(),
			f.InputField(&args.Create).Secret(),
			f.InputField(&args.Update).Secret(),
			f.InputField(&args.Stdin).Secret(),
			f.InputField(&args.Environment).Secret(),
			f.InputField(&args.Interpreter).Secret(),
			f.InputField(&args.Dir).Secret(),
		)
	}
}
