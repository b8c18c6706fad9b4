package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/defect"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/siphandler"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/voicewebhook"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// A Sandbox is the running listeners of one process. Two can run side by side.
type Sandbox struct {
	Service *world.Service
	member  *http.Server
	console *http.Server
	phone   *sip.Server  // nil for none
	kept    *store.Kept  // nil for worlds in memory
	saved   *savedFolder // nil for none
	// MemberURL and ConsoleURL are where they answer, without a slash at the end;
	// "" where members are not served.
	MemberURL, ConsoleURL string
	front                 string // what a browser is told instead of MemberURL
	providers
	states      []namedState // of the listeners
	outbound    *outbound.Rules
	failed      chan error
	sweeping    sync.WaitGroup
	endSweeping context.CancelFunc // nil until it has begun
	log         *slog.Logger
}

// Start listens and serves. What it returns is ready for requests. A nil log is
// silent.
func Start(c Config, log *slog.Logger) (*Sandbox, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	ports, err := c.ports()
	if err != nil {
		return nil, err
	}
	rules := outbound.NewRules(c.CallBackHosts...)
	s := &Sandbox{failed: make(chan error, 8), log: log, outbound: rules}
	worlds, snapshots, claims, err := s.openStore(c)
	if err != nil {
		return nil, err
	}
	s.Service, err = world.New(world.Config{Machine: clock.Machine, Bounds: c.Bounds, Store: worlds, Claims: claims,
		Snapshots: snapshots, Documents: store.Documents{}, Ports: ports, Hotline: c.hotline(), Outbound: rules,
		AnyCard: c.IssuerCards == "any", Defects: defect.All(), Lease: c.lease()})
	if err == nil {
		err = s.furnish(c, log)
	}
	if err == nil {
		err = s.startProviders(c, log)
	}
	if err == nil {
		err = s.listenForCalls(c, log)
	}
	if err == nil {
		err = s.startSites(c, log) // they tell where the providers are
	}
	if err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	s.startSweeping()
	s.saved.mayBeWritten() // what could not be begun is not written over what was saved
	s.tell(log)
	return s, nil
}

// tell logs where the sandbox listens.
func (s *Sandbox) tell(log *slog.Logger) {
	for _, at := range s.Listeners() {
		log.Info("listening", "listener", at.Name, "address", at.Address)
	}
}

// A Listener is one of a running sandbox's.
type Listener struct{ Name, Address string }

// Listeners are those that answer, with their URLs or addresses.
func (s *Sandbox) Listeners() (all []Listener) {
	sip := ""
	if s.phone != nil {
		sip = s.phone.Addr()
	}
	for _, l := range []Listener{{"member", s.MemberURL}, {"console", s.ConsoleURL}, {"rest", s.RESTURL}, {"smtp", s.SMTP}, {"imap",
		s.IMAP}, {"smpp", s.SMPP}, {"sip", sip}} {
		if l.Address != "" {
			all = append(all, l)
		}
	}
	return all
}

// SIP is where the telephone answers, "" for nowhere.
func (s *Sandbox) SIP() string {
	if s.phone == nil {
		return ""
	}
	return s.phone.Addr()
}

// CallsGoing is how many calls over SIP go on.
func (s *Sandbox) CallsGoing() int {
	if s.phone == nil {
		return 0
	}
	return s.phone.Going()
}

// Front is what a browser is told instead of MemberURL: the same, or
// -member-url of the world default.
func (s *Sandbox) Front() string { return s.front }

// Failed tells that a listener has failed; the sandbox should be stopped then.
func (s *Sandbox) Failed() <-chan error { return s.failed }

