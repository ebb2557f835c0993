package provider

import (
	"os"
	"path/filepath"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

const localCommand = "local:Command"

func TestLocalOutputs(t *testing.T) {
	newRes(t, localCommand).
		create(inputs{"create": text("echo out; echo; echo err >&2")}).
		wantOutput("stdout", "out\n").
		wantOutput("stderr", "err")
}

func TestLocalStdinIsPassedAsItIs(t *testing.T) {
	stdin := "  two spaces\ttab $HOME `x` \"q\" 'q' \\n\nsecond line, no newline at the end"
	newRes(t, localCommand).
		create(inputs{"create": text("cat; printf end"), "stdin": text(stdin)}).
		wantOutput("stdout", stdin+"end")
}

func TestLocalEnvironmentInterpreter(t *testing.T) {
	t.Setenv("FROM_OUTSIDE", "outside")
	r := newRes(t, localCommand).create(inputs{
		"create":      text(`printf '%s|%s|' "$GREETING" "$FROM_OUTSIDE"; case $- in *f*) printf f;; esac`),
		"environment": object(inputs{"GREETING": text("a 'b' \"c\"")}),
		"interpreter": list("/bin/sh", "-f", "-c"),
	})
	r.wantOutput("stdout", `a 'b' "c"|outside|f`)
}

func TestLocalFailureShowsOutputButNotStdin(t *testing.T) {
	err := newRes(t, localCommand).tryCreate(inputs{
		"create":      text(`cat; echo "token is $TOKEN"; echo reason >&2; exit 7`),
		"stdin":       text("words of stdin\nin two lines"),
		"environment": object(inputs{"TOKEN": secret("very-secret")}),
	})
	wantError(t, err, "exit status 7", "running", "reason")
	wantNoText(t, err, "words of stdin", "two lines", "very-secret")
}

func TestLocalUpdateRunsUpdateElseCreate(t *testing.T) {
	r := newRes(t, localCommand).create(inputs{"create": text("echo created $N"), "environment": object(inputs{"N": text("1")})})
	r.wantOutput("stdout", "created 1")
	r.update(inputs{"create": text("echo created $N"), "environment": object(inputs{"N": text("2")})})
	r.wantOutput("stdout", "created 2")
	r.update(inputs{"create": text("echo created"), "update": text("echo updated after $PULUMI_COMMAND_STDOUT")})
	r.wantOutput("stdout", "updated after created 2")
}

func TestLocalWithoutCommandsKeepsOutput(t *testing.T) {
	r := newRes(t, localCommand).create(inputs{"create": text("echo kept")})
	r.update(inputs{"delete": text("true")}).wantOutput("stdout", "kept")
	newRes(t, localCommand).create(inputs{}).wantOutput("stdout", "")
}

func TestLocalSameInputsAreNoChange(t *testing.T) {
	in := inputs{"create": text("date"), "triggers": list("a")}
	if diff := newRes(t, localCommand).create(in).diff(in); diff.HasChanges {
		t.Errorf("change without a cause: %+v", diff)
	}
}

func TestTriggersReplace(t *testing.T) {
	r := newRes(t, localCommand).create(inputs{"create": text("true"), "triggers": list("a", "b")})
	for name, triggers := range map[string]property.Value{
		"changed": list("a", "c"), "added": list("a", "b", "c"), "taken away": list("a"), "gone": {},
	} {
		in := inputs{"create": text("true")}
		if !triggers.IsNull() {
			in["triggers"] = triggers
		}
		if diff := r.diff(in); !diff.HasChanges || !replaces(diff) {
			t.Errorf("%s: no replacement but %+v", name, diff)
		}
	}
	without := newRes(t, localCommand).create(inputs{"create": text("true")})
	if diff := without.diff(inputs{"create": text("true"), "triggers": list("a")}); !replaces(diff) {
		t.Errorf("first trigger: no replacement but %+v", diff)
	}
}

func TestLocalDeleteUsesStoredInputsAndOutput(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deleted")
	r := newRes(t, localCommand).create(inputs{
		"create":      text("echo created; echo warned >&2"),
		"delete":      text(`printf '%s,%s,%s' "$PULUMI_COMMAND_STDOUT" "$PULUMI_COMMAND_STDERR" "$NAME" > "$FILE"`),
		"environment": object(inputs{"FILE": text(file), "NAME": text("stored")}),
	})
	r.delete()
	wantFile(t, file, "created,warned,stored")
}

func TestLocalPreviousOutputCanBeLeftOut(t *testing.T) {
	r := newRes(t, localCommand).create(inputs{"create": text("echo first")})
	r.update(inputs{"create": text("echo \"[$PULUMI_COMMAND_STDOUT]\""), "addPreviousOutputInEnv": property.New(false)})
	r.wantOutput("stdout", "[]")
}

func TestLocalPreviewRunsNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "made")
	r := newRes(t, localCommand)
	resp, err := r.server.Create(p.CreateRequest{
		Urn: r.urn, DryRun: true, Properties: r.check(inputs{"create": text("touch '" + file + "'")}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if !resp.Properties.Get("stdout").IsComputed() {
		t.Errorf("stdout is known in a preview: %#v", resp.Properties.Get("stdout"))
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("the preview ran the command (%v)", err)
	}
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(content) != want {
		t.Errorf("%s has %q, want %q", path, content, want)
	}
}
