package console

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/registration"
)

// aboutView is the page of one thing: a registration, an SMS, a mail or a call.
type aboutView struct {
	Kind, Title string
	Facts       []aboutFact
	Rows        []eventRow // of the timeline, that are about it
	JSON        string
	Command     string // that asks the control API for it
	Member      string // where its member goes on, "" where nobody does
	From        string // the page it was opened from
}

// An aboutFact is one line of what is known.
type aboutFact struct{ Label, Value string }

// about is the page of what has an id, nil where nothing has it any more.
func (b *builder) about(id string) *aboutView {
	var v *aboutView
	if r, ok := b.m.Registrations.Get(id); ok {
		v = b.aboutRegistration(r.At(b.m.Policy, b.m.Now))
	} else if m, ok := b.m.SMS.Read(id, b.m.Now); ok {
		v = &aboutView{Kind: "SMS", Title: m.Body, Facts: []aboutFact{{"差出人", m.From}, {"宛先", telephone(m.To)}, {"受け付け",
			shortText(m.AcceptedAt, b.m.Now)},
			{"届いた時刻", shortText(m.DeliveredAt, b.m.Now)}, {"文字の符号", m.Encoding},
			{"通数", strconv.Itoa(m.Segments) + "通分"}, {"届かない理由", string(m.Reason)}},
			JSON: indented(m), Command: b.asking("/sms?to="+url.QueryEscape(m.To), `.messages[] | select(.id == "`+m.ID+`")`)}
		if m.Passcode != nil {
			v.Facts = append(v.Facts, aboutFact{"パスコード", m.Passcode.Code})
		}
	} else if m, ok := b.m.Mailbox.Find(id, b.m.Now); ok {
		v = &aboutView{Kind: "メール", Title: m.Subject,
			Facts: []aboutFact{{"差出人", m.From}, {"宛先", m.To}, {"届いた時刻", shortText(m.DeliveredAt, b.m.Now)}},
			JSON:  indented(m), Command: b.asking("/mail/"+m.ID, ".")}
	} else if c, ok := b.m.Telephone.Calls.Get(id); ok {
		v = &aboutView{Kind: "電話", Title: c.From + " から " + c.To + " へ", Facts: []aboutFact{{"かけた時刻", shortText(c.StartedAt, b.m.Now)},
			{"現在の状況", b.heard(c)},
			{"聞こえたもの", c.Guidance}}, JSON: indented(c), Command: b.asking("/calls?from="+url.QueryEscape(c.From),
			`.calls[] | select(.id == "`+c.ID+`")`)}
		if !c.EndedAt.IsZero() {
			v.Facts = append(v.Facts, aboutFact{"切った時刻", shortText(c.EndedAt, b.m.Now)})
		}
	}
	if v == nil {
		return nil
	}
	v.Facts = slices.DeleteFunc(v.Facts, func(f aboutFact) bool { return f.Value == "" })
	for _, e := range b.m.Timeline.Events {
		if e.Ref == id {
			v.Rows = append(v.Rows, b.event(e))
		}
	}
	v.From = b.at.With(keyAbout, "")
	return v
}

func (b *builder) aboutRegistration(r registration.Registration) *aboutView {
	seen := overview.Registration(b.m, r)
	row := b.registrationRow(seen)
	who := cmp.Or(seen.Name, "まだ分からない会員")
	way := row.Way
	if seen.Device != "" {
		way += "（" + map[string]string{string(registration.IPhone): "iPhone", string(registration.Android): "Android"}[seen.Device] + "）"
	}
	state := row.Label
	if row.Why != "" {
		state += "（" + row.Why + "）"
	}
	v := &aboutView{Kind: "登録", Title: who + "の登録", JSON: indented(seen), Command: b.asking("/registrations",
		`.registrations[] | select(.id == "`+seen.ID+`")`),
		Facts: []aboutFact{{"現在の状態", state}, {"お手続き", way}, {"カード", seen.Card}, {"ご本人様確認", row.By}, {"送り先", seen.Destination},
			{"NetアンサーID", seen.NetAnswerID}, {"誤り", times(seen.Attempts)}, {"再発行", times(seen.Reissues)}, {"開始", row.Started}, {"最後の操作",
				row.Touched},
			{"終わる時刻", strings.TrimSpace(row.Until + " " + row.Left)}}}
	if base := b.handler.memberURL(b.m.Name); base != "" && r.Channel == registration.Web {
		v.Member = base + "continue?registration=" + url.QueryEscape(r.ID)
	}
	return v
}

// times is how often something happened, "" for never.
func times(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + "回"
}

// asking is the command that asks the control API for one thing.
func (b *builder) asking(below, filter string) string {
	command := "curl -s '" + b.base + "/api/worlds/" + b.m.Name + below + "'"
	if filter != "." {
		command += " | jq '" + filter + "'"
	}
	return command
}

// indented is a value as the control API writes it, for people.
func indented(v any) string {
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // plain data always marshals
	}
	return text.String()
}

// page is the address of the page of what has an id, "" where nothing has it. Many
// are asked for, so the messages are gone through once.
func (b *builder) page(id string) string {
	if b.messages == nil {
		b.messages = map[string]bool{}
		for _, m := range b.m.SMS.Messages {
			b.messages[m.ID] = true
		}
		for _, m := range b.m.Mailbox.List("", b.m.Now) {
			b.messages[m.ID] = true
		}
	}
	if b.messages[id] || b.m.Registrations.Has(id) || b.m.Telephone.Calls.Has(id) {
		return b.at.With(keyAbout, id)
	}
	return ""
}
