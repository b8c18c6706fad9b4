package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/console"
	"example.com/netanswer/sandbox/defect"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/siphandler"
	"example.com/netanswer/sandbox/voicewebhook"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// A sandbox is the running listeners of one process. Two can run side by side.
type sandbox struct {
	service *world.Service
	member  *http.Server
	console *http.Server
	phone   *sip.Server // nil for none
	// MemberURL and ConsoleURL are where they answer, without a slash at the end;
	// "" where members are not served.
	MemberURL, ConsoleURL string
	front                 string // what a browser is told instead of MemberURL
	providers
	failed chan error
}

// start listens and serves. What it returns is ready for requests.
func start(c config, log *slog.Logger) (*sandbox, error) {
	ports, err := c.ports()
	if err != nil {
		return nil, err
	}
	service, err := world.New(world.Config{Machine: clock.Machine, Bounds: c.Bounds, Ports: ports, Hotline: c.hotline(), Hosts: c.CallBackHosts, Defects: defect.All()})
	if err != nil {
		return nil, err
	}
	s := &sandbox{service: service, failed: make(chan error, 8)}
	err = s.startProviders(c, log)
	if err == nil {
		err = s.listenForCalls(c, log)
	}
	if err == nil {
		err = s.startFaces(c, log) // they tell where the providers are
	}
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// startFaces serves the members' pages and API, unless they are not wanted, and
// the console.
func (s *sandbox) startFaces(c config, log *slog.Logger) error {
	memberURL := func(string) string { return "" }
	if c.Only != onlyProviders {
		l, err := net.Listen("tcp", c.Member)
		if err != nil {
			return fmt.Errorf("listen for members: %w", err)
		}
		_, port, _ := net.SplitHostPort(l.Addr().String()) // a listener's address has a port
		if s.front = urlOf(l); c.Public == "" {
			c.Public = "http://" + worldPlace + ".localhost:" + port
		} else {
			s.front = strings.TrimSuffix(c.memberURL(middleware.Default), "/")
		}
		memberURL = c.memberURL
		mux := http.NewServeMux()
		mux.Handle(api.Prefix, api.New(s.service, log))
		portal := app.New(s.service, log)
		mux.Handle(app.Prefix, portal)
		mux.Handle(app.Prefix+"/", portal)
		if c.VoiceToken != "" {
			mux.Handle(voicewebhook.Prefix, voicewebhook.New(s.service, c.VoiceToken, log))
		}
		mux.Handle("/", web.New(s.service, log))
		s.MemberURL, s.member = urlOf(l), s.serve(l, c.Member, mux)
	}
	l, err := net.Listen("tcp", c.Console)
	if err != nil {
		return fmt.Errorf("listen for the console: %w", err)
	}
	controls := console.New(console.Config{Service: s.service, Log: log, Token: c.Token, MemberURL: memberURL,
		Gallery: page.Gallery(log, web.Section(s.service), app.Section(s.service)), Providers: s.providers.told(c), Telephone: s.telephone()})
	s.ConsoleURL, s.console = urlOf(l), s.serve(l, c.Console, controls)
	return nil
}

// urlOf is where this machine finds what listens.
func urlOf(l net.Listener) string {
	url, _ := reachable(l.Addr().String()) // a listener's address has a port
	return url
}

// listenForCalls takes calls over SIP, if it is to.
func (s *sandbox) listenForCalls(c config, log *slog.Logger) error {
	if !c.telephone() {
		return nil
	}
	var err error
	s.phone, err = sip.Listen(sip.Config{Address: c.SIP, Limits: c.Calls, Exchange: siphandler.New(s.service), Log: log})
	if err != nil {
		return err
	}
	go func() {
		if err, ok := <-s.phone.Failed(); ok {
			s.failed <- err
		}
	}()
	return nil
}

// telephone is what the console tells of calls over SIP.
func (s *sandbox) telephone() console.Telephone {
	if s.phone == nil {
		return console.Telephone{}
	}
	return console.Telephone{Address: s.phone.Addr(), Limits: s.phone.Limits}
}

// serve serves one listener. On loopback it answers for this machine's names
// only. Nobody may hold a connection for ever by sending slowly.
func (s *sandbox) serve(l net.Listener, address string, h http.Handler) *http.Server {
	return s.serveWithin(l, address, h, time.Minute)
}

// serveWithin is serve for requests that take no longer than that to arrive.
func (s *sandbox) serveWithin(l net.Listener, address string, h http.Handler, slow time.Duration) *http.Server {
	if local, _ := onLoopback(address); local {
		h = middleware.Hosts(h)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: min(slow, 10*time.Second), ReadTimeout: slow, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
	return server
}

// stop ends all listeners, and lets requests under way finish for a moment.
func (s *sandbox) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var phone error
	if s.phone != nil {
		phone = s.phone.Close()
	}
	return errors.Join(phone, end(ctx, s.member), end(ctx, s.console), s.providers.stop(ctx))
}

// end closes a server, also what does not finish in time, like a stream of
// events. nil serves nothing.
func end(ctx context.Context, server *http.Server) error {
	if server == nil {
		return nil
	}
	if err := server.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	} else if err != nil {
		return err
	}
	return nil
}

// serveCommand is `netanswer serve`.
func serveCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	c, err := readConfig(args, environ(), errOut)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(errOut, nil))
	s, err := start(c, log)
	if err != nil {
		return err
	}
	greet(out, s)
	select {
	case <-ctx.Done():
		return s.stop()
	case err := <-s.failed:
		return errors.Join(err, s.stop())
	}
}

// greet tells a person where to begin.
func greet(out io.Writer, s *sandbox) {
	fmt.Fprintf(out, "netanswer: Netアンサー新規登録サンドボックス（テスト専用）\n\n")
	if s.MemberURL != "" {
		fmt.Fprintf(out, "  会員の画面          %s/\n  スマートフォンアプリ %s/app\n  JSON API            %s/api/docs/\n", s.front, s.front, s.front)
	}
	fmt.Fprintf(out, "  コンソール          %s/\n", s.ConsoleURL)
	for _, p := range []struct{ name, address string }{{"SMS (Twilio REST)", s.RESTURL}, {"SMS (SMPP)", s.SMPP}, {"メール (SMTP)", s.SMTP}, {"メール (IMAP)", s.IMAP}} {
		if p.address != "" {
			fmt.Fprintf(out, "  %-18s  %s\n", p.name, p.address)
		}
	}
	if s.RESTURL != "" {
		fmt.Fprintf(out, "  発行元の API        %s%s\n", s.RESTURL, issuerDocs)
	}
	if s.phone != nil {
		fmt.Fprintf(out, "  電話 (SIP)          sip:%s  UDP と TCP\n", s.phone.Addr())
	}
	fmt.Fprintln(out)
	if s.MemberURL == "" {
		fmt.Fprintf(out, "プロバイダーだけを動かしています。Ctrl+C で終わります。\n")
		return
	}
	fmt.Fprintf(out, "最初に試すテストカード（番号  有効期限  セキュリティコード）:\n")
	for _, m := range s.service.Members() {
		for _, c := range m.Cards {
			fmt.Fprintf(out, "  %-16s  %s  %-4s  %s %s\n", c.Number, c.Expiry, c.SecurityCode, m.Called, m.For)
		}
	}
	fmt.Fprintf(out, "\n実在のカード番号や個人情報は入力しないでください。Ctrl+C で終わります。\n")
}
