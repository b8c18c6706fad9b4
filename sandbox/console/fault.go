package console

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// faultsView is the tab of what goes wrong.
type faultsView struct {
	Presets          []preset
	Rows             []faultRow
	Providers        []option
	Kinds            []option
	MemberFaultKinds []option
	Routes           []option
	Words            string         // that the defects must have
	Defects          []defectGroup  // those that the world does not have
	Found, All       int            // how many have the words, and how many there are
	Broken           []world.Defect // those that it has
}

type option struct{ Value, Label string }

// faultRow is a fault to come.
type faultRow struct {
	Where string // a provider, or memberFaultName
	Index int    // in its plan
	Label string
	Left  string
}

// memberFaultName stands for the member-facing port among the providers.
const memberFaultName = "member"

var providerLabels = []option{
	{world.ProviderSMS, "SMS"},
	{world.ProviderMail, "メール"},
	{world.ProviderCall, "電話"},
	{world.ProviderIssuer, "発行元"},
	{memberFaultName, "会員の画面とAPI"},
}

var faultKinds = []option{{string(fault.Refuse), "拒否する"}, {string(fault.TimeOut), "応答しない"}, {string(fault.Lose), "受け付けるが届かない"},
	{string(fault.Delay), "遅れる"}, {string(fault.Duplicate), "二度届く"}, {string(fault.Busy), "話し中"}}

var memberFaultKinds = []option{{"503", "503を返す"}, {"500", "500を返す"}, {"429", "429を返す"}, {string(world.MemberFaultDelay), "応答が遅れる"},
	{string(world.MemberFaultCut), "接続を切る"}, {string(world.MemberFaultLose), "実行するが応答が届かない"}, {string(world.MemberFaultSession),
		"ログインが失われる"}}

// memberFaultRoutes are where something may go wrong, as a tester names it.
var memberFaultRoutes = []option{
	{"", "すべて"},
	{"/api/", "API すべて"},
	{"/api/registrations/*/form", "API 入力内容の送信"},
	{"/api/registrations/*/identity-check", "API ご本人様確認へ"},
	{"/api/registrations/*/passcode", "API パスコード"},
	{"/api/sessions", "API ログイン"},
	{"/api/app/", "API アプリすべて"},
	{"/registration/", "画面 登録すべて"},
	{"/registration/passcode", "画面 パスコード"},
	{"/login", "画面 ログイン"},
	{"/app/", "画面 アプリすべて"},
}

func label(options []option, value string) string {
	if i := slices.IndexFunc(options, func(o option) bool { return o.Value == value }); i >= 0 {
		return options[i].Label
	}
	return value
}

// A preset is something that goes wrong, planned by one click.
type preset struct {
	ID, Label, Help string
	where           string
	fault           fault.Fault
	member          world.MemberFault
}

var presets = []preset{
	{
		ID:    "sms-lost",
		Label: "SMSが来ない",
		Help:  "終わらせるまで、SMSは受け付けられますが届きません",
		where: world.ProviderSMS,
		fault: fault.Fault{Kind: fault.Lose, Times: world.EverTimes},
	},
	{
		ID:    "sms-late",
		Label: "11分遅れる",
		Help:  "次のSMSが、パスコードの期限より後に届きます",
		where: world.ProviderSMS,
		fault: fault.Fault{Kind: fault.Delay, By: 11 * time.Minute, Times: 1},
	},
	{
		ID:    "issuer-down",
		Label: "発行元が落ちている",
		Help:  "終わらせるまで、カードの照会がすべて失敗します",
		where: world.ProviderIssuer,
		fault: fault.Fault{Kind: fault.Refuse, Times: world.EverTimes},
	},
	{
		ID:    "mail-refused",
		Label: "メールが拒否される",
		Help:  "終わらせるまで、メールはすべて断られます",
		where: world.ProviderMail,
		fault: fault.Fault{Kind: fault.Refuse, Times: world.EverTimes},
	},
	{
		ID:     "slow",
		Label:  "画面とAPIが遅い",
		Help:   "終わらせるまで、応答が2秒遅れます",
		where:  memberFaultName,
		member: world.MemberFault{Kind: world.MemberFaultDelay, By: 2 * time.Second, Times: world.EverTimes},
	},
	{
		ID:     "unavailable",
		Label:  "次の操作が503になる",
		Help:   "次の送信が一度だけ失敗します",
		where:  memberFaultName,
		member: world.MemberFault{Kind: world.MemberFaultStatus, Status: 503, Method: "POST", Times: 1},
	},
}

func (b *builder) faultsTab() *faultsView {
	v := &faultsView{
		Presets:          presets,
		Rows:             faultRows(b.m),
		Providers:        providerLabels[:4],
		Kinds:            faultKinds,
		MemberFaultKinds: memberFaultKinds,
		Routes:           memberFaultRoutes,
	}
	b.defects(v)
	return v
}

