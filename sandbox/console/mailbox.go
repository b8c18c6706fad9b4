package console

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/netanswer/mocks/mailbox"
)

// mailboxView is the mailboxes: a list, and the mail that is read.
type mailboxView struct {
	Address   string // "" for all of them
	Addresses []phoneChoice
	Rows      []mailRow
	Older     int // not shown any more
	UnderWay  int
	Read      *mailPage
}

type mailRow struct {
	ID, Subject, To, At, Address string
	Passcode                     *passcodeView
	Open                         bool
}

type attachmentLink struct {
	Name, Size, Address string
}

type mailPage struct {
	ID, From, To, Subject, At, Raw string
	Page                           string
	HTML                           string // address of it, "" where there is none
	Attachments                    []attachmentLink
	Parts                          []part
	Passcode                       *passcodeView
}

func (b *builder) mailbox() mailboxView {
	v := mailboxView{Address: b.at.chosen.Get(keyBox)}
	v.UnderWay = b.m.MailUnderWay(v.Address)
	mails := b.m.Mailbox.List(v.Address, b.m.Now)
	v.Older = max(0, len(mails)-shownMessages)
	read := b.at.chosen.Get(keyRead)
	if !slices.ContainsFunc(mails, func(m mailbox.Mail) bool { return m.ID == read }) {
		read = "" // the newest
	}
	for i, m := range slices.Backward(mails) {
		open := m.ID == read || read == "" && i == len(mails)-1
		if i >= v.Older {
			v.Rows = append(v.Rows, mailRow{ID: m.ID, Subject: m.Subject, To: m.To, At: shortText(m.DeliveredAt, b.m.Now),
				Address: b.at.With(keyRead, m.ID), Passcode: b.passcode(m.Passcode, m.To), Open: open})
		}
		if open {
			address := "/api/worlds/" + b.m.Name + "/mail/" + m.ID
			v.Read = &mailPage{ID: m.ID, From: m.From, To: m.To, Subject: m.Subject, At: shortText(m.DeliveredAt, b.m.Now),
				Raw: address + "/raw", Page: b.at.With(keyAbout, m.ID), Parts: split(m.Text, m.Passcode), Passcode: b.passcode(m.Passcode,
					m.To)}
			if m.HTML != "" {
				v.Read.HTML = address + "/html"
			}
			for i, a := range m.Attachments {
				v.Read.Attachments = append(
					v.Read.Attachments,
					attachmentLink{Name: cmp.Or(a.Name, a.Type), Size: fmt.Sprintf("%d バイト", a.Size),
						Address: fmt.Sprintf("%s/attachments/%d", address, i)},
				)
			}
		}
	}
	v.Addresses = b.addresses(v.Address)
	return v
}

// addresses are those that got a mail, newest first, and the one looked at.
func (b *builder) addresses(open string) []phoneChoice {
	var found []phoneChoice
	add := func(address string) {
		known := slices.ContainsFunc(found, func(c phoneChoice) bool { return strings.EqualFold(c.Number, address) })
		if address != "" && !known && len(found) < shownMessages {
			found = append(found, phoneChoice{Number: address, Label: address, Open: strings.EqualFold(address, open)})
		}
	}
	add(open)
	for _, m := range slices.Backward(b.m.Mailbox.Mails) {
		add(m.To)
	}
	return found
}
