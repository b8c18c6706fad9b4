package integrator

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// charsets are how Japanese mail programs write text, by the labels they put on.
var charsets = map[string]encoding.Encoding{
	"cp932":          japanese.ShiftJIS,
	"SJIS-win":       japanese.ShiftJIS,
	"iso-2022-jp-ms": japanese.ISO2022JP,
	"cp50221":        japanese.ISO2022JP,
	"eucJP-ms":       japanese.EUCJP,
	"cp51932":        japanese.EUCJP,
	"":               japanese.ShiftJIS,
}

// MailsIn sends a mail whose subject and text are in a character set, by its
// label; "" is Shift_JIS without one.
func MailsIn(ctx context.Context, name, label, subject, body string) error {
	e, ok := charsets[label]
	if !ok {
		return fmt.Errorf("%s is no label here", label)
	}
	title, err1 := e.NewEncoder().String(subject)
	words, err2 := e.NewEncoder().String(body)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	header := "Subject: " + title + "\r\n"
	if label != "" {
		header = "Subject: " + mime.BEncoding.Encode(
			label,
			title,
		) + "\r\nContent-Type: text/plain; charset=" + label + "\r\nContent-Transfer-Encoding: 8bit\r\n"
	}
	return mailsRaw(ctx, name, subject, header, words)
}

// MailsBroken sends a mail that is not as mail should be.
func MailsBroken(ctx context.Context, name, how, body string) error {
	header := "Subject: broken\r\nContent-Type: text/plain; charset=utf-8\r\n"
	switch how {
	case "知られていない転送エンコーディング", "知らない転送エンコーディング":
		header += "Content-Transfer-Encoding: 8bits\r\n"
	case "コロンのないヘッダーの行", "コロンのない見出しの行":
		header += "this is no field\r\nX-Mailer: x\r\n"
	default:
		return fmt.Errorf("there is no 「%s」", how)
	}
	return mailsRaw(ctx, name, "broken", header, body)
}

// MailsHTML sends a mail of HTML.
func MailsHTML(ctx context.Context, name, subject, html string) error {
	header := "Subject: " + mime.BEncoding.Encode("utf-8", subject) + "\r\nContent-Type: text/html; charset=utf-8\r\n"
	return mailsRaw(ctx, name, subject, header, html)
}

func mailsRaw(ctx context.Context, name, subject, header, body string) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	b.text, b.refused = text{to: p.Email, body: subject}, ""
	return b.sendMail(ctx, at.SMTP, s.World.Name, []string{p.Email},
		[]byte("From: "+sender+"\r\nTo: "+p.Email+"\r\n"+header+"\r\n"+body+"\r\n"))
}

// LinksAre expects the links of the newest mail.
func LinksAre(ctx context.Context, want []string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	mails, err := b.Controls.Mails(ctx, s.World.Name, b.text.to)
	if err != nil || len(mails) == 0 {
		return errors.Join(err, fmt.Errorf("%d通のメールが届いています", len(mails)))
	}
	links, err := b.Controls.Links(ctx, s.World.Name, mails[len(mails)-1].ID)
	if err != nil {
		return err
	}
	var got []string
	for _, l := range links {
		got = append(got, l.URL)
	}
	return equal("メールのリンク", strings.Join(want, "」「"), strings.Join(got, "」「"))
}

// Puts puts a mail into a person's mailbox by IMAP.
func Puts(ctx context.Context, name, subject string) (err error) {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	c, err := b.reader(ctx, at.IMAP, s.World.Name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	raw := compose(p.Email, subject, "置いたメール")
	put := c.Append(p.Email, int64(len(raw)), nil)
	if _, err := put.Write(raw); err != nil {
		return err
	}
	if err := put.Close(); err != nil {
		return err
	}
	_, err = put.Wait()
	return err
}
