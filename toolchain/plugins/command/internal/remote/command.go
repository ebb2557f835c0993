// Package remote has the resource that runs commands on other hosts.
package remote

import (
	"context"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Command is the resource command:remote:Command.
type Command struct{}

var (
	_ infer.CustomUpdate[CommandInputs, CommandOutputs]         = (*Command)(nil)
	_ infer.CustomDelete[CommandOutputs]                        = (*Command)(nil)
	_ infer.ExplicitDependencies[CommandInputs, CommandOutputs] = (*Command)(nil)
)

// Annotate describes the resource in the schema.
func (c *Command) Annotate(a infer.Annotator) {
	a.Describe(&c, "A command on another host, by SSH, as a step in the life of a resource. "+
		"An exit code other than 0 fails the step.")
}

// CommandInputs are the resource's inputs.
type CommandInputs struct {
	Connection             *Connection `pulumi:"connection" provider:"secret"`
	Triggers               *[]any      `pulumi:"triggers,optional" provider:"replaceOnChanges"`
	Create                 *string     `pulumi:"create,optional"`
	Update                 *string     `pulumi:"update,optional"`
	Delete                 *string     `pulumi:"delete,optional"`
	Stdin                  *string     `pulumi:"stdin,optional"`
	Logging                *Logging    `pulumi:"logging,optional"`
	AddPreviousOutputInEnv *bool       `pulumi:"addPreviousOutputInEnv,optional"`
}

// Annotate describes the inputs in the schema.
func (c *CommandInputs) Annotate(a infer.Annotator) {
	a.Describe(&c.Connection, "How to reach the host.")
	a.Describe(&c.Triggers, "Values of any type; when one changes, the resource is replaced.")
	a.Describe(&c.Create, "The command to run when the resource is created, and, if there is no `update`, when an input changes.")
	a.Describe(&c.Update, "The command to run when an input changes. Default: `create`.")
	a.Describe(&c.Delete, "The command to run when the resource is deleted, with the inputs of the last create or update.")
	a.Describe(&c.Stdin, "Text that the command reads from its standard input.")
	a.Describe(&c.Logging, "Which of the command's streams are shown in Pulumi's log: stdout, stderr, "+
		"stdoutAndStderr (the default) or none. The outputs stdout and stderr are set in any case.")
	a.Describe(&c.AddPreviousOutputInEnv, "Whether an update or delete command finds the last output in the "+
		"environment variables PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR, as far as the SSH server accepts them. Default: true.")
}

// CommandOutputs are the resource's state.
type CommandOutputs struct {
	CommandInputs
	Stdout string `pulumi:"stdout"`
	Stderr string `pulumi:"stderr"`
}

// Annotate describes the outputs in the schema.
func (c *CommandOutputs) Annotate(a infer.Annotator) {
	a.Describe(&c.Stdout, "What the command wrote to stdout, without a last newline.")
	a.Describe(&c.Stderr, "What the command wrote to stderr, without a last newline.")
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
// The connection is always secret, but the command does not receive it.
func (*Command) WireDependencies(f infer.FieldSelector, args *CommandInputs, state *CommandOutputs) {
	for output, input := range map[any]any{
		&state.Connection:             &args.Connection,
		&state.Triggers:               &args.Triggers,
		&state.Create:                 &args.Create,
		&state.Update:                 &args.Update,
		&state.Delete:                 &args.Delete,
		&state.Stdin:                  &args.Stdin,
		&state.Logging:                &args.Logging,
		&state.AddPreviousOutputInEnv: &args.AddPreviousOutputInEnv,
	} {
		f.OutputField(output).DependsOn(f.InputField(input))
	}
	f.OutputField(&state.Connection).AlwaysSecret()
	for _, output := range []any{&state.Stdout, &state.Stderr} {
		f.OutputField(output).DependsOn(
			f.InputField(args).Computed(),
			f.InputField(&args.Create).Secret(),
			f.InputField(&args.Update).Secret(),
			f.InputField(&args.Stdin).Secret(),
		)
	}
}
