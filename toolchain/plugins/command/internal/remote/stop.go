package remote

import (
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// terminationGrace is the time that a cancelled command has to clean up after SIGTERM,
// stopTimeout the time that the host has to run stopScript.
const (
	terminationGrace = 5 * time.Second
	stopTimeout      = 5 * time.Second
)

// stopScript finds the processes of this connection by the variable that the SSH server
// gave them, and signals all but itself. It needs /proc.
const stopScript = `mine="SSH_CONNECTION=$SSH_CONNECTION"
[ -n "$SSH_CONNECTION" ] || exit 0
for file in /proc/[0-9]*/environ; do
  pid=${file#/proc/}; pid=${pid%/environ}
  [ "$pid" != "$$" ] || continue
  if tr '\0' '\n' 2>/dev/null <"$file" | grep -qxF "$mine"; then kill -SIGNAL "$pid" 2>/dev/null; fi
done
`

// stop ends the session's command and its children: first by an SSH signal, which servers
// send to the command only or, like OpenSSH for root, ignore; then by stopScript in a
// second session. Best effort, since the step has failed in any case.
func stop(session *ssh.Session, client *ssh.Client, done <-chan error) {
	_ = session.Signal(ssh.SIGTERM)
	signalAll(client, "TERM")
	grace := time.NewTimer(terminationGrace)
	defer grace.Stop()
	select {
	case <-done:
	case <-grace.C:
	}
	_ = session.Signal(ssh.SIGKILL)
	signalAll(client, "KILL")
}

func signalAll(client *ssh.Client, signal string) {
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		session, err := client.NewSession()
		if err != nil {
			return
		}
		defer session.Close()
		if startWithStdin(session, "sh -s", strings.ReplaceAll(stopScript, "SIGNAL", signal)) == nil {
			_ = session.Wait()
		}
	}()
	timeout := time.NewTimer(stopTimeout)
	defer timeout.Stop()
	select {
	case <-finished:
	case <-timeout.C: // Closing the client, which comes next, ends the session.
	}
}