// startSites serves the members' pages and API, unless they are not wanted, and
// the console.
func (s *Sandbox) startSites(c Config, log *slog.Logger) error {
	memberURL := func(string) string { return "" }
	if c.Only != OnlyProviders {
		l, err := s.listenForPages("the members' pages", "member", c.Member, c)
		if err != nil {
			return err
		}
		_, port, _ := net.SplitHostPort(l.Addr().String()) // a listener's address has a port
		if s.front = l.url(); c.Public == "" {
			c.Public = l.scheme + "://" + worldPlace + ".localhost:" + port
		} else {
			s.front = strings.TrimSuffix(c.memberURL(middleware.Default), "/")
		}
		memberURL = c.memberURL
		mux := http.NewServeMux()
		mux.Handle(api.Prefix, middleware.Late(func() http.Handler { return api.New(s.Service, log) }))
		portal := middleware.Late(func() http.Handler { return app.New(s.Service, log) })
		mux.Handle(app.Prefix, portal)
		mux.Handle(app.Prefix+"/", portal)
		if c.VoiceToken != "" {
			mux.Handle(voicewebhook.Prefix, voicewebhook.New(s.Service, c.VoiceToken, log))
		}
		mux.Handle("/", middleware.Late(func() http.Handler { return web.New(s.Service, log) }))
		s.MemberURL, s.member = l.url(), s.serve(l, c.Member, logged(s.oneRequest(mux), "member", log))
	}
	l, err := s.listenForPages("the console", "console", c.Console, c)
	if err != nil {
		return err
	}
	s.ConsoleURL, s.console = l.url(), s.serve(l, c.Console, logged(s.oneRequest(s.forTesters(c, memberURL, log)), "console", log))
	return nil
}

// oneRequest has a store ask once a request whether others have changed a world, where
// there are others.
func (s *Sandbox) oneRequest(h http.Handler) http.Handler {
	if s.kept == nil {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(world.OneRequest(r.Context())))
	})
}

// Reachable is the URL of what listens at an address, for somebody on the same
// machine: one that listens everywhere is found on loopback.
func Reachable(address string) (string, error) { return reachable("http", address) }

func reachable(scheme, address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, port), nil
}

// listenForCalls takes calls over SIP, if it is to.
func (s *Sandbox) listenForCalls(c Config, log *slog.Logger) error {
	if !c.telephone() {
		return nil
	}
	var err error
	s.phone, err = sip.Listen(sip.Config{Address: c.SIP, Limits: c.calls(), Handler: siphandler.New(s.Service), Log: log})
	if err != nil {
		return busy("the telephone", "sip", c.SIP, err)
	}
	s.states = append(s.states, namedState{"sip", s.phone.State})
	s.outbound.Own(s.phone.NetAddr())
	go func() {
		if err, ok := <-s.phone.Failed(); ok {
			s.failed <- err
		}
	}()
	return nil
}

// serve serves one listener. On loopback it answers for this machine's names
// only. Nobody may hold a connection for ever by sending slowly.
func (s *Sandbox) serve(l net.Listener, address string, h http.Handler) *http.Server {
	return s.serveWithin(l, address, h, slow)
}

// slow is how long a request of the pages and APIs may take to arrive, and a part
// of an answer to be read.
const slow = time.Minute

// longest is how long a connection of the pages and APIs may hold its place where
// another wants one: longer than any wait of the control API.
const longest = 90 * time.Second

// serveWithin is serve for requests that take no longer than that to arrive.
func (s *Sandbox) serveWithin(l net.Listener, address string, h http.Handler, slow time.Duration) *http.Server {
	if local, _ := onLoopback(address); local {
		h = middleware.Hosts(h)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: min(slow, 10*time.Second), ReadTimeout: slow, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10, ConnState: connState,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)} // what clients do wrong, like handshakes that fail
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
	return server
}

// Stop ends all listeners, and lets requests under way finish for a moment.
func (s *Sandbox) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var phone error
	if s.phone != nil {
		phone = s.phone.Close()
	}
	defer s.log.Info("stopped")
	s.stopSweeping()
	return errors.Join(phone, end(ctx, s.member), end(ctx, s.console), s.providers.stop(ctx), s.saved.close(s.Service), s.closeStore())
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
