package console

import (
	"fmt"
	"slices"
	"strings"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/registration"
)

// shownMessages bounds how many messages a phone or mailbox shows; older ones
// are counted.
const shownMessages = 100

// phoneView is the phone.
type phoneView struct {
	Number, Owner string
	Follows       bool // shows whichever phone got the newest SMS
	Owners        []phoneChoice
	Others        []phoneChoice
	Bubbles       []bubble
	Older         int // not shown any more
	UnderWay      int
}

type phoneChoice struct {
	Number, Label string
	Open          bool
}

type bubble struct {
	ID, From, At, Size string
	Page               string
	Parts              []part
	Passcode           *passcodeView
}

func (b *builder) phone() phoneView {
	v := phoneView{Number: b.at.chosen.Get(keyPhone)}
	names := b.phoneOwners(&v)
	if v.Number == "" {
		v.Follows = true
		if newest, ok := b.m.SMS.Latest("", "", b.m.Now); ok {
			v.Number = newest.To
		} else if len(v.Owners) > 0 {
			v.Number = v.Owners[0].Number
		}
	}
	for i, c := range v.Owners {
		v.Owners[i].Open = !v.Follows && digits(c.Number) == digits(v.Number)
	}
	b.phoneOthers(&v, names)
	v.Number, v.Owner = telephone(v.Number), names[digits(v.Number)]
	v.UnderWay = b.m.UnderWay(v.Number)
	messages := b.m.SMS.List(v.Number, b.m.Now)
	v.Older = max(0, len(messages)-shownMessages)
	for _, m := range messages[v.Older:] {
		v.Bubbles = append(v.Bubbles, b.bubble(m))
	}
	return v
}

// phoneOwners fills in the members who can get an SMS, those of the fixtures in
// their order first, and returns their names by number.
func (b *builder) phoneOwners(v *phoneView) map[string]string {
	names := map[string]string{}
	add := func(number, name string) {
		if _, known := names[digits(number)]; !known && registration.Mobile(number) {
			names[digits(number)] = name
			v.Owners = append(v.Owners, phoneChoice{Number: number, Label: name + "  " + number})
		}
	}
	people := b.members()
	for _, p := range b.handler.control.TestMembers() {
		for _, q := range people {
			if q.ID == p.ID {
				add(q.Phone, q.Name+"（"+p.Called+"）")
			}
		}
	}
	for _, q := range people {
		add(q.Phone, q.Name)
	}
	return names
}

// phoneOthers fills in the numbers that got an SMS and are no listed member's,
// and the one that is looked at.
func (b *builder) phoneOthers(v *phoneView, names map[string]string) {
	seen := map[string]bool{}
	add := func(number string) {
		if d := digits(number); names[d] == "" && !seen[d] && len(v.Others) < shownMessages {
			seen[d] = true
			v.Others = append(v.Others, phoneChoice{Number: number, Label: telephone(number), Open: !v.Follows && d == digits(v.Number)})
		}
	}
	add(v.Number)
	for _, m := range slices.Backward(b.m.SMS.Messages) {
		add(m.To)
	}
}

func (b *builder) bubble(m sms.Message) bubble {
	size := m.Encoding
	if m.Segments > 1 {
		size = fmt.Sprintf("%s・%d通分", m.Encoding, m.Segments)
	}
	return bubble{ID: m.ID, From: m.From, At: shortText(m.DeliveredAt, b.m.Now), Size: size, Page: b.at.With(keyAbout, m.ID),
		Parts: split(m.Body, m.Passcode), Passcode: b.passcode(m.Passcode, m.To)}
}

// telephone writes a mobile number apart as people do; any other stays as it is.
func telephone(number string) string {
	d := strings.ReplaceAll(number, "-", "")
	if !registration.Mobile(d) || len(d) != 11 {
		return number
	}
	return d[:3] + "-" + d[3:7] + "-" + d[7:]
}
