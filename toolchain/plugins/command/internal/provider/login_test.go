package provider

import (
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"golang.org/x/crypto/ssh/agent"

	"pulumi-spark-cluster/toolchain/plugins/command/internal/sshtest"
)

func TestKeyThatCannotBeRead(t *testing.T) {
	key := sshtest.NewKey(t, "pass phrase")
	s := sshtest.StartOn(t, sshtest.FreePort(t), key)
	in := func(more inputs) inputs {
		return inputs{"connection": connection(s, inputs{"dialErrorLimit": number(-1)}, more), "create": text("echo in")}
	}
	// Without a limit of tries, these errors end the login only if they are recognized as final.
	err := newRes(t, remoteCommand).tryCreate(in(nil))
	wantError(t, err, "privateKey", "agent")
	wantNoText(t, err, key.PrivatePEM[40:80])
	err = newRes(t, remoteCommand).tryCreate(in(inputs{"privateKey": text("not-a-key-but-secret")}))
	wantError(t, err, "privateKey")
	wantNoText(t, err, "not-a-key-but-secret")
}

func TestLoginWithAgent(t *testing.T) {
	s := sshtest.Start(t)
	keys := agent.NewKeyring()
	if err := keys.Add(agent.AddedKey{PrivateKey: s.Key.Raw}); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(t.TempDir(), "agent")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(keys, conn); conn.Close() }()
		}
	}()

	in := func(more inputs) inputs {
		return inputs{"connection": connection(s, inputs{"privateKey": {}}, more), "create": text("echo in")}
	}
	newRes(t, remoteCommand).create(in(inputs{"agentSocketPath": text(socket)})).wantOutput("stdout", "in")
	other := text(sshtest.NewKey(t, "").PrivatePEM)
	newRes(t, remoteCommand).
		create(in(inputs{"agentSocketPath": text(socket), "privateKey": other})).
		wantOutput("stdout", "in")

	r := newRes(t, remoteCommand)
	t.Setenv("SSH_AUTH_SOCK", socket)
	r.create(in(nil)).wantOutput("stdout", "in")

	missing := filepath.Join(t.TempDir(), "missing")
	err = newRes(t, remoteCommand).tryCreate(in(inputs{"agentSocketPath": text(missing), "dialErrorLimit": number(-1)}))
	wantError(t, err, "agentSocketPath", missing)
	r = newRes(t, remoteCommand)
	t.Setenv("SSH_AUTH_SOCK", missing)
	r.create(in(inputs{"privateKey": text(s.Key.PrivatePEM)})).wantOutput("stdout", "in")
}

func TestLoginThroughJumpHost(t *testing.T) {
	target := sshtest.Start(t)
	jump := sshtest.Start(t)
	closed := sshtest.Start(t, "AllowTcpForwarding no")
	in := func(through *sshtest.Server, more ...inputs) inputs {
		return inputs{
			"connection": connection(target, inputs{"proxy": connection(through, more...)}),
			"create":     text("echo $SSH_CONNECTION | cut -d' ' -f4"),
		}
	}
	port := func(s *sshtest.Server) string { _, p, _ := net.SplitHostPort(s.Address()); return p }
	newRes(t, remoteCommand).
		create(in(jump, inputs{"hostKey": text(jump.HostKey.Authorized)})).
		wantOutput("stdout", port(target))

	// Without the jump host, this would succeed too.
	err := newRes(t, remoteCommand).tryCreate(in(closed))
	wantError(t, err, target.Address(), "prohibited")
	err = newRes(t, remoteCommand).tryCreate(in(jump, inputs{"hostKey": text(target.HostKey.Authorized)}))
	wantError(t, err, "proxy", "hostKey", jump.Address())
}

func TestLoginIsTriedUntilTheServerComesUp(t *testing.T) {
	sshtest.RequireSSHD(t)
	early := sshtest.Closing(t)
	key := sshtest.NewKey(t, "")
	server := &sshtest.Server{Host: "127.0.0.1", Port: early.Port, User: sshtest.Me(t), Key: key}
	r := newRes(t, remoteCommand)
	in := inputs{"connection": connection(server, inputs{"dialErrorLimit": {}}), "create": text("echo up")}
	done := r.createInBackground(in)
	eventually(t, "two tries", func() bool { return early.Tries.Load() >= 2 })
	if err := early.Close(); err != nil {
		t.Fatal(err)
	}
	sshtest.StartOn(t, early.Port, key)
	if err := receive(t, "the login", done); err != nil {
		t.Fatal(err)
	}
	r.wantOutput("stdout", "up")
}

func TestUnreachableHostIsBounded(t *testing.T) {
	for name, c := range map[string]struct {
		port  int
		limit property.Value
		want  string
	}{
		"nothing listens": {sshtest.FreePort(t), number(3), "3 failed tries"},
		"silent server":   {sshtest.Silent(t).Port, number(2), "2 failed tries"},
		"no retry":        {sshtest.FreePort(t), number(0), "1 failed tries"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			err := newRes(t, remoteCommand).tryCreate(inputs{"create": text("true"), "connection": object(inputs{
				"host": text("127.0.0.1"), "port": number(c.port),
				"dialErrorLimit": c.limit, "perDialTimeout": number(1),
			})})
			wantError(t, err, c.want, "127.0.0.1")
			if took := time.Since(start); took > 8*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}
