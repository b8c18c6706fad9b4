package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/rest"
	"example.com/netanswer/mocks/listener"
	"example.com/netanswer/sandbox/apidocs"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/middleware"
)

// providers are the listeners of the providers' own protocols.
type providers struct {
	gateway *gateway.Gateway
	rest    *http.Server
	closers []func() error
	// RESTURL is where the HTTP APIs answer, without a slash at the end. It and
	// the addresses of the others are "" where they do not listen.
	RESTURL, SMTP, IMAP, SMPP string
}

// startProviders listens for the providers' protocols. What it returns is
// ready for clients.
func (s *Sandbox) startProviders(c Config, log *slog.Logger) error {
	p := &s.providers
	g := gateway.Config{Service: s.Service, Limits: c.Limits, Log: log}
	if s.kept != nil {
		g.Index = s.kept.Index()
	}
	p.gateway = gateway.New(g)
	if c.REST != "" {
		l, err := s.listen("the providers' HTTP APIs", "rest", c.REST, within(c.Limits))
		if err != nil {
			return err
		}
		p.RESTURL = "http://" + l.Addr().String()
		p.rest = s.serveWithin(l, c.REST, logged(middleware.OwnPages(middleware.Unasked(p.https(log)), nil), "rest", log), c.Limits.Idle)
	}
	if c.SMPP == "" && c.SMTP == "" && c.IMAP == "" {
		return nil
	}
	cert, err := gateway.Certificate()
	if err != nil {
		return err
	}
	if c.SMPP != "" {
		if p.SMPP, err = s.answer("SMPP", "smpp", c.SMPP, c.Limits, p.gateway.SMPP(cert)); err != nil {
			return err
		}
	}
	return s.startMail(c, cert)
}

// https are the providers' APIs over HTTP: Twilio's, and the core system's with
// its document.
func (p *providers) https(log *slog.Logger) http.Handler {
	middleware.ForHuma()
	mux := http.NewServeMux()
	mux.Handle("/", p.gateway.Twilio())
	failed := func(w http.ResponseWriter, _ *http.Request, incident string) {
		middleware.NewProblem(http.StatusInternalServerError, "internal", "incident "+incident).Write(w)
	}
	mux.Handle(issuer.Prefix, middleware.Survive(p.gateway.Issuer(), log, failed))
	mux.Handle(IssuerDocs, apidocs.New(apidocs.Config{Path: IssuerDocs, Address: rest.OpenAPI + ".json", Document: rest.Document}))
	return mux
}

// IssuerDocs is where the core system's contract can be read.
const IssuerDocs = issuer.Prefix + "docs/"

// startMail listens for the protocols of mail.
func (s *Sandbox) startMail(c Config, cert tls.Certificate) (err error) {
	if c.SMTP != "" {
		if s.SMTP, err = s.answer("SMTP", "smtp", c.SMTP, c.Limits, s.gateway.SMTP(cert)); err != nil {
			return err
		}
	}
	if c.IMAP != "" {
		if s.IMAP, err = s.answer("IMAP", "imap", c.IMAP, c.Limits, s.gateway.IMAP(cert)); err != nil {
			return err
		}
	}
	return nil
}

// A server serves one protocol.
type server interface {
	Serve(net.Listener) error
	Close() error
}

// within is how much a provider's clients may take of it.
func within(l gateway.Limits) listener.Config {
	return listener.Config{Most: l.Connections, Share: l.Idle, Write: l.Idle}
}

// answer listens for a protocol that is not HTTP and serves it.
func (s *Sandbox) answer(what, flag, address string, limits gateway.Limits, with server) (listening string, err error) {
	bounds := within(limits)
	bounds.NoHTTP = true
	l, err := s.listen(what, flag, address, bounds)
	if err != nil {
		return "", err
	}
	s.closers = append(s.closers, with.Close)
	go func() {
		if err := with.Serve(l); err != nil {
			s.failed <- fmt.Errorf("%s: %w", what, err)
		}
	}()
	return l.Addr().String(), nil
}

// told is what the control API tells of the providers.
func (p *providers) told(c Config) control.Providers {
	l := c.Limits
	return control.Providers{
		REST:        p.RESTURL,
		SMTP:        p.SMTP,
		IMAP:        p.IMAP,
		SMPP:        p.SMPP,
		Connections: l.Connections,
		Recipients:  l.Recipients,
		Parts:       l.Window,
		Outgoing:    l.Outgoing,
		Idle:        l.Idle,
		Hold:        l.Hold,
		CallBack:    l.CallBack,
		Mail:        l.Mail,
		Asked:       asked(c),
	}
}

// asked is what the control API tells of the core system that is asked over the wire.
func asked(c Config) *control.Asked {
	if c.Issuer == "" {
		return nil
	}
	address, err := url.Parse(c.Issuer)
	if err != nil {
		return nil // config.check has refused it
	}
	p := c.IssuerRetry
	return &control.Asked{
		Address:  address.Redacted(),
		Try:      p.Try,
		Question: p.Total,
		Wait:     p.Wait,
		Rest:     p.Rest,
		Retries:  p.Retries,
		Failures: p.Failures,
	}
}

// stop ends all of them.
func (p *providers) stop(ctx context.Context) error {
	var errs []error
	for _, closeOne := range p.closers {
		errs = append(errs, closeOne())
	}
	errs = append(errs, end(ctx, p.rest))
	if p.gateway != nil {
		p.gateway.Close()
	}
	return errors.Join(errs...)
}
