package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"

	"pulumi-spark-cluster/toolchain/plugins/kubernetes/internal/kinds"
)

// asPlugin makes the test binary be the plugin, so that the tests need no build.
const asPlugin = "KUBERNETES_PLUGIN_UNDER_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(asPlugin) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func pluginCommand(args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], args...)
	command.Env = append(os.Environ(), asPlugin+"=1")
	return command
}

func TestVersionFlag(t *testing.T) {
	out, err := pluginCommand("--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != 2 || lines[0] != kinds.Version || !strings.Contains(lines[1], "pulumi-spark-cluster") {
		t.Errorf("--version printed %q", out)
	}
}

func TestPluginServesTheProtocol(t *testing.T) {
	if _, err := generated.ReadFile("generated/schema.json"); err != nil {
		// The schema is only there in a build.
		out, err := pluginCommand().CombinedOutput()
		if err == nil || !strings.Contains(string(out), "built without its schema") {
			t.Errorf("without its schema the plugin says %q, %v", out, err)
		}
		return
	}
	command := pluginCommand()
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = command.Process.Kill(); _ = command.Wait() }()
	// If no port comes, the end of the process ends the read below.
	watchdog := time.AfterFunc(15*time.Second, func() { _ = command.Process.Kill() })
	defer watchdog.Stop()
	port, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the plugin printed no port: %v", err)
	}
	connection, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	info, err := rpc.NewResourceProviderClient(connection).GetPluginInfo(t.Context(), &emptypb.Empty{})
	if err != nil || info.Version != kinds.Version {
		t.Errorf("the plugin's version is %v, %v", info, err)
	}
}
