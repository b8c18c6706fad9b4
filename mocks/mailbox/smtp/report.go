package smtp

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"example.com/netanswer/mocks/fault"
)

// notified are those that the sender wants to be told of when they have the mail
// (RFC 3461, 4.1). Of what a plan holds up, loses or doubles nothing is told: a
// server that has handed mail over does not know.
func notified(to []Recipient, errs []error) []Recipient {
	var all []Recipient
	for i, r := range to {
		if errs[i] != nil || r.Fault.Kind == fault.Delay || r.Fault.Kind == fault.Lose {
			continue
		}
		for _, n := range r.options.Notify {
			if n == smtp.DSNNotifySuccess {
				all = append(all, r)
				break
			}
		}
	}
	return all
}

// report writes a delivery status notification (RFC 3464) about a mail that was
// delivered.
func report(from string, o smtp.MailOptions, to []Recipient, raw []byte, now time.Time) ([]byte, error) {
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	put := func(kind string, text []byte) error {
		w, err := parts.CreatePart(textproto.MIMEHeader{"Content-Type": {kind}})
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	var words, status strings.Builder
	words.WriteString("This is the sandbox's mail server (TEST ONLY).\r\nYour mail was delivered to:\r\n\r\n")
	status.WriteString("Reporting-MTA: dns; " + domain + "\r\n")
	if o.EnvelopeID != "" {
		status.WriteString("Original-Envelope-Id: " + o.EnvelopeID + "\r\n")
	}
	status.WriteString("Arrival-Date: " + now.Format(time.RFC1123Z) + "\r\n")
	for _, r := range to {
		words.WriteString("  " + r.Address + "\r\n")
		status.WriteString("\r\n")
		if r.options.OriginalRecipient != "" {
			fmt.Fprintf(
				&status,
				"Original-Recipient: %s; %s\r\n",
				strings.ToLower(string(r.options.OriginalRecipientType)),
				r.options.OriginalRecipient,
			)
		}
		fmt.Fprintf(&status, "Final-Recipient: rfc822; %s\r\nAction: delivered\r\nStatus: 2.0.0\r\n", r.Address)
	}
	original, kind := raw, "message/rfc822"
	if o.Return != smtp.DSNReturnFull {
		kind = "text/rfc822-headers"
		if end := bytes.Index(raw, []byte("\r\n\r\n")); end >= 0 {
			original = raw[:end+2]
		}
	}
	for _, p := range []struct {
		kind string
		text []byte
	}{{"text/plain; charset=utf-8", []byte(words.String())}, {"message/delivery-status", []byte(status.String())}, {kind, original}} {
		if err := put(p.kind, p.text); err != nil {
			return nil, err
		}
	}
	if err := parts.Close(); err != nil {
		return nil, err
	}
	head := fmt.Sprintf(
		"From: Mail Delivery Subsystem <mailer-daemon@%s>\r\nTo: <%s>\r\nSubject: Successful Mail Delivery Report\r\nDate: %s\r\nAuto-Submitted: auto-replied\r\n"+
			"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=%q\r\n\r\n",
		domain,
		from,
		now.Format(time.RFC1123Z),
		parts.Boundary(),
	)
	return append([]byte(head), body.Bytes()...), nil
}

// domain is what the server calls itself.
const domain = "netanswer.invalid"
