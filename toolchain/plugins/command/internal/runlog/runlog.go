// Package runlog collects a command's output and shows it in Pulumi's log as it comes.
package runlog

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"

	p "github.com/pulumi/pulumi-go-provider"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/redact"
)

// What of the output is logged. Untyped, as two enums have these values.
const (
	Stdout = "stdout"
	Stderr = "stderr"
	Both   = "stdoutAndStderr"
	None   = "none"
)

// maxLine limits what is buffered until a newline comes.
const maxLine = 64 * 1024

// Output is what a command wrote. Its two writers may be used concurrently.
type Output struct {
	mu            sync.Mutex
	out, err, all bytes.Buffer
	loggers       []*lineLogger
	stdoutWriter  io.Writer
	stderrWriter  io.Writer
}

// NewOutput makes an Output whose logging is one of the constants; empty means Both.
func NewOutput[L ~string](ctx context.Context, logging *L) *Output {
	mode := Both
	if logging != nil && *logging != "" {
		mode = string(*logging)
	}
	o := &Output{}
	o.stdoutWriter = o.stream(ctx, &o.out, mode == Stdout || mode == Both)
	o.stderrWriter = o.stream(ctx, &o.err, mode == Stderr || mode == Both)
	return o
}

func (o *Output) stream(ctx context.Context, own *bytes.Buffer, logged bool) io.Writer {
	targets := []io.Writer{own, &o.all}
	if logged {
		l := &lineLogger{log: p.GetLogger(ctx), redactor: redact.From(ctx)}
		o.loggers = append(o.loggers, l)
		targets = append(targets, l)
	}
	return &locked{mu: &o.mu, w: io.MultiWriter(targets...)}
}

// Stdout returns the writer for the command's stdout.
func (o *Output) Stdout() io.Writer { return o.stdoutWriter }

// Stderr returns the writer for the command's stderr.
func (o *Output) Stderr() io.Writer { return o.stderrWriter }

// Close logs last lines that had no newline.
func (o *Output) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.loggers {
		l.flush()
	}
}

// Streams returns both streams, each without one trailing newline, as `$(...)` would
// give a single line.
func (o *Output) Streams() (stdout, stderr string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.TrimSuffix(o.out.String(), "\n"), strings.TrimSuffix(o.err.String(), "\n")
}

// Combined returns both streams in the order in which they came.
func (o *Output) Combined() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.String()
}

type locked struct {
	mu *sync.Mutex
	w  io.Writer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

type lineLogger struct {
	log      p.Logger
	redactor *redact.Redactor
	pending  bytes.Buffer
}

func (l *lineLogger) Write(b []byte) (int, error) {
	l.pending.Write(b)
	for {
		end := bytes.IndexByte(l.pending.Bytes(), '\n')
		if end < 0 {
			break
		}
		l.print(string(l.pending.Next(end + 1)))
	}
	if l.pending.Len() > maxLine {
		l.flush()
	}
	return len(b), nil
}

func (l *lineLogger) flush() {
	if l.pending.Len() > 0 {
		l.print(l.pending.String())
		l.pending.Reset()
	}
}

func (l *lineLogger) print(line string) {
	l.log.Info(l.redactor.Text(strings.TrimRight(line, "\r\n")))
}
