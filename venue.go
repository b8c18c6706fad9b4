package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/integrator"
)

// A set of endpoints is a sandbox that scenarios are tried against, by its addresses. The
// zero value is none: verify then starts one of its own.
type endpoints struct {
	member, console string // URLs
	token           string
	at              client.Providers // what the console does not tell, like ports that are mapped
	here            string           // how the sandbox finds this machine
	wiremock        string           // URL of the WireMock that is its issuer, "" for none
}

// flags are those of verify. The token may come by the variable that serve reads.
func (v *endpoints) flags(set *flag.FlagSet, environ []string) {
	for _, pair := range environ {
		if value, ok := strings.CutPrefix(pair, variablePrefix+"CONTROL_TOKEN="); ok {
			v.token = value
		}
	}
	set.StringVar(&v.member, "member", "", "URL of the member-facing pages and API of a sandbox that runs already, with -console; none: start one")
	set.StringVar(&v.console, "console", "", "URL of its console and control API")
	set.StringVar(&v.token, "control-token", v.token, "its control token")
	set.StringVar(&v.at.REST, "rest", "", "URL of its providers' HTTP APIs, where it is not what the console tells, like in a container")
	set.StringVar(&v.at.SMPP, "smpp", "", "address of its SMPP, likewise")
	set.StringVar(&v.at.SMTP, "smtp", "", "address of its SMTP, likewise")
	set.StringVar(&v.at.IMAP, "imap", "", "address of its IMAP, likewise")
	set.StringVar(&v.at.SIP, "sip", "", "address of its telephone, likewise; sound comes back from it, so that a port that is mapped will not do")
	set.StringVar(&v.wiremock, "wiremock", "", "URL of the WireMock that is the issuer of that sandbox, or of the one that verify starts, on the stubs of issuer export; each scenario counts and breaks its own there")
	set.StringVar(&v.here, "here", "", "host by which that sandbox finds this machine, for voice webhooks (default: the address that faces it)")
}

func (v *endpoints) elsewhere() bool { return v.console != "" }

func (v *endpoints) check(issuer string) error {
	switch told := v.told(); {
	case !v.elsewhere() && len(told) > 0 && (len(told) > 1 || v.wiremock == ""):
		return errors.New("verify: a sandbox that runs already is named by both -member and -console")
	case issuer != "" && v.elsewhere():
		return errors.New("verify: a sandbox that runs already has an issuer; -issuer is for one that verify starts")
	case issuer != "" && v.wiremock != "":
		return errors.New("verify: -wiremock names the issuer; -issuer does as well")
	}
	var errs []error
	for _, flag := range v.told() {
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
	if v.elsewhere() && v.member == "" {
		errs = append(errs, errors.New("verify: -console without -member"))
	}
	v.member, v.console, v.at.REST = strings.TrimSuffix(v.member, "/"), strings.TrimSuffix(v.console, "/"), strings.TrimSuffix(v.at.REST, "/")
	v.wiremock = strings.TrimSuffix(v.wiremock, "/")
	return errors.Join(errs...)
}

// told are the flags that name the sandbox, but for its token.
func (v *endpoints) told() (flags [][2]string) {
	for _, flag := range [][2]string{{"member", v.member}, {"console", v.console}, {"rest", v.at.REST}, {"smpp", v.at.SMPP},
		{"smtp", v.at.SMTP}, {"imap", v.at.IMAP}, {"sip", v.at.SIP}, {"wiremock", v.wiremock}, {"here", v.here}} {
		if flag[1] != "" {
			flags = append(flags, flag)
		}
	}
	return flags
}

func (v *endpoints) controls() *client.Client {
	return client.New(v.console, client.WithToken(v.token))
}

// partner is where a backend finds the endpoints's providers, and they find it.
func (v *endpoints) partner() integrator.Backend { return integrator.Backend{At: v.at, Here: v.here} }

// endpointsTimeout is how long a sandbox may take to say that it is well.
const endpointsTimeout = 10 * time.Second

// open sees that the sandbox is there and takes the token, and finds out how it
// finds this machine.
func (v *endpoints) open(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, endpointsTimeout)
	defer cancel()
	controls := v.controls()
	err := controls.Healthy(ctx)
	if err == nil {
		err = takesToken(ctx, controls)
	}
	if err != nil {
		return fmt.Errorf("verify: no sandbox to try at %s: %w", v.console, err)
	}
	if v.here != "" {
		return nil
	}
	u, err := url.Parse(v.console)
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
	v.here, _, err = net.SplitHostPort(conn.LocalAddr().String())
	return errors.Join(err, conn.Close())
}
