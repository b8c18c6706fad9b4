package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/rest"
	"example.com/netanswer/sandbox/console"
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
func (s *sandbox) startProviders(c config, log *slog.Logger) error {
	p := &s.providers
	p.gateway = gateway.New(gateway.Config{Service: s.service, Limits: c.Limits, Log: log})
	if c.REST != "" {
		l, err := listen("the providers' HTTP APIs", c.REST, c.Limits.Connections)
		if err != nil {
			return err
		}
		p.RESTURL = "http://" + l.Addr().String()
		p.rest = s.serveWithin(l, c.REST, p.https(log), c.Limits.Idle)
	}
	if c.SMPP != "" {
		var err error
		if p.SMPP, err = s.answer("SMPP", c.SMPP, c.Limits.Connections, p.gateway.SMPP()); err != nil {
			return err
		}
	}
	return s.startMail(c)
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
	mux.Handle(issuerDocs, middleware.Docs("発行元 API", rest.OpenAPI+".json", issuerDocs))
	return mux
}

// issuerDocs is where the core system's contract can be read.
const issuerDocs = issuer.Prefix + "docs/"

// startMail listens for the protocols of mail.
func (s *sandbox) startMail(c config) (err error) {
	if c.SMTP == "" && c.IMAP == "" {
		return nil
	}
	cert, err := gateway.Certificate()
	if err != nil {
		return err
	}
	if c.SMTP != "" {
		if s.SMTP, err = s.answer("SMTP", c.SMTP, c.Limits.Connections, s.gateway.SMTP(cert)); err != nil {
			return err
		}
	}
	if c.IMAP != "" {
		if s.IMAP, err = s.answer("IMAP", c.IMAP, c.Limits.Connections, s.gateway.IMAP(cert)); err != nil {
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

// answer listens for a protocol that is not HTTP and serves it.
func (s *sandbox) answer(what, address string, most int, with server) (listening string, err error) {
	l, err := listen(what, address, most)
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

// told is what the console tells of the providers.
func (p *providers) told(c config) console.Providers {
	l := c.Limits
	return console.Providers{REST: p.RESTURL, SMTP: p.SMTP, IMAP: p.IMAP, SMPP: p.SMPP, Connections: l.Connections, Recipients: l.Recipients,
		Parts: l.Window, Idle: l.Idle, Hold: l.Hold, CallBack: l.CallBack, Mail: l.Mail, Asked: asked(c)}
}

// asked is what the console tells of the core system that is asked over the wire.
func asked(c config) *console.Asked {
	if c.Issuer == "" {
		return nil
	}
	address, err := url.Parse(c.Issuer)
	if err != nil {
		return nil // config.check has refused it
	}
	p := c.IssuerRetry
	return &console.Asked{Address: address.Redacted(), Try: p.Try, Question: p.Total, Wait: p.Wait, Rest: p.Rest, Retries: p.Retries, Failures: p.Failures}
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

// listen listens for at most so many connections at once; more wait.
func listen(what, address string, most int) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for %s: %w", what, err)
	}
	return &bounded{Listener: l, places: make(chan struct{}, most), closed: make(chan struct{})}, nil
}

// bounded is a listener of so many connections at once.
type bounded struct {
	net.Listener
	places chan struct{}
	once   sync.Once
	closed chan struct{}
}

func (b *bounded) Accept() (net.Conn, error) {
	select {
	case b.places <- struct{}{}:
	case <-b.closed:
		return nil, net.ErrClosed
	}
	conn, err := b.Listener.Accept()
	if err != nil {
		<-b.places
		return nil, err
	}
	return &placed{Conn: conn, free: sync.OnceFunc(func() { <-b.places })}, nil
}

func (b *bounded) Close() error {
	b.once.Do(func() { close(b.closed) })
	return b.Listener.Close()
}

// placed is a connection that frees its place when it is closed.
type placed struct {
	net.Conn
	free func()
}

func (p *placed) Close() error {
	p.free()
	return p.Conn.Close()
}
