package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/say"
)

// serveCommand is `netanswer serve`.
func serveCommand(ctx context.Context, p Process, args []string) error {
	c, err := server.ReadConfig(args, p.Environ, p.Err)
	if err != nil {
		return err
	}
	terminal := terminalOf(p)
	if c.Plain || c.LogFormat != "text" {
		terminal = nil
	}
	slow := newSlowLog(p.Err, c.Logger(p.Err))
	defer slow.Close()
	log, told := c.Logger(slow), newLiveLog(c.LogLevel, nil)
	if terminal != nil {
		if besides(p.Err) != nil {
			told = newLiveLog(c.LogLevel, slow)
		}
		log = slog.New(told)
	}
	s, err := server.Start(c, log)
	if err != nil {
		return err
	}
	if terminal == nil {
		greet(p.Out, s, p.languageOf(args))
	}
	if c.Open {
		if err := openInBrowser(ctx, s.ConsoleURL); err != nil {
			fmt.Fprintln(p.Err, "netanswer:", err) // the sandbox is well without
		}
	}
	if terminal != nil {
		view := liveView{sandbox: s, told: told, language: p.languageOf(args)}
		return errors.Join(view.follow(ctx, terminal), s.Stop())
	}
	select {
	case <-ctx.Done():
		return s.Stop()
	case err := <-s.Failed():
		return errors.Join(err, s.Stop())
	}
}

// besides is where lines of the log go besides a live view: to a file or a pipe, but not
// onto the terminal that shows it.
func besides(log io.Writer) io.Writer {
	if file, ok := log.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return log
}

// padded is a name as wide as the longest, on a terminal: a Japanese letter takes two
// columns.
func padded(name string) string {
	columns := 20
	for _, r := range name {
		columns--
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			columns--
		}
	}
	return name + strings.Repeat(" ", max(columns, 0))
}

// greet tells a person where to begin.
func greet(out io.Writer, s *server.Sandbox, l say.Language) {
	fmt.Fprintf(out, "%s\n\n", l.Of("netanswer: Netアンサー新規登録サンドボックス（テスト専用）", "netanswer: sandbox of the Netアンサー registration (TEST ONLY)"))
	for _, p := range []struct{ name, at, before, after string }{
		{l.Of("会員の画面", "members' pages"), s.Front(), "", "/"},
		{l.Of("スマートフォンアプリ", "smartphone app"), s.Front(), "", "/app"},
		{"JSON API", s.Front(), "", "/api/docs/"},
		{l.Of("コンソール", "console"), s.ConsoleURL, "", "/"}, {"SMS (Twilio REST)", s.RESTURL, "", ""}, {"SMS (SMPP)", s.SMPP, "", ""},
		{l.Of("メール (SMTP)", "mail (SMTP)"), s.SMTP, "", ""}, {l.Of("メール (IMAP)", "mail (IMAP)"), s.IMAP, "", ""},
		{l.Of("発行元の API", "issuer API"), s.RESTURL, "", server.IssuerDocs},
		{l.Of("電話 (SIP)", "telephone (SIP)"), s.SIP(), "sip:", l.Of("  UDP と TCP", "  UDP and TCP")},
	} {
		if p.at != "" {
			fmt.Fprintf(out, "  %s  %s%s%s\n", padded(p.name), p.before, p.at, p.after)
		}
	}
	fmt.Fprintln(out)
	if s.MemberURL == "" {
		fmt.Fprintln(out, l.Of("事業者だけを動かしています。Ctrl+C で終わります。", "Only the providers run. Ctrl+C ends them."))
		return
	}
	fmt.Fprintln(out, l.Of("最初に試すテストカード（番号  有効期限  セキュリティコード）:", "Test cards to begin with (number, expiry, security code):"))
	for _, m := range s.Service.Control().TestMembers() {
		for _, c := range m.Cards {
			fmt.Fprintf(out, "  %-16s  %s  %-4s  %s %s\n", c.Number, c.Expiry, c.SecurityCode, m.Called, m.For)
		}
	}
	fmt.Fprintln(out, l.Of("\n実在のカード番号や個人情報は入力しないでください。Ctrl+C で終わります。",
		"\nDo not enter real card numbers or personal data. Ctrl+C ends it."))
}
