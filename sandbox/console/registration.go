package console

import (
	"time"

	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/registration"
)

// shownRegistrations is how many registrations the page shows: the newest.
const shownRegistrations = 100

// registrationsView is the tab of the registrations.
type registrationsView struct {
	Rows       []registrationRow
	More       int
	Enrolments []enrolmentRow
	Begin      *beginView
	Begun      *begunView
}

type registrationRow struct {
	overview.RegistrationView
	Label, Why, By, Way     string
	Started, Touched, Until string
	Left                    string
	Expires                 string // for the script, RFC 3339
	Page                    string
}

type enrolmentRow struct{ Name, Card, At string }

// stateLabels are the states in words; one that has none is shown by its name.
var stateLabels = map[string]string{
	string(registration.Input): "入力", string(registration.Confirm): "確認", string(registration.AwaitPasscode): "パスコード待ち",
	string(registration.AwaitCall): "電話待ち",
	string(registration.Completed): "完了", string(registration.Expired): "期限切れ", string(registration.Locked): "ロック",
	string(registration.Unavailable): "確認できない",
	string(registration.AwaitCard):   "カード入力", string(registration.CheckDestination): "送付先の確認", string(registration.AwaitPIN): "暗証番号待ち",
	string(registration.AwaitEmail): "メール設定", string(registration.AwaitPassword): "パスワード設定", string(registration.AwaitTerms): "規約の確認",
}

// reasonLabels tell why a registration ended.
var reasonLabels = map[string]string{
	string(registration.Expired) + "." + string(registration.PasscodeTooOld): "パスコードの期限",
	string(registration.Expired) + "." + string(registration.CallTooLate):    "電話の期限",
	string(registration.Expired) + "." + string(registration.Idle):           "無操作の制限時間",
	string(registration.Expired) + "." + string(registration.Superseded):     "同じカードの新しい登録",
	string(registration.Locked) + "." + string(registration.TooManyWrong):    "パスコードの誤り",
	string(registration.Locked) + "." + string(registration.WrongPIN):        "暗証番号の誤り",
}

var methodLabels = map[string]string{string(registration.BySMS): "SMS", string(registration.ByEmail): "メール",
	string(registration.ByCall): "電話", string(registration.ByPIN): "暗証番号"}

var channelLabels = map[string]string{string(registration.Web): "Web", string(registration.App): "アプリ"}

func labelled(labels map[string]string, key, otherwise string) string {
	if label, ok := labels[key]; ok {
		return label
	}
	return otherwise
}

func (b *builder) registrations() *registrationsView {
	shown := overview.Registrations(b.m, shownRegistrations)
	v := &registrationsView{More: b.m.Registrations.Len() - len(shown), Begin: b.begin(), Begun: b.begun()}
	for _, r := range shown {
		v.Rows = append(v.Rows, b.registrationRow(r))
	}
	for _, e := range overview.Enrolments(b.m) {
		v.Enrolments = append(v.Enrolments, enrolmentRow{Name: e.Name, Card: e.Card, At: shortText(e.EnrolledAt, b.m.Now)})
	}
	return v
}

func (b *builder) registrationRow(r overview.RegistrationView) registrationRow {
	row := registrationRow{
		RegistrationView: r,
		Label:            labelled(stateLabels, r.State, r.State),
		Why:              labelled(reasonLabels, r.State+"."+r.Reason, r.Reason),
		By:               labelled(methodLabels, r.Method, r.Method),
		Way:              labelled(channelLabels, r.Channel, r.Channel),
		Started:          shortText(r.StartedAt, b.m.Now),
		Touched:          shortText(r.TouchedAt, b.m.Now),
		Page:             b.at.With(keyAbout, r.ID),
	}
	if !r.ExpiresAt.IsZero() {
		row.Until, row.Left = shortText(r.ExpiresAt, b.m.Now), leftText(r.ExpiresAt.Sub(b.m.Now))
		row.Expires = r.ExpiresAt.Format(time.RFC3339Nano)
		b.due(r.ExpiresAt)
	}
	return row
}
