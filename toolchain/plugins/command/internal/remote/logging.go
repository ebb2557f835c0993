package remote

import (
	"github.com/pulumi/pulumi-go-provider/infer"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/runlog"
)

// Logging says which of a command's streams are copied to Pulumi's log.
type Logging string

var _ infer.Enum[Logging] = Logging("")

// Values lists the enum for the schema.
func (Logging) Values() []infer.EnumValue[Logging] {
	return []infer.EnumValue[Logging]{
		{Name: "stdout", Value: runlog.Stdout, Description: "Log what the command writes to stdout only."},
		{Name: "stderr", Value: runlog.Stderr, Description: "Log what the command writes to stderr only."},
		{Name: "stdoutAndStderr", Value: runlog.Both, Description: "Log both streams."},
		{Name: "none", Value: runlog.None, Description: "Log neither stream."},
	}
}
