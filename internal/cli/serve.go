package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/netanswer/sandbox/server"
)

// serveCommand is `netanswer serve`.
func serveCommand(ctx context.Context, p Process, args []string) error {
	c, err := server.ReadConfig(args, p.Environ, p.Err)
	if err != nil {
		return err
	}
	s, err := server.Start(c, c.Logger(p.Err))
	if err != nil {
		return err
	}
	greet(p.Out, s)
	if c.Open {
		if err := openInBrowser(ctx, s.ConsoleURL); err != nil {
			fmt.Fprintln(p.Err, "netanswer:", err) // the sandbox is well without
		}
	}
	select {
	case <-ctx.Done():
		return s.Stop()
	case err := <-s.Failed():
		return errors.Join(err, s.Stop())
	}
}

// greet tells a person where to begin.
func greet(out io.Writer, s *server.Sandbox) {
	fmt.Fprintf(out, "netanswer: Netアンサー新規登録サンドボックス（テスト専用）\n\n")
	if s.MemberURL != "" {
		fmt.Fprintf(out, "  会員の画面          %s/\n  スマートフォンアプリ %s/app\n  JSON API            %s/api/docs/\n", s.Front(), s.Front(), s.Front())
	}
	fmt.Fprintf(out, "  コンソール          %s/\n", s.ConsoleURL)
	for _, p := range []struct{ name, address string }{{"SMS (Twilio REST)", s.RESTURL}, {"SMS (SMPP)", s.SMPP}, {"メール (SMTP)", s.SMTP}, {"メール (IMAP)", s.IMAP}} {
		if p.address != "" {
			fmt.Fprintf(out, "  %-18s  %s\n", p.name, p.address)
		}
	}
	if s.RESTURL != "" {
		fmt.Fprintf(out, "  発行元の API        %s%s\n", s.RESTURL, server.IssuerDocs)
	}
	if s.SIP() != "" {
		fmt.Fprintf(out, "  電話 (SIP)          sip:%s  UDP と TCP\n", s.SIP())
	}
	fmt.Fprintln(out)
	if s.MemberURL == "" {
		fmt.Fprintf(out, "事業者だけを動かしています。Ctrl+C で終わります。\n")
		return
	}
	fmt.Fprintf(out, "最初に試すテストカード（番号  有効期限  セキュリティコード）:\n")
	for _, m := range s.Service.Control().TestMembers() {
		for _, c := range m.Cards {
			fmt.Fprintf(out, "  %-16s  %s  %-4s  %s %s\n", c.Number, c.Expiry, c.SecurityCode, m.Called, m.For)
		}
	}
	fmt.Fprintf(out, "\n実在のカード番号や個人情報は入力しないでください。Ctrl+C で終わります。\n")
}
