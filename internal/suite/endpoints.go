package suite

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/integrator"
)

// Endpoints are a sandbox that scenarios are tried against, by its addresses. The
// zero value is none: verify then starts one of its own.
type Endpoints struct {
	Member, Console string // URLs
	Token           string
	At              client.Providers // what the console does not tell, like ports that are mapped
	Here            string           // how the sandbox finds this machine
	WireMock        string           // URL of the WireMock that is its issuer, "" for none
}

func (v *Endpoints) elsewhere() bool { return v.Console != "" }

// Check tells what is wrong with the endpoints; issuer is Options.Issuer.
func (v *Endpoints) Check(issuer string) error {
	switch told := v.Told(); {
	case !v.elsewhere() && len(told) > 0 && (len(told) > 1 || v.WireMock == ""):
		return errors.New("verify: a sandbox that runs already is named by both -member and -console")
	case issuer != "" && v.elsewhere():
		return errors.New("verify: a sandbox that runs already has an issuer; -issuer is for one that verify starts")
	case issuer != "" && v.WireMock != "":
		return errors.New("verify: -wiremock names the issuer; -issuer does as well")
	}
	var errs []error
	for _, flag := range v.Told() {
		switch name, value := flag[0], flag[1]; name {
		case "member", "console", "rest", "wiremock":
			u, err := url.Parse(value)
			if err != nil || u.Scheme != "http" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
				errs = append(errs, fmt.Errorf("verify: -%s %q: want a URL like http://127.0.0.1:8080", name, value))
			}
		case "smpp", "smtp", "imap", "sip":
			if _, _, err := net.SplitHostPort(value); err != nil {
				errs = append(errs, fmt.Errorf("verify: -%s %q: want an address like 127.0.0.1:1025", name, value))
			}
		}
	}
	if v.elsewhere() && v.Member == "" {
		errs = append(errs, errors.New("verify: -console without -member"))
	}
	v.Member, v.Console, v.At.REST = strings.TrimSuffix(
		v.Member,
		"/",
	), strings.TrimSuffix(
		v.Console,
		"/",
	), strings.TrimSuffix(
		v.At.REST,
		"/",
	)
	v.WireMock = strings.TrimSuffix(v.WireMock, "/")
	return errors.Join(errs...)
}

// Told are the flags that name the sandbox, but for its token.
func (v *Endpoints) Told() (flags [][2]string) {
	for _, flag := range [][2]string{{"member", v.Member}, {"console", v.Console}, {"rest", v.At.REST}, {"smpp", v.At.SMPP},
		{"smtp", v.At.SMTP}, {"imap", v.At.IMAP}, {"sip", v.At.SIP}, {"wiremock", v.WireMock}, {"here", v.Here}} {
		if flag[1] != "" {
			flags = append(flags, flag)
		}
	}
	return flags
}

func (v *Endpoints) controls() *client.Client {
	return client.New(v.Console, client.WithToken(v.Token))
}

// integrator is where a backend finds the endpoints's providers, and they find it.
func (v *Endpoints) integrator() integrator.Backend {
	return integrator.Backend{At: v.At, Here: v.Here}
}

// endpointsTimeout is how long a sandbox may take to say that it is well.
const endpointsTimeout = 10 * time.Second

// open sees that the sandbox is there and takes the token, and finds out how it
// finds this machine.
func (v *Endpoints) open(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, endpointsTimeout)
	defer cancel()
	controls := v.controls()
	err := controls.Healthy(ctx)
	if err == nil {
		err = TakesToken(ctx, controls)
	}
	if err != nil {
		return fmt.Errorf("verify: no sandbox to try at %s: %w", v.Console, err)
	}
	if v.Here != "" {
		return nil
	}
	u, err := url.Parse(v.Console)
	if err != nil {
		return err
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return err
	}
	v.Here, _, err = net.SplitHostPort(conn.LocalAddr().String())
	return errors.Join(err, conn.Close())
}

// TakesToken asks whether a sandbox takes the client's token.
func TakesToken(ctx context.Context, c *client.Client) error {
	_, err := c.Bounds(ctx) // which, unlike its health, is told to the token only
	var problem *client.Problem
	if errors.As(err, &problem) && problem.Status == http.StatusUnauthorized {
		return errors.New("the sandbox does not take this control token")
	}
	return err
}
