package remote

import (
	"errors"
	"fmt"
	"net"
	"os"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// credentials are the ways to log in to one host. The agent's connection must stay open
// as long as they may be used.
type credentials struct {
	methods []ssh.AuthMethod
	agent   net.Conn
}

func (c *credentials) Close() {
	if c.agent != nil {
		_ = c.agent.Close()
	}
}

// newCredentials takes the private key and the agent's keys, in this order. All keys
// are in one method, since the client tries each named method only once.
func newCredentials(e Endpoint) (*credentials, error) {
	c := &credentials{}
	var own []ssh.Signer
	if text := deref(e.PrivateKey, ""); text != "" {
		signer, err := parsePrivateKey(text)
		if err != nil {
			return nil, err
		}
		own = append(own, signer)
	}

	fromAgent, err := c.openAgent(e)
	if err != nil {
		return nil, err
	}
	if len(own) > 0 || fromAgent != nil {
		c.methods = append(c.methods, ssh.PublicKeysCallback(func() ([]ssh.Signer, error) {
			signers := own
			if fromAgent != nil {
				more, err := fromAgent.Signers()
				if err != nil && len(own) == 0 {
					return nil, fmt.Errorf("agentSocketPath: the agent does not list its keys: %w", err)
				}
				signers = append(signers[:len(signers):len(signers)], more...)
			}
			return signers, nil
		}))
	}

	return c, nil
}

// openAgent fails only if an agent was configured: SSH_AUTH_SOCK may be stale.
func (c *credentials) openAgent(e Endpoint) (agent.ExtendedAgent, error) {
	path, asked := deref(e.AgentSocketPath, ""), true
	if path == "" {
		path, asked = os.Getenv("SSH_AUTH_SOCK"), false
	}
	if path == "" {
		return nil, nil
	}
	conn, err := net.Dial("unix", path)
	if err != nil {
		if asked {
			return nil, fmt.Errorf("agentSocketPath: no SSH agent answers at %s: %w", path, err)
		}
		return nil, nil
	}
	c.agent = conn
	return agent.NewClient(conn), nil
}

// parsePrivateKey returns errors that never quote the key.
func parsePrivateKey(text string) (ssh.Signer, error) {
	signer, err := ssh.ParsePrivateKey([]byte(text))
	var missing *ssh.PassphraseMissingError
	if errors.As(err, &missing) {
		return nil, errors.New("privateKey: the key has a passphrase; add it to an SSH agent, and leave privateKey out")
	}
	if err != nil {
		return nil, fmt.Errorf("privateKey: cannot be read (a private key in PEM or OpenSSH format is expected): %w", err)
	}
	return signer, nil
}

func deref[T any](value *T, fallback T) T {
	if value == nil {
		return fallback
	}
	return *value
}
