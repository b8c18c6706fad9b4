package netanswer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"strings"

	"github.com/testcontainers/testcontainers-go"

	"example.com/netanswer/client"
)

// The variables that options stand for. Every other setting of serve is given by
// testcontainers.WithEnv.
const (
	tokenVariable  = "NETANSWER_CONTROL_TOKEN"
	issuerVariable = "NETANSWER_ISSUER"
)

// shortestToken is how long a control token is at least.
const shortestToken = 16

// settings are what the options of this package come to.
type settings struct {
	token, issuer string
	worlds        []arranged
	policy        client.Policy
}

// An arranged world is made before Run ends.
type arranged struct {
	name  string
	setup client.Setup
}

// An Option changes how Run starts a sandbox.
type Option func(*settings) error

// Customize does nothing; it makes an Option one of Testcontainers' as well. Run
// carries it out.
func (o Option) Customize(*testcontainers.GenericContainerRequest) error { return nil }

var _ testcontainers.ContainerCustomizer = Option(nil)

// WithWorld arranges a world before Run ends: its clock, policy and texts. A
// world that is to be as every fresh one need not be arranged. It may be given
// several times.
func WithWorld(name string, setup client.Setup) Option {
	return func(s *settings) error {
		if name == "" {
			return errors.New("WithWorld: a world has a name")
		}
		s.worlds = append(s.worlds, arranged{name, setup})
		return nil
	}
}

// WithPolicy changes one value of the policy, like passcode_lifetime to "5m", in
// every world of WithWorld, whose own values go first; without any, in the world
// default. Other worlds keep the rules of the guide.
func WithPolicy(name string, value any) Option {
	return func(s *settings) error {
		if name == "" {
			return errors.New("WithPolicy: a value of the policy has a name")
		}
		if s.policy == nil {
			s.policy = client.Policy{}
		}
		s.policy[name] = value
		return nil
	}
}

// WithIssuer makes the sandbox ask the card issuer at address, an HTTP service
// such as a WireMock with this module's mappings, instead of its own. The address
// is one by which the container finds it: in a network that both are in, the
// alias of the issuer's container.
func WithIssuer(address string) Option {
	return func(s *settings) error {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			return fmt.Errorf("WithIssuer: %q: want a URL like http://issuer:8080", address)
		}
		if ip := net.ParseIP(u.Hostname()); u.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
			return fmt.Errorf(
				"WithIssuer: %s is the container itself; put both into a network and name the issuer by its alias",
				u.Hostname(),
			)
		}
		s.issuer = strings.TrimSuffix(address, "/")
		return nil
	}
}

// WithControlToken makes the control API ask for this token, of 16 characters or
// more, instead of one that Run makes up.
func WithControlToken(token string) Option {
	return func(s *settings) error {
		if len(token) < shortestToken {
			return fmt.Errorf("WithControlToken: %d characters, want %d or more", len(token), shortestToken)
		}
		s.token = token
		return nil
	}
}

// environment are the variables of the container.
func (s *settings) environment() map[string]string {
	env := map[string]string{tokenVariable: s.token}
	if s.issuer != "" {
		env[issuerVariable] = s.issuer
	}
	return env
}

// arrange arranges the worlds.
func (s *settings) arrange(ctx context.Context, c *Container) error {
	worlds := s.worlds
	if len(worlds) == 0 && len(s.policy) > 0 {
		worlds = []arranged{{name: "default"}}
	}
	if len(worlds) == 0 {
		return nil
	}
	controls, err := c.Control(ctx)
	if err != nil {
		return err
	}
	for _, w := range worlds {
		policy := client.Policy{}
		maps.Copy(policy, s.policy)
		maps.Copy(policy, w.setup.Policy)
		w.setup.Policy = policy
		if err := controls.Arrange(ctx, w.name, w.setup); err != nil {
			return fmt.Errorf("arrange world %s: %w", w.name, err)
		}
	}
	return nil
}