// faultRows are the faults to come in a world, for the tab and for the notice
// that stands on all its pages.
func faultRows(m world.Snapshot) (rows []faultRow) {
	for _, provider := range providerLabels[:4] {
		faults, err := m.Faults(provider.Value)
		if err != nil {
			panic(err) // a provider of our own list
		}
		for i, f := range faults {
			words := provider.Label + " " + label(faultKinds, string(f.Kind))
			if f.By > 0 {
				words += "（" + spanText(f.By) + "）"
			}
			if f.To != "" {
				words += " " + f.To
			}
			if f.Percent > 0 && f.Percent < 100 {
				words += fmt.Sprintf(" %d%%", f.Percent)
			}
			rows = append(rows, faultRow{provider.Value, i, words, leftTimes(f.Times)})
		}
	}
	for i, f := range m.MemberFaults {
		kind := string(f.Kind)
		if f.Kind == world.MemberFaultStatus {
			kind = strconv.Itoa(f.Status)
		}
		words := label(memberFaultRoutes, f.Route) + " " + label(memberFaultKinds, kind)
		if f.Route == "" {
			words = "画面とAPI " + label(memberFaultKinds, kind)
		}
		if f.By > 0 {
			words += "（" + spanText(f.By) + "）"
		}
		if f.Method != "" {
			words += " " + f.Method
		}
		rows = append(rows, faultRow{memberFaultName, i, words, leftTimes(f.Times)})
	}
	return rows
}

func leftTimes(times int) string {
	if times > 10_000 {
		return "終わらせるまで"
	}
	return fmt.Sprintf("あと%d回", times)
}

// spanText is a length of time as people write it.
func spanText(d time.Duration) string {
	var words string
	for _, part := range []struct {
		length time.Duration
		unit   string
	}{{time.Hour, "時間"}, {time.Minute, "分"}, {time.Second, "秒"}} {
		if n := d / part.length; n > 0 {
			words += strconv.Itoa(int(n)) + part.unit
			d -= n * part.length
		}
	}
	if d > 0 || words == "" {
		words += strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', -1, 64) + "ミリ秒"
	}
	return words
}

// faultForm plans and ends what goes wrong.
func (f handler) faultForm(ctx context.Context, name string, form url.Values) error {
	switch {
	case form.Get("preset") != "":
		i := slices.IndexFunc(presets, func(p preset) bool { return p.ID == form.Get("preset") })
		if i < 0 {
			return formError{text: "その障害はありません。"}
		}
		return f.preset(ctx, name, presets[i])
	case form.Get("end") == "all":
		return f.endFaults(ctx, name)
	case form.Get("end") != "":
		where, index, _ := strings.Cut(form.Get("end"), " ")
		return f.endFault(ctx, name, where, index)
	case form.Get("where") == memberFaultName:
		return f.addMemberFault(ctx, name, form)
	}
	return f.addFault(ctx, name, form)
}

// preset plans one instead of what was planned there.
func (f handler) preset(ctx context.Context, name string, p preset) error {
	if p.where == memberFaultName {
		return f.control.PlanMemberFaults(ctx, name, []world.MemberFault{p.member})
	}
	return f.control.PlanFaults(ctx, name, p.where, []fault.Fault{p.fault})
}

func (f handler) endFaults(ctx context.Context, name string) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	ended := map[string]bool{}
	for _, row := range faultRows(m) {
		if ended[row.Where] {
			continue
		}
		ended[row.Where] = true
		if row.Where == memberFaultName {
			err = f.control.PlanMemberFaults(ctx, name, nil)
		} else {
			err = f.control.PlanFaults(ctx, name, row.Where, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// endFault ends the one that stood at a place of its plan. One that is used up
// by now needs no ending.
func (f handler) endFault(ctx context.Context, name, where, index string) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 {
		return formError{text: "その障害はありません。"}
	}
	if where == memberFaultName {
		if i < len(m.MemberFaults) {
			return f.control.PlanMemberFaults(ctx, name, slices.Delete(slices.Clone(m.MemberFaults), i, i+1))
		}
		return nil
	}
	plan, err := m.Plan(where)
	if err != nil || i >= len(plan.Faults) {
		return err
	}
	plan.Faults = slices.Delete(slices.Clone(plan.Faults), i, i+1)
	_, err = f.control.Plan(ctx, name, where, plan)
	return err
}

func (f handler) addFault(ctx context.Context, name string, form url.Values) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	plan, err := m.Plan(form.Get("where"))
	if err != nil {
		return err
	}
	times, err := timesOf(form)
	if err != nil {
		return err
	}
	added := fault.Fault{Kind: fault.Kind(form.Get("kind")), To: form.Get("to"), Times: times}
	if added.Kind == fault.Delay {
		if added.By, err = spanOf(form.Get("by")); err != nil {
			return err
		}
	}
	plan.Faults = append(slices.Clone(plan.Faults), added)
	_, err = f.control.Plan(ctx, name, form.Get("where"), plan)
	return err
}

func (f handler) addMemberFault(ctx context.Context, name string, form url.Values) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	times, err := timesOf(form)
	if err != nil {
		return err
	}
	added := world.MemberFault{Kind: world.MemberFaultKind(form.Get("kind")), Route: form.Get("route"), Times: times}
	if status, err := strconv.Atoi(form.Get("kind")); err == nil {
		added.Kind, added.Status = world.MemberFaultStatus, status
	}
	if added.Kind == world.MemberFaultDelay {
		if added.By, err = spanOf(form.Get("by")); err != nil {
			return err
		}
	}
	return f.control.PlanMemberFaults(ctx, name, append(slices.Clone(m.MemberFaults), added))
}

// timesOf is how often; "ever" until it is ended.
func timesOf(form url.Values) (int, error) {
	if form.Get("times") == "ever" {
		return world.EverTimes, nil
	}
	times, err := strconv.Atoi(form.Get("times"))
	if err != nil || times < 1 {
		return 0, formError{text: "回数を1以上の数で入れてください。"}
	}
	return times, nil
}

// spanOf reads a length of time.
func spanOf(text string) (time.Duration, error) {
	d, err := registration.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, formError{text: "どれだけ遅れるかを「11分」「2秒」のように入れてください。"}
	}
	return d, nil
}
