package remote

import "github.com/pulumi/pulumi-go-provider/infer"

// Endpoint is what a connection and a jump host have in common.
type Endpoint struct {
	User            *string  `pulumi:"user,optional"`
	Host            *string  `pulumi:"host"`
	Port            *float64 `pulumi:"port,optional"`
	PrivateKey      *string  `pulumi:"privateKey,optional"`
	AgentSocketPath *string  `pulumi:"agentSocketPath,optional"`
	DialErrorLimit  *int     `pulumi:"dialErrorLimit,optional"`
	PerDialTimeout  *int     `pulumi:"perDialTimeout,optional"`
	HostKey         *string  `pulumi:"hostKey,optional"`
}

const (
	defaultUser           = "root"
	defaultPort           = 22
	defaultDialErrorLimit = 10
	defaultPerDialTimeout = 15
)

// Annotate describes the fields in the schema and sets their defaults.
func (e *Endpoint) Annotate(a infer.Annotator) {
	a.Describe(&e.User, "The user to log in as.")
	a.SetDefault(&e.User, defaultUser)
	a.Describe(&e.Host, "The host's name or address.")
	a.Describe(&e.Port, "The port of the SSH server.")
	a.SetDefault(&e.Port, float64(defaultPort))
	a.Describe(&e.PrivateKey, "The text of a private key. It is tried before the agent's keys.")
	a.Describe(&e.AgentSocketPath, "The socket of an SSH agent. Default: the environment variable SSH_AUTH_SOCK.")
	a.Describe(&e.DialErrorLimit, "After how many failed tries to connect to give up; -1 is never.")
	a.SetDefault(&e.DialErrorLimit, defaultDialErrorLimit)
	a.Describe(&e.PerDialTimeout, "How many seconds one try to connect may take; 0 is without limit.")
	a.SetDefault(&e.PerDialTimeout, defaultPerDialTimeout)
	a.Describe(&e.HostKey, "The public key that the host must have, as in an authorized_keys file. "+
		"Without it any host key is accepted.")
}

// Connection is the type command:remote:Connection.
type Connection struct {
	Endpoint
	Proxy *ProxyConnection `pulumi:"proxy,optional"`
}

// Annotate describes the type in the schema.
func (c *Connection) Annotate(a infer.Annotator) {
	a.Describe(&c, "How to reach a host by SSH.")
	a.Describe(&c.Proxy, "A jump host through which the host is reached.")
}

// ProxyConnection is the type command:remote:ProxyConnection.
type ProxyConnection struct {
	Endpoint
}

// Annotate describes the type in the schema.
func (c *ProxyConnection) Annotate(a infer.Annotator) {
	a.Describe(&c, "How to reach a jump host by SSH.")
}
