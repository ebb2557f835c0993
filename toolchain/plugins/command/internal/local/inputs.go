package local

import "github.com/pulumi/pulumi-go-provider/infer"

// CommandInputs are the resource's inputs.
type CommandInputs struct {
	Triggers               *[]any             `pulumi:"triggers,optional" provider:"replaceOnChanges"`
	Create                 *string            `pulumi:"create,optional"`
	Update                 *string            `pulumi:"update,optional"`
	Delete                 *string            `pulumi:"delete,optional"`
	Stdin                  *string            `pulumi:"stdin,optional"`
	Logging                *Logging           `pulumi:"logging,optional"`
	AddPreviousOutputInEnv *bool              `pulumi:"addPreviousOutputInEnv,optional"`
	Interpreter            *[]string          `pulumi:"interpreter,optional"`
	Environment            *map[string]string `pulumi:"environment,optional"`
}

// Annotate describes the inputs in the schema.
func (c *CommandInputs) Annotate(a infer.Annotator) {
	a.Describe(&c.Triggers, "Values of any type; when one changes, the resource is replaced.")
	a.Describe(&c.Create, "The command to run when the resource is created, and, if there is no `update`, when an input changes.")
	a.Describe(&c.Update, "The command to run when an input changes. Default: `create`.")
	a.Describe(&c.Delete, "The command to run when the resource is deleted, with the inputs of the last create or update.")
	a.Describe(&c.Stdin, "Text that the command reads from its standard input.")
	a.Describe(&c.Logging, "Which of the command's streams are shown in Pulumi's log: stdout, stderr, "+
		"stdoutAndStderr (the default) or none. The outputs stdout and stderr are set in any case.")
	a.Describe(&c.AddPreviousOutputInEnv, "Whether an update or delete command finds the last output in the "+
		"environment variables PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR. Default: true.")
	a.Describe(&c.Interpreter, "Program and arguments that get the command as their last argument. "+
		"Default: `[\"/bin/sh\", \"-c\"]`.")
	a.Describe(&c.Environment, "Environment variables for the command, beside those of the plugin's process.")
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
