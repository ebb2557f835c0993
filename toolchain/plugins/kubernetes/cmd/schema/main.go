// Command schema prints the Pulumi schema of the kinds that this plugin manages. It is
// derived from the API description that a Kubernetes release carries in its own module.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	// The release whose API the official plugin of this version describes.
	release = "k8s.io/kubernetes@v1.36.1"
	// Its hash in Go's checksum database. The module is only read, never built, and therefore
	// in no go.sum.
	releaseSum = "h1:Mt7NKigaZ2KmOmCLhX81lGlH9JU5wjXnYhXnxAun9XA="
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintf(os.Stderr, "kubernetes schema: %v\n", err)
		os.Exit(1)
	}
}

func write() error {
	folder, err := download()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(folder, "api", "openapi-spec", "swagger.json"))
	if err != nil {
		return fmt.Errorf("%s has no description of its API: %w", release, err)
	}
	spec, err := packageSpec(text)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(spec)
}

// download has Go fetch the release into its module cache, and returns the folder.
func download() (string, error) {
	command := exec.Command("go", "mod", "download", "-json", release)
	// Outside of any module, since no module depends on the release.
	command.Dir = os.TempDir()
	var out, said bytes.Buffer
	command.Stdout, command.Stderr = &out, &said
	failed := command.Run()
	var module struct{ Dir, Sum, Error string }
	if err := json.Unmarshal(out.Bytes(), &module); err != nil || failed != nil {
		return "", fmt.Errorf("%s could not be had from the module proxy: %s%s", release, module.Error, said.String())
	}
	if module.Sum != releaseSum {
		return "", fmt.Errorf("%s has the checksum %s, expected %s", release, module.Sum, releaseSum)
	}
	return module.Dir, nil
}
