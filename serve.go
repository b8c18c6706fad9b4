package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/console"
	"example.com/netanswer/sandbox/defect"
	"example.com/netanswer/sandbox/gate"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// A sandbox is the running listeners of one process. Two can run side by side.
type sandbox struct {
	service *world.Service
	member  *http.Server
	console *http.Server
	// MemberURL and ConsoleURL are where they answer, without a slash at the end.
	MemberURL, ConsoleURL string
	failed                chan error
}

// start listens and serves. What it answers with is ready for requests.
func start(c config, log *slog.Logger) (*sandbox, error) {
	memberListener, err := net.Listen("tcp", c.Member)
	if err != nil {
		return nil, fmt.Errorf("listen for members: %w", err)
	}
	consoleListener, err := net.Listen("tcp", c.Console)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen for the console: %w", err), memberListener.Close())
	}
	service, err := world.New(world.Config{Machine: clock.Machine, Bounds: c.Bounds, Defects: defect.All()})
	if err != nil {
		return nil, errors.Join(err, memberListener.Close(), consoleListener.Close())
	}
	s := &sandbox{service: service, failed: make(chan error, 2),
		MemberURL: "http://" + memberListener.Addr().String(), ConsoleURL: "http://" + consoleListener.Addr().String()}
	_, port, _ := net.SplitHostPort(memberListener.Addr().String()) // a listener's address has a port
	memberURL := func(world string) string { return "http://" + world + ".localhost:" + port + "/" }

	mux := http.NewServeMux()
	mux.Handle(api.Prefix, api.New(service, log))
	portal := app.New(service, log)
	mux.Handle(app.Prefix, portal)
	mux.Handle(app.Prefix+"/", portal)
	mux.Handle("/", web.New(service, log))
	controls := console.New(console.Config{Service: service, Log: log, Token: c.Token, MemberURL: memberURL,
		Gallery: page.Gallery(log, web.Hall(service), app.Hall(service))})
	s.member = s.serve(memberListener, c.Member, mux)
	s.console = s.serve(consoleListener, c.Console, controls)
	return s, nil
}

// serve serves one listener. On loopback it answers for this machine's names
// only. Nobody may hold a connection for ever by sending slowly.
func (s *sandbox) serve(l net.Listener, address string, h http.Handler) *http.Server {
	if local, _ := onLoopback(address); local {
		h = gate.Hosts(h)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
	return server
}

// stop ends both listeners, and lets requests under way finish for a moment.
func (s *sandbox) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	return errors.Join(end(ctx, s.member), end(ctx, s.console))
}

// end closes what does not finish in time, like a stream of events.
func end(ctx context.Context, server *http.Server) error {
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
	fmt.Fprintf(out, "  会員の画面          %s/\n  スマートフォンアプリ %s/app\n  JSON API            %s/api/docs/\n  コンソール          %s/\n\n", s.MemberURL, s.MemberURL, s.MemberURL, s.ConsoleURL)
	fmt.Fprintf(out, "最初に試すテストカード（番号  有効期限  セキュリティコード）:\n")
	for _, m := range s.service.Members() {
		for _, c := range m.Cards {
			fmt.Fprintf(out, "  %-16s  %s  %-4s  %s %s\n", c.Number, c.Expiry, c.SecurityCode, m.Called, m.For)
		}
	}
	fmt.Fprintf(out, "\n実在のカード番号や個人情報は入力しないでください。Ctrl+C で終わります。\n")
}
