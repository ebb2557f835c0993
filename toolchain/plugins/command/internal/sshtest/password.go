package sshtest

import (
	"errors"
	"io"
	"net"
	"testing"

	"golang.org/x/crypto/ssh"
)

// PasswordServer is a small server in this process that takes a password, which sshd
// would only do against the machine's own accounts. It answers every command with text
// on stdout and exit status 0, and refuses every variable.
type PasswordServer struct {
	Port     int
	Password string
}

// StartPassword runs the server until the end of the test. With interactive it asks for
// the password by keyboard-interactive only.
func StartPassword(t *testing.T, interactive bool, text string) *PasswordServer {
	t.Helper()
	s := &PasswordServer{Password: "pass-" + NewKey(t, "").Authorized[30:60]}
	config := &ssh.ServerConfig{}
	config.AddHostKey(NewKey(t, "").Signer)
	errWrong := errors.New("wrong password")
	if interactive {
		config.KeyboardInteractiveCallback = func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
			answers, err := ask("", "", []string{"Password: "}, []bool{false})
			if err == nil && (len(answers) != 1 || answers[0] != s.Password) {
				err = errWrong
			}
			return nil, err
		}
	} else {
		config.PasswordCallback = func(_ ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
			if string(password) != s.Password {
				return nil, errWrong
			}
			return nil, nil
		}
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	s.Port = listener.Addr().(*net.TCPAddr).Port
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(conn, config, text)
		}
	}()
	return s
}

func serve(stream net.Conn, config *ssh.ServerConfig, text string) {
	defer stream.Close()
	_, channels, requests, err := ssh.NewServerConn(stream, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for offered := range channels {
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		go func() {
			for request := range requests {
				_ = request.Reply(request.Type == "exec", nil)
				if request.Type == "exec" {
					_, _ = io.WriteString(channel, text)
					_, _ = channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{0}))
					_ = channel.Close()
				}
			}
		}()
	}
}
