// Package sshtest starts SSH servers on loopback ports for tests.
package sshtest

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// Key is a key pair in the formats that tests need.
type Key struct {
	Raw        ed25519.PrivateKey
	Signer     ssh.Signer
	PrivatePEM string
	// Authorized is the public key as a line for authorized_keys, without the newline.
	Authorized string
}

// NewKey makes a key pair; with a passphrase PrivatePEM is encrypted.
func NewKey(t *testing.T, passphrase string) Key {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	signer, err := ssh.NewSignerFromKey(private)
	must(t, err)
	var block *pem.Block
	if passphrase == "" {
		block, err = ssh.MarshalPrivateKey(private, "")
	} else {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte(passphrase))
	}
	must(t, err)
	return Key{
		Raw:        private,
		Signer:     signer,
		PrivatePEM: string(pem.EncodeToMemory(block)),
		Authorized: strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer.PublicKey()))),
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
