package console

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"example.com/netanswer/sandbox/overview"
)

// findView is what a search over everything in a world found.
type findView struct {
	Words string
	Rows  []findRow
	More  bool
}

// A findRow is one thing that has the words.
type findRow struct{ Kind, Title, At, Address string }

// shownFinds bounds how much is shown of what is found.
const shownFinds = 100

// find looks for words in registrations, messages, calls, cards and the timeline,
// the newest of each first. All of the words have to be there, in any form of letters.
func (b *builder) find(words string) *findView {
	v := &findView{Words: words}
	wanted := strings.Fields(folded(words))
	add := func(row findRow, texts ...string) {
		all := folded(strings.Join(texts, " "))
		if slices.ContainsFunc(wanted, func(word string) bool {
			return !strings.Contains(all, word) && !strings.Contains(digits(all), word)
		}) {
			return
		}
		if len(v.Rows) == shownFinds {
			v.More = true
			return
		}
		v.Rows = append(v.Rows, row)
	}
	for _, r := range overview.Registrations(b.m, b.m.Registrations.Len()) {
		row := b.registrationRow(r)
		add(findRow{"登録", cmp.Or(r.Name, "まだ分からない会員") + " " + row.Label, row.Started, b.at.With(keyAbout, r.ID)},
			r.ID, r.Name, row.Label, row.Why, row.Way, row.By, r.Card, r.Destination, r.NetAnswerID)
	}
	for _, m := range slices.Backward(b.m.SMS.Messages) {
		add(findRow{"SMS", m.Body, shortText(m.AcceptedAt, b.m.Now), b.at.With(keyAbout, m.ID)}, m.ID, m.From, m.To, m.Body)
	}
	for _, m := range slices.Backward(b.m.Mailbox.List("", b.m.Now)) {
		add(findRow{"メール", m.Subject, shortText(m.DeliveredAt, b.m.Now), b.at.With(keyAbout, m.ID)}, m.ID, m.From, m.To, m.Subject, m.Text)
	}
	for _, c := range slices.Backward(b.m.Telephone.List("", b.m.Now)) {
		add(findRow{"電話", c.From + " から " + c.To, shortText(c.StartedAt, b.m.Now), b.at.With(keyAbout, c.ID)}, c.ID, c.From, c.To,
			c.Guidance)
	}
	for _, p := range b.members() {
		for _, c := range p.Cards {
			add(findRow{"テストカード", p.Name + " " + c.Number, "", b.at.Tab(tabCards) + "#card-" + c.Number}, p.Name, p.Phone, p.Email,
				c.Number)
		}
	}
	for _, e := range slices.Backward(b.m.Timeline.Events) {
		add(findRow{"タイムライン", e.What, shortText(e.At, b.m.Now), b.page(e.Ref)}, e.What)
	}
	return v
}

// folded is a text as it is compared: whatever its width and case.
func folded(text string) string { return strings.ToLower(norm.NFKC.String(text)) }
