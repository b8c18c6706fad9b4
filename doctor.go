package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/smtp"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/control"
	"example.com/netanswer/steps/target"
)

// A doctor tries what a target.yaml names, before any scenario does.
type doctor struct {
	target        target.Target
	controls      *control.Client
	client        *http.Client
	rest, smtp    string // our providers' addresses
	out           io.Writer
	wrong         int
	now           func() time.Time
	console, file string
}

// doctorPatience is how long one address may take to answer.
const doctorPatience = 10 * time.Second

// doctorCommand is `netanswer verify doctor`.
func doctorCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	d := doctor{out: out, now: clock.Machine, client: &http.Client{Timeout: doctorPatience}}
	set := flag.NewFlagSet("netanswer verify doctor", flag.ContinueOnError)
	set.SetOutput(errOut)
	set.StringVar(&d.file, "target", "target.yaml", "what there is to know of the implementation")
	set.StringVar(&d.console, "console", "http://127.0.0.1:8090", "the console of the sandbox whose providers are used")
	set.StringVar(&d.rest, "rest", "http://127.0.0.1:8091", "the providers' HTTP APIs")
	set.StringVar(&d.smtp, "smtp", "127.0.0.1:1025", "the mail server")
	if err := set.Parse(args); err != nil {
		return err
	}
	if set.NArg() > 0 {
		return fmt.Errorf("verify doctor: unknown argument %q", set.Arg(0))
	}
	var err error
	if d.target, _, err = readTarget(d.file); err != nil {
		return err
	}
	d.controls = control.New(d.console)
	d.examine(ctx)
	if d.wrong > 0 {
		return fmt.Errorf("verify doctor: %d 件の問題があります", d.wrong)
	}
	return nil
}

// examine tries everything, also after something was wrong.
func (d *doctor) examine(ctx context.Context) {
	t := d.target
	for _, page := range []struct{ what, address string }{{"web のページ", t.Web}, {"app のページ", t.App}, {"adapter", t.Providers.Adapter}} {
		if page.address != "" {
			d.say(page.what, d.opens(ctx, page.address), "アドレスと、そこで実装が動いているかを確かめてください")
		}
	}
	if t.Clock != nil {
		d.say("時計", t.Clock.At(ctx, d.client, "clock", d.now()), "clock の呼び出しを、実装の担当者と確かめてください")
	} else {
		fmt.Fprintln(d.out, "－ 時計: 動かす手段がないので、時間の経過を要するシナリオは判定できません")
	}
	if t.Providers.Adapter != "" {
		return
	}
	if err := d.controls.Healthy(ctx); err != nil {
		d.say("プロバイダー", err, "netanswer serve を起動し、-console にその管理画面のアドレスを書いてください")
		return
	}
	for _, m := range t.Members {
		if m.Phone != "" && slices.Contains(t.Can, target.SMS) {
			d.say(m.Called+"へのSMS", d.arrives(ctx, m.Phone, d.text), "-rest のアドレスと、その番号をほかのワールドが受け持っていないかを確かめてください")
		}
		if m.Email != "" && slices.Contains(t.Can, target.Email) {
			d.say(m.Called+"へのメール", d.arrives(ctx, m.Email, d.mail), "-smtp のアドレスと、そのアドレスをほかのワールドが受け持っていないかを確かめてください")
		}
	}
}

// say tells what became of one thing, and what to do where it is wrong.
func (d *doctor) say(what string, err error, advice string) {
	if err == nil {
		fmt.Fprintf(d.out, "✓ %s\n", what)
		return
	}
	d.wrong++
	fmt.Fprintf(d.out, "✗ %s: %v\n  → %s\n", what, err, advice)
}

func (d *doctor) opens(ctx context.Context, address string) error {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	answer, err := d.client.Do(q)
	if err != nil {
		return fmt.Errorf("開けません: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 400 {
		return fmt.Errorf("開けません（%d）", answer.StatusCode)
	}
	return nil
}

// arrives sends something to a recipient the way the implementation does and
// waits for it in the world where it is to arrive. A claim made for it is given back.
func (d *doctor) arrives(ctx context.Context, recipient string, send func(ctx context.Context, account, recipient string) error) (err error) {
	world, account := d.target.Providers.World, d.target.Providers.World
	if claim := d.target.Providers.Claim; claim != "" {
		world, account = claim, "netanswer"
		before, err := d.controls.Claims(ctx, world)
		if err != nil {
			return err
		}
		if err := d.controls.Claim(ctx, world, recipient); err != nil {
			return err
		}
		after, err := d.controls.Claims(ctx, world)
		if err != nil {
			return err
		}
		if len(after) > len(before) {
			defer func() { err = errors.Join(err, d.controls.Release(ctx, world, recipient)) }()
		}
	}
	return d.awaits(ctx, world, recipient, func() error { return send(ctx, account, recipient) })
}

// awaits tells whether sending brings one message more.
func (d *doctor) awaits(ctx context.Context, world, recipient string, send func() error) error {
	last := ""
	if strings.Contains(recipient, "@") {
		found, err := d.controls.Mails(ctx, world, recipient)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			last = found[len(found)-1].ID
		}
		if err := send(); err != nil {
			return err
		}
		_, err = d.controls.AwaitMail(ctx, world, recipient, last, patience)
		return err
	}
	found, err := d.controls.SMS(ctx, world, recipient)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		last = found[len(found)-1].ID
	}
	if err := send(); err != nil {
		return err
	}
	_, err = d.controls.AwaitSMS(ctx, world, recipient, last, patience)
	return err
}

const doctorSays = "netanswer verify doctor"

func (d *doctor) text(ctx context.Context, account, phone string) error {
	sid := "AC" + account
	form := url.Values{"To": {phone}, "From": {"SAISON"}, "Body": {doctorSays}}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, d.rest+"/2010-04-01/Accounts/"+sid+"/Messages.json", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.SetBasicAuth(sid, "token")
	answer, err := d.client.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("SMSを渡せません（%d）", answer.StatusCode)
	}
	return nil
}

func (d *doctor) mail(_ context.Context, account, address string) error {
	host, _, _ := strings.Cut(d.smtp, ":")
	letter := "From: doctor@netanswer.example\r\nTo: " + address + "\r\nSubject: " + doctorSays + "\r\n\r\n" + doctorSays + "\r\n"
	c, err := smtp.Dial(d.smtp)
	if err != nil {
		return err
	}
	defer c.Close() // after Quit there is nothing left that could fail
	// The sandbox's certificate is of its own making, and nothing secret is sent.
	if err := c.StartTLS(&tls.Config{ServerName: host, InsecureSkipVerify: true}); err != nil {
		return err
	}
	if account != "netanswer" {
		if err := c.Auth(smtp.PlainAuth("", account, "token", host)); err != nil {
			return err
		}
	}
	if err := errors.Join(c.Mail("doctor@netanswer.example"), c.Rcpt(address)); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, letter)
	return errors.Join(err, w.Close(), c.Quit())
}
