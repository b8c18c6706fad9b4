package console

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// callsView is the tab of the telephone to dial with.
type callsView struct {
	FreeDial string
	Phones   []phoneChoice // of members, landlines first
	Rows     []callRow     // newest first
	More     int
	Planned  []string // what is planned to go wrong
	Webhook  string
}

type callRow struct {
	ivr.Call
	At, Ended string
	Result    string
	Talking   bool
	Page      string
}

func (b *builder) calls() *callsView {
	v := &callsView{FreeDial: b.m.Policy.FreeDialNumber, Webhook: b.m.Voice.URL}
	for _, p := range b.m.Telephone.Faults.Faults {
		v.Planned = append(v.Planned, planned(p))
	}
	for _, landline := range []bool{true, false} {
		for _, p := range b.members() {
			if p.Phone != "" && registration.Mobile(p.Phone) != landline {
				v.Phones = append(v.Phones, phoneChoice{Number: p.Phone, Label: p.Name + "  " + p.Phone})
			}
		}
	}
	calls := b.m.Telephone.List("", b.m.Now)
	v.More = max(0, len(calls)-shownMessages)
	for _, c := range slices.Backward(calls[v.More:]) {
		b.due(c.AnsweredAt)
		b.due(c.GuidanceUntil)
		row := callRow{Call: c, At: shortText(c.StartedAt, b.m.Now), Result: b.heard(c), Talking: c.EndedAt.IsZero(),
			Page: b.at.With(keyAbout, c.ID)}
		if !row.Talking {
			row.Ended = shortText(c.EndedAt, b.m.Now)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// callFaults word what is planned to go wrong with calls.
var callFaults = map[fault.Kind]string{fault.Busy: "話し中になります", fault.Refuse: "交換機が受け付けません", fault.TimeOut: "鳴っても応答がありません",
	fault.Lose: "ガイダンスの途中で回線が切れます", fault.Delay: "鳴ってから応答します"}

// planned words one fault.
func planned(f fault.Fault) string {
	whose, after, chance := "", "", ""
	if f.To != "" {
		whose = f.To + " からの"
	}
	if f.By > 0 {
		after = f.By.String() + " "
	}
	if f.Percent > 0 && f.Percent < 100 {
		chance = fmt.Sprintf("%d%%の割合で", f.Percent)
	}
	return fmt.Sprintf("%s次の%d回は、%s%s%s。", whose, f.Times, chance, after, callFaults[f.Kind])
}

// heard says how a call stands.
func (b *builder) heard(c ivr.Call) string {
	switch {
	case c.Outcome == ivr.Busy:
		return "話し中"
	case c.Outcome == ivr.Unassigned:
		return "使われていない番号"
	case c.Outcome == ivr.Unanswered:
		return "応答なし"
	case c.Outcome == ivr.Refused:
		return "受け付けられませんでした"
	case c.Cut && !c.EndedAt.IsZero():
		return "ガイダンスの途中で回線が切れました"
	case c.EndedAt.IsZero() && b.m.Now.Before(c.AnsweredAt):
		return "呼び出しています"
	case c.EndedAt.IsZero() && b.m.Now.Before(c.GuidanceUntil):
		return "ガイダンスが流れています"
	case c.EndedAt.IsZero():
		return "ガイダンスが終わりました"
	case c.HeardAll:
		return "ガイダンスの後に切りました"
	}
	return "ガイダンスの途中で切りました"
}

// callForm places a call or hangs one up.
func (f handler) callForm(ctx context.Context, name string, form url.Values) error {
	if id := form.Get("hang_up"); id != "" {
		_, err := f.telephone.HangUp(context.WithoutCancel(ctx), name, id)
		return err
	}
	from := form.Get("other")
	if from == "" {
		from = form.Get("from")
	}
	if from == "" {
		return formError{text: "どの電話からかけるかを選んでください。"}
	}
	// A voice webhook has a time limit of its own.
	_, err := f.telephone.Place(
		context.WithoutCancel(ctx),
		name,
		world.CallRequest{From: from, Withheld: form.Get("withheld") != "", To: form.Get("to"), Listen: form.Get("listen")},
	)
	return err
}
