// Package local has the resource that runs commands on this machine.
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
	err = resp.Output.run(ctx, *req.Inputs.Create)
	return resp, err
}

// Update runs the update command or, without one, the create command again.
func (*Command) Update(
	ctx context.Context, req infer.UpdateRequest[CommandInputs, CommandOutputs],
) (infer.UpdateResponse[CommandOutputs], error) {
	resp := infer.UpdateResponse[CommandOutputs]{
		Output: CommandOutputs{CommandInputs: req.Inputs, Stdout: req.State.Stdout, Stderr: req.State.Stderr},
	}
	command := req.Inputs.Update
	if command == nil {
		command = req.Inputs.Create
	}
	if req.DryRun || command == nil {
		return resp, nil
	}
	err := resp.Output.run(ctx, *command)
	return resp, err
}

// Delete runs the delete command with the stored inputs.
func (*Command) Delete(ctx context.Context, req infer.DeleteRequest[CommandOutputs]) (infer.DeleteResponse, error) {
	if req.State.Delete == nil {
		return infer.DeleteResponse{}, nil
	}
	return infer.DeleteResponse{}, req.State.run(ctx, *req.State.Delete)
}

// WireDependencies declares what the outputs depend on: any changed input makes them
// unknown in a preview, and any secret that the command receives makes them secret.
func (*Command) WireDependencies(f infer.FieldSelector, args *CommandInputs, state *CommandOutputs) {
	for output, input := range map[any]any{
		&state.Stdin:                  &args.Stdin,
		&state.Logging:                &args.Logging,
		&state.AddPreviousOutputInEnv: &args.AddPreviousOutputInEnv,
		&state.Interpreter:            &args.Interpreter,
		&state.Environment:            &args.Environment,
		&state.Triggers:               &args.Triggers,
		&state.Create:                 &args.Create,
		&state.Update:                 &args.Update,
		&state.Delete:                 &args.Delete,
	} {
		f.OutputField(output).DependsOn(f.InputField(input))
	}
	for _, output := range []any{&state.Stdout, &state.Stderr} {
		f.OutputField(output).DependsOn(
			f.InputField(args).Computed(),
			f.InputField(&args.Create).Secret(),
			f.InputField(&args.Update).Secret(),
			f.InputField(&args.Stdin).Secret(),
			f.InputField(&args.Environment).Secret(),
			f.InputField(&args.Interpreter).Secret(),
		)
	}
}
