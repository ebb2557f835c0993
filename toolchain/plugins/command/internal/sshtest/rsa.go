package sshtest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// RSAHostKey is a host key of a type that clients do not prefer.
type RSAHostKey struct {
	File       string
	Authorized string
}

// NewRSAHostKey makes a key for a HostKey line in a server's configuration.
func NewRSAHostKey(t *testing.T) RSAHostKey {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	signer, err := ssh.NewSignerFromKey(private)
	must(t, err)
	block, err := ssh.MarshalPrivateKey(private, "")
	must(t, err)
	file := filepath.Join(t.TempDir(), "rsa_host_key")
	must(t, os.WriteFile(file, pem.EncodeToMemory(block), 0o600))
	return RSAHostKey{file, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer.PublicKey())))}
}

// Me is the user that the tests run as.
func Me(t *testing.T) string {
	t.Helper()
	me, err := user.Current()
	must(t, err)
	return me.Username
}
