package provider

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/sshtest"
)

const remoteCommand = "remote:Command"

// connection logs in to s with its key.
func connection(s *sshtest.Server, more ...inputs) property.Value {
	fields := inputs{
		"host": text(s.Host), "port": number(s.Port), "user": text(s.User), "privateKey": text(s.Key.PrivatePEM),
		"dialErrorLimit": number(1),
	}
	for _, m := range more {
		for name, value := range m {
			if value.IsNull() {
				delete(fields, name)
			} else {
				fields[name] = value
			}
		}
	}
	return object(fields)
}

func TestRemoteOutputsAndStdin(t *testing.T) {
	s := sshtest.Start(t)
	stdin := "  $HOME \"q\" 'q' \\n\n\tlast line, no newline"
	newRes(t, remoteCommand).
		create(inputs{"connection": connection(s), "create": text("cat; printf end; echo err >&2"), "stdin": text(stdin)}).
		wantOutput("stdout", stdin+"end").
		wantOutput("stderr", "err")
}

func TestRemoteFailureShowsOutputButNotStdin(t *testing.T) {
	s := sshtest.Start(t)
	err := newRes(t, remoteCommand).tryCreate(inputs{
		"connection": connection(s),
		"create":     text("cat; echo reason >&2; exit 9"),
		"stdin":      text("join token of the cluster"),
	})
	wantError(t, err, "status 9", "running", "reason")
	wantNoText(t, err, "join token", s.Key.PrivatePEM)
}

func TestRemoteUpdateAndDelete(t *testing.T) {
	s := sshtest.Start(t, "AcceptEnv PULUMI_COMMAND_*")
	dir := t.TempDir()
	file := filepath.Join(dir, "deleted")
	in := func(create string, more inputs) inputs {
		m := inputs{
			"connection": connection(s), "create": text(create),
			"delete": text(`printf %s "$PULUMI_COMMAND_STDOUT" > '` + file + `'`),
		}
		for name, value := range more {
			m[name] = value
		}
		return m
	}
	r := newRes(t, remoteCommand).create(in("echo one", nil)).wantOutput("stdout", "one")
	r.update(in("echo two", nil)).wantOutput("stdout", "two")
	r.update(in("echo two", inputs{"update": text("echo after $PULUMI_COMMAND_STDOUT")})).wantOutput("stdout", "after two")
	if diff := r.diff(in("echo two", inputs{"update": text("x"), "triggers": list("t")})); !replaces(diff) {
		t.Errorf("a trigger does not replace: %+v", diff)
	}
	r.delete()
	wantFile(t, file, "after two")
}

func TestRemoteRefusedPreviousOutputIsNoError(t *testing.T) {
	s := sshtest.Start(t)
	r := newRes(t, remoteCommand).create(inputs{"connection": connection(s), "create": text("echo one")})
	r.update(inputs{"connection": connection(s), "create": text("echo two")}).wantOutput("stdout", "two")
}

func TestRemoteConnectionsAreClosed(t *testing.T) {
	s := sshtest.Start(t)
	newRes(t, remoteCommand).create(inputs{"connection": connection(s), "create": text("true")})
	login := regexp.MustCompile(`Accepted publickey for \S+ from \S+ port (\d+)`).FindStringSubmatch(s.Log())
	if login == nil {
		t.Fatalf("no login in the server's log:\n%s", s.Log())
	}
	// The server logs each kind of disconnection differently, but always with the port.
	parted := regexp.MustCompile(`(?i)(closed by|disconnected? from|closing connection to|disconnect).*port ` + login[1])
	eventually(t, "the server sees that we left", func() bool { return parted.MatchString(s.Log()) })
}

func TestRemoteHostKey(t *testing.T) {
	s := sshtest.Start(t)
	in := func(key string) inputs {
		return inputs{"connection": connection(s, inputs{"hostKey": text(key), "dialErrorLimit": number(-1)}), "create": text("echo in")}
	}
	newRes(t, remoteCommand).create(in(s.HostKey.Authorized)).wantOutput("stdout", "in")
	newRes(t, remoteCommand).create(in(s.HostKey.Authorized+" a comment\n")).wantOutput("stdout", "in")

	// Without a limit of tries, these errors end the connection only if they are recognized as final.
	err := newRes(t, remoteCommand).tryCreate(in(sshtest.NewKey(t, "").Authorized))
	wantError(t, err, "hostKey", "SHA256:", s.Address())
	err = newRes(t, remoteCommand).tryCreate(in("no key at all"))
	wantError(t, err, "hostKey", "no key at all", "authorized_keys")
}

func TestRemoteHostKeyOfOneOfSeveralTypes(t *testing.T) {
	key := sshtest.NewRSAHostKey(t)
	s := sshtest.Start(t, "HostKey "+key.File)
	for _, authorized := range []string{key.Authorized, s.HostKey.Authorized} {
		newRes(t, remoteCommand).create(inputs{
			"connection": connection(s, inputs{"hostKey": text(authorized)}), "create": text("echo in"),
		}).wantOutput("stdout", "in")
	}
}

func TestRemoteCommandNeedNotReadStdin(t *testing.T) {
	s := sshtest.Start(t)
	newRes(t, remoteCommand).create(inputs{
		"connection": connection(s), "create": text("exec <&-; echo done"), "stdin": text(strings.Repeat("0123456789abcdef", 1<<18)),
	}).wantOutput("stdout", "done")
}

func TestRemotePreviewWithUnknowns(t *testing.T) {
	unknown := property.New(property.Computed)
	for name, in := range map[string]inputs{
		"connection": {"connection": unknown, "create": text("true")},
		"host":       {"connection": object(inputs{"host": unknown, "user": text("u")}), "create": text("true")},
		"create":     {"connection": object(inputs{"host": text("h")}), "create": unknown, "triggers": property.New([]property.Value{unknown})},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRes(t, remoteCommand)
			resp, err := r.server.Create(p.CreateRequest{Urn: r.urn, DryRun: true, Properties: r.check(in)})
			if err != nil {
				t.Fatal(err)
			}
			if !resp.Properties.Get("stdout").HasComputed() || !resp.Properties.Get("connection").HasSecrets() {
				t.Errorf("preview has %#v", resp.Properties)
			}
		})
	}
}

func TestWrongConnectionFieldShowsNoCredentials(t *testing.T) {
	r := newRes(t, remoteCommand)
	resp, err := r.server.Check(p.CheckRequest{Urn: r.urn, Inputs: property.NewMap(inputs{
		"connection": object(inputs{"hostname": text("h"), "password": text("the-password")}), "create": text("true"),
	})})
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Failures) == 0 {
		t.Fatal("a connection without a host was accepted")
	}
	for _, failure := range resp.Failures {
		if strings.Contains(failure.Reason, "the-password") {
			t.Errorf("%+v", failure)
		}
	}
	if !resp.Inputs.Get("connection").HasSecrets() {
		t.Error("the refused connection is given back in clear")
	}
}
