package remote

import (
	"bytes"
	"fmt"
	"net"

	"golang.org/x/crypto/ssh"
)

// hostKeyError is final: asking the host again does not make it the right one.
type hostKeyError struct {
	address   string
	want, got ssh.PublicKey
}

func (e *hostKeyError) Error() string {
	return fmt.Sprintf("hostKey: %s has the key %s %s, expected is %s %s; "+
		"either another host answers there or hostKey must be brought up to date",
		e.address, e.got.Type(), ssh.FingerprintSHA256(e.got), e.want.Type(), ssh.FingerprintSHA256(e.want))
}

// checkHostKey makes config accept only the endpoint's host key, if it has one.
func checkHostKey(e Endpoint, config *ssh.ClientConfig) error {
	text := deref(e.HostKey, "")
	if text == "" {
		config.HostKeyCallback = ssh.InsecureIgnoreHostKey()
		return nil
	}
	want, _, _, _, err := ssh.ParseAuthorizedKey([]byte(text))
	if err != nil {
		return fmt.Errorf("hostKey: %q is no public key; write it as in an authorized_keys file, "+
			"for example \"ssh-ed25519 AAAA...\": %w", text, err)
	}
	address := e.address()
	config.HostKeyCallback = func(_ string, _ net.Addr, got ssh.PublicKey) error {
		if !bytes.Equal(got.Marshal(), want.Marshal()) {
			return &hostKeyError{address, want, got}
		}
		return nil
	}
	// A server has keys of several types and might otherwise present another one.
	config.HostKeyAlgorithms = []string{want.Type()}
	if want.Type() == ssh.KeyAlgoRSA {
		config.HostKeyAlgorithms = []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSA}
	}
	return nil
}
