package console

import (
	"context"
	"net/url"
	"slices"

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
	BusyNext int
	RingNext int
	Webhook  string
}

type callRow struct {
	ivr.Call
	At, Ended string
	Result    string
	Talking   bool
}

func (b *builder) calls() *callsView {
	v := &callsView{FreeDial: b.m.Policy.FreeDialNumber, BusyNext: b.m.Telephone.BusyNext,
		RingNext: b.m.Telephone.RingNext, Webhook: b.m.Voice.URL}
	for _, landline := range []bool{true, false} {
		for _, p := range b.members() {
			if p.Phone != "" && registration.Mobile(p.Phone) != landline {
				v.Phones = append(v.Phones, phoneChoice{Number: p.Phone, Label: p.Name + "  " + p.Phone})
			}
		}
	}
	calls := b.m.Telephone.List()
	v.More = max(0, len(calls)-shownMessages)
	for _, c := range slices.Backward(calls[v.More:]) {
		b.due(c.GuidanceUntil)
		row := callRow{Call: c, At: shortText(c.StartedAt, b.m.Now), Result: b.heard(c), Talking: c.EndedAt.IsZero()}
		if !row.Talking {
			row.Ended = shortText(c.EndedAt, b.m.Now)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
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
func (f face) callForm(name string, form url.Values) error {
	if id := form.Get("hang_up"); id != "" {
		_, err := f.service.HangUp(name, id)
		return err
	}
	from := form.Get("other")
	if from == "" {
		from = form.Get("from")
	}
	if from == "" {
		return formError{"どの電話からかけるかを選んでください。"}
	}
	// A voice webhook has a time limit of its own.
	_, err := f.service.PlaceCall(context.Background(), name, world.CallRequest{From: from, Withheld: form.Get("withheld") != "", To: form.Get("to"), Listen: form.Get("listen")})
	return err
}
