// Package apiserver runs a real API server with its etcd for tests. There is no controller, scheduler or kubelet:
// tests do their work themselves.
package apiserver

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Binaries names the environment variable with the folder of etcd and kube-apiserver.
const Binaries = "KUBERNETES_TEST_BINARIES"

// Required names the variable that makes missing binaries a failure instead of a skip.
const Required = "KUBERNETES_TEST_REQUIRED"

const (
	token   = "test-token"
	startUp = 90 * time.Second
	goDown  = 10 * time.Second
)

// Server is a running API server with its etcd.
type Server struct {
	URL    string
	folder string
	// In the order in which they were started.
	processes []*exec.Cmd
}

// ErrNoBinaries lists the folders in which the binaries were looked for.
var ErrNoBinaries = errors.New("etcd and kube-apiserver are not there")

// Start starts both on free ports on loopback.
func Start() (*Server, error) {
	etcd, err := find("etcd")
	if err != nil {
		return nil, err
	}
	apiserver, err := find("kube-apiserver")
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "kubernetes-plugin-")
	if err != nil {
		return nil, err
	}
	s := &Server{folder: folder}
	if err := s.start(etcd, apiserver); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// find looks in the folder that the environment names, else in the cache of the project's own test bed.
func find(name string) (string, error) {
	if folder := os.Getenv(Binaries); folder != "" {
		path := filepath.Join(folder, name)
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("%w: %s names a folder without %s", ErrNoBinaries, Binaries, name)
		}
		return path, nil
	}
	cache := os.Getenv("SPARK_CLUSTER_CACHE")
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		cache = filepath.Join(user, "pulumi-spark-cluster")
	}
	found, err := filepath.Glob(filepath.Join(cache, "testbed-kubernetes", name+"-*", "bin", name))
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("%w: no %s below %s; testbed/kubernetes builds them, or %s names a folder that has them",
			ErrNoBinaries, name, filepath.Join(cache, "testbed-kubernetes"), Binaries)
	}
	return newest(found), nil
}

func newest(paths []string) string {
	best, when := "", time.Time{}
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(when) {
			best, when = path, info.ModTime()
		}
	}
	return best
}

func (s *Server) start(etcd, apiserver string) error {
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	store := fmt.Sprintf("http://127.0.0.1:%d", ports[0])
	peer := fmt.Sprintf("http://127.0.0.1:%d", ports[1])
	s.URL = fmt.Sprintf("https://127.0.0.1:%d", ports[2])
	key, tokens := filepath.Join(s.folder, "key.pem"), filepath.Join(s.folder, "tokens")
	if err := writeKey(key); err != nil {
		return err
	}
	if err := os.WriteFile(tokens, []byte(token+",admin,admin,system:masters\n"), 0o600); err != nil {
		return err
	}
	if err := s.run(etcd, "--data-dir="+filepath.Join(s.folder, "etcd"), "--unsafe-no-fsync",
		"--listen-client-urls="+store, "--advertise-client-urls="+store, "--listen-peer-urls="+peer,
		"--initial-advertise-peer-urls="+peer, "--initial-cluster=default="+peer); err != nil {
		return err
	}
	if err := s.await(store + "/health"); err != nil {
		return err
	}
	if err := s.run(apiserver, "--etcd-servers="+store, "--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", ports[2]), "--cert-dir="+filepath.Join(s.folder, "certificates"),
		"--service-cluster-ip-range=10.0.0.0/24", "--token-auth-file="+tokens, "--authorization-mode=RBAC",
		"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file="+key,
		"--service-account-signing-key-file="+key,
		// Without controllers namespaces have no service accounts.
		"--disable-admission-plugins=ServiceAccount"); err != nil {
		return err
	}
	return s.await(s.URL + "/readyz")
}

func (s *Server) run(path string, arguments ...string) error {
	log, err := os.Create(filepath.Join(s.folder, filepath.Base(path)+".log"))
	if err != nil {
		return err
	}
	defer log.Close()
	command := exec.Command(path, arguments...)
	command.Stdout, command.Stderr = log, log
	// If the test is killed, its servers end too.
	command.SysProcAttr = diesWithParent()
	if err := command.Start(); err != nil {
		return err
	}
	s.processes = append(s.processes, command)
	return nil
}

func (s *Server) await(url string) error {
	client := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{
		// The server makes its certificate itself when it starts.
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // loopback, test
	}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(context.Background(), startUp)
	defer cancel()
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		if answer, err := client.Do(request); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s did not answer within %s: %s", url, startUp, s.lastWords())
		case <-ticker.C:
		}
	}
}

func (s *Server) lastWords() string {
	last := s.processes[len(s.processes)-1]
	text, err := os.ReadFile(filepath.Join(s.folder, filepath.Base(last.Path)+".log"))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], "\n")
}

// Kubeconfig returns an administrator's kubeconfig for a namespace.
func (s *Server) Kubeconfig(namespace string) string {
	return fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: test
contexts: [{name: test, context: {cluster: test, user: admin, namespace: %q}}]
clusters: [{name: test, cluster: {server: %q, insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {token: %s}}]
`, namespace, s.URL, token)
}

// Stop ends what was started, the API server before its store.
func (s *Server) Stop() {
	for i := len(s.processes) - 1; i >= 0; i-- {
		process := s.processes[i]
		_ = process.Process.Signal(syscall.SIGTERM)
		kill := time.AfterFunc(goDown, func() { _ = process.Process.Kill() })
		_ = process.Wait()
		kill.Stop()
	}
	_ = os.RemoveAll(s.folder)
}

func freePorts(count int) ([]int, error) {
	ports := make([]int, count)
	for i := range ports {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports[i] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

// writeKey makes the key that signs service accounts' tokens.
func writeKey(path string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), 0o600)
}
