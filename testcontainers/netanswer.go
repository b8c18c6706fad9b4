// Package netanswer runs the sandbox in a container for the tests of somebody
// who does not want to install it, in the manner of the modules of Testcontainers
// for Go:
//
//	sandbox, err := netanswer.Run(ctx, "netanswer:local", netanswer.WithWorld("mine", control.Setup{}))
//	testcontainers.CleanupContainer(t, sandbox)
//
// What Run returns is healthy. Every listener of the image is mapped to a
// port of its own, so that any number of sandboxes run side by side; but one is
// enough for many tests, as each has worlds of its own. A telephone calls the
// container from its own network or, on Linux, at its ContainerIP: sound does not
// find the way back through a mapped port.
package netanswer

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/network"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"

	"example.com/netanswer/client"
)

// The ports of the image.
const (
	memberPort  = "8080/tcp"
	consolePort = "8090/tcp"
	restPort    = "8091/tcp"
	smtpPort    = "1025/tcp"
	imapPort    = "1143/tcp"
	smppPort    = "2775/tcp"
	sipTCPPort  = "5060/tcp"
	sipUDPPort  = "5060/udp"
)

var ports = []string{memberPort, consolePort, restPort, smtpPort, imapPort, smppPort, sipTCPPort, sipUDPPort}

// bind maps the ports for IPv4 only. By itself an engine gives IPv6 other ports
// of its own, which are those of other listeners, and a browser tries ::1 first
// for a host like mine.localhost.
func bind(h *container.HostConfig) {
	h.PortBindings = network.PortMap{}
	for _, port := range ports {
		h.PortBindings[network.MustParsePort(port)] = []network.PortBinding{{HostIP: netip.IPv4Unspecified()}}
	}
}

// startTime is how long a sandbox may take to be healthy. It takes less than a
// second where the machine is not busy.
const startTime = time.Minute

// A Container is a sandbox that runs in a container. It is one of Testcontainers
// and is ended by Terminate or testcontainers.CleanupContainer.
type Container struct {
	testcontainers.Container
	token string
}

// Run starts the image and waits until the sandbox is healthy and its worlds are
// arranged. Options are those of this package and of Testcontainers. The image is
// one that this module's Dockerfile makes, of the same version.
//
// Where an option cannot be, nothing is started. After any other error the
// container, if there is one, is returned as well, to be ended and looked
// into; the error has the last that it wrote.
func Run(ctx context.Context, img string, opts ...testcontainers.ContainerCustomizer) (*Container, error) {
	s := settings{token: rand.Text()}
	for _, opt := range opts {
		if opt, ok := opt.(Option); ok {
			if err := opt(&s); err != nil {
				return nil, fmt.Errorf("netanswer: %w", err)
			}
		}
	}
	all := append([]testcontainers.ContainerCustomizer{
		testcontainers.WithExposedPorts(ports...),
		testcontainers.WithHostConfigModifier(bind),
		testcontainers.WithEnv(s.environment()),
		testcontainers.WithWaitStrategy(
			wait.ForHTTP("/healthz").WithPort(consolePort).WithStartupTimeout(startTime).WithPollInterval(50 * time.Millisecond),
		),
	}, opts...)
	all = append(all, testcontainers.CustomizeRequestOption(func(req *testcontainers.GenericContainerRequest) error {
		s.token = req.Env[tokenVariable] // also where testcontainers.WithEnv has set it
		return nil
	}))
	ctr, err := testcontainers.Run(ctx, img, all...)
	var c *Container
	if ctr != nil {
		c = &Container{Container: ctr, token: s.token}
	}
	if err != nil {
		return c, fmt.Errorf("netanswer: run %s: %w%s", img, err, c.lastWords(ctx))
	}
	if err := s.arrange(ctx, c); err != nil {
		return c, fmt.Errorf("netanswer: %w", err)
	}
	return c, nil
}

// lastWords are the last lines that a container wrote, if there are any.
func (c *Container) lastWords(ctx context.Context) string {
	if c == nil {
		return ""
	}
	logs, err := c.Logs(ctx)
	if err != nil { // it is said beside a greater error
		return ""
	}
	defer logs.Close()
	text, _ := io.ReadAll(io.LimitReader(logs, 1<<20)) // likewise
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if said := strings.TrimSpace(strings.Join(lines[max(0, len(lines)-3):], "\n")); said != "" {
		return "\nit wrote: " + said
	}
	return ""
}

// ServiceURL is where the members' pages, the app and the JSON API are found,
// without a slash at its end. A request names its world by the header
// Netanswer-World, and is in the world default without one.
func (c *Container) ServiceURL(ctx context.Context) (string, error) {
	return c.PortEndpoint(ctx, memberPort, "http")
}

// WorldURL is where a browser finds the members' pages in a world: the host is
// <world>.localhost. It fails where containers run on another machine.
func (c *Container) WorldURL(ctx context.Context, world string) (string, error) {
	address, err := c.PortEndpoint(ctx, memberPort, "")
	if err != nil {
		return "", err
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", fmt.Errorf(
			"netanswer: %s.localhost is this machine and the sandbox is at %s; name its world by the header Netanswer-World",
			world,
			host,
		)
	}
	return "http://" + net.JoinHostPort(cmp.Or(world, "default")+".localhost", port), nil
}

// ControlURL is where the console and the control API are found, without a slash
// at its end. A browser asks for the token as a password, with any name.
func (c *Container) ControlURL(ctx context.Context) (string, error) {
	return c.PortEndpoint(ctx, consolePort, "http")
}

// ControlToken is what the control API asks for.
func (c *Container) ControlToken() string { return c.token }

// Control is a client of the control API, with the token: it makes worlds, moves
// their clocks, and reads what arrived on their phones and in their mailboxes.
func (c *Container) Control(ctx context.Context) (*client.Client, error) {
	url, err := c.ControlURL(ctx)
	if err != nil {
		return nil, err
	}
	return client.New(url, client.WithToken(c.token)), nil
}

// RESTURL is where Twilio's REST is spoken, without a slash at its end.
func (c *Container) RESTURL(ctx context.Context) (string, error) {
	return c.PortEndpoint(ctx, restPort, "http")
}

// SMTPAddress is host and port of the mail server.
func (c *Container) SMTPAddress(ctx context.Context) (string, error) {
	return c.PortEndpoint(ctx, smtpPort, "")
}

// IMAPAddress is host and port of the mailboxes.
func (c *Container) IMAPAddress(ctx context.Context) (string, error) {
	return c.PortEndpoint(ctx, imapPort, "")
}

// SMPPAddress is host and port of the SMS gateway by SMPP 3.4.
func (c *Container) SMPPAddress(ctx context.Context) (string, error) {
	return c.PortEndpoint(ctx, smppPort, "")
}

// SIPAddress is host and port of the telephone over network, udp or tcp, for
// signalling; see the package's comment on sound.
func (c *Container) SIPAddress(ctx context.Context, network string) (string, error) {
	switch network {
	case "udp":
		return c.PortEndpoint(ctx, sipUDPPort, "")
	case "tcp":
		return c.PortEndpoint(ctx, sipTCPPort, "")
	}
	return "", errors.New("netanswer: SIP is spoken over udp and tcp, not " + network)
}
