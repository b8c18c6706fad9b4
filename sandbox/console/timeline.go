package console

import (
	"slices"

	"example.com/netanswer/sandbox/world"
)

// shownEvents is how many entries of the timeline the page shows: the newest.
const shownEvents = 200

// timelinePage is the tab of the timeline.
type timelinePage struct {
	Rows  []eventRow
	Older int
	All   string // the address of the whole of it
}

type eventRow struct {
	Serial                int
	At, Kind, Label, What string
	Page                  string // of what it is about, "" for none
}

var kindLabels = map[string]string{
	"world": "ワールド", "clock": "時計", "policy": "方針", "text": "文言", "member": "会員", "registration": "登録", "call": "電話",
	"account": "アカウント", "app": "アプリ", "sms": "SMS", "mail": "メール", "issuer": "発行元", "fault": "障害", "request": "通信",
}

func (b *builder) timeline() *timelinePage {
	t := b.m.Timeline
	v := &timelinePage{Older: max(0, t.Serial-shownEvents), All: "/api/worlds/" + b.m.Name + "/timeline"}
	for _, e := range slices.Backward(t.Since(v.Older)) {
		v.Rows = append(v.Rows, b.event(e))
	}
	return v
}

func (b *builder) event(e world.Event) eventRow {
	return eventRow{Serial: e.Serial, At: shortText(e.At, b.m.Now), Kind: e.Kind, Label: labelled(kindLabels, e.Kind, e.Kind), What: e.What,
		Page: b.page(e.Ref)}
}
