package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// asPlugin makes the test binary be the plugin, so that the tests need no build.
const asPlugin = "COMMAND_PLUGIN_UNDER_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(asPlugin) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func plugin(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asPlugin+"=1")
	return cmd
}

func TestVersionFlag(t *testing.T) {
	out, err := plugin("--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != 2 || lines[0] != "1.2.1" || !strings.Contains(lines[1], "pulumi-spark-cluster") {
		t.Errorf("--version printed %q", out)
	}
}

func TestPluginServesTheProtocol(t *testing.T) {
	cmd := plugin()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	// If no port comes, the end of the process ends the read below.
	watchdog := time.AfterFunc(15*time.Second, func() { _ = cmd.Process.Kill() })
	defer watchdog.Stop()
	port, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the plugin printed no port: %v", err)
	}

	conn, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port),
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	client := rpc.NewResourceProviderClient(conn)
	info, err := client.GetPluginInfo(t.Context(), &emptypb.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	if info.Version != "1.2.1" {
		t.Errorf("plugin info has version %q", info.Version)
	}
	schema, err := client.GetSchema(t.Context(), &rpc.GetSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var content struct{ Name, Version string }
	if err := json.Unmarshal([]byte(schema.Schema), &content); err != nil {
		t.Fatal(err)
	}
	if content.Name != "command" || content.Version != "1.2.1" {
		t.Errorf("schema is of %+v", content)
	}
}
