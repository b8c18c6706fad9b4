package web

import (
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// stories are all states of all screens, in the order in which a member meets
// them. A test holds that no screen, state or sentence is left out.
func stories() []story {
	all := []story{
		{"search", "search", "検索する前", "p25-5", searched("")},
		{"search-found", "search", "見つかったとき", "p25-5", searched("セゾンカード")},
		{"search-nothing", "search", "見つからないとき", "", searched("クレジット")},
		{"home", "home", "会社のホームページ", "p25-1 p25-3 p6-4", plain(func(f scene) screen.Screen { return screen.Home(f.Snapshot) })},
		{"entrance", "entrance", "はじめに", "p23-1 p23-2 p23-3 p25-2 p25-4", entered("")},
		{"entrance-required", "entrance", "ログインが必要なとき", "", entered("error.login_required")},
		{"entrance-unknown", "entrance", "お手続きが見つからないとき", "", entered("error.registration_unknown")},
		{"entrance-wrong", "entrance", "パスワードの誤り", "a-20", entered("error.login_wrong")},
		{"entrance-locked", "entrance", "ログインの停止", "a-20", entered("error.login_locked", "until", "12:30")},
	}
	all = append(all, inputStories()...)
	all = append(all,
		story{"other", "other", "クラブ・オン/ミレニウムカードの行き先", "p26-5", ends("input")},
		story{"video", "video", "動画の案内の行き先", "p4-4", ends("entrance")},
		story{"newsletter", "newsletter", "メールマガジンの案内の行き先", "p30-4", ends("input")},
	)
	all = append(all, checkStories()...)
	all = append(all, endStories()...)
	return append(all, troubleStories()...)
}

// plain shows a screen that needs nothing of the site.
func plain(of func(f scene) screen.Screen) func(*site, scene) screen.Screen {
	return func(_ *site, f scene) screen.Screen { return of(f) }
}

func searched(words string) func(*site, scene) screen.Screen {
	return plain(func(f scene) screen.Screen { return screen.Search(f.Snapshot, words) })
}

// ends is where a way out of the sandbox ends; back is where it came from.
func ends(back string) func(*site, scene) screen.Screen {
	return plain(func(f scene) screen.Screen { return screen.Outside(f.Snapshot, f.name, back) })
}

// entered is the log-in page with a sentence, if it is not "".
func entered(text string, pairs ...string) func(*site, scene) screen.Screen {
	return plain(func(f scene) screen.Screen {
		if text != "" {
			f.told.Alerts, f.told.Entered = []string{f.say(text, pairs...)}, map[string]string{"net_answer_id": "hanako2026"}
		}
		return screen.Entrance(f.Snapshot, f.told)
	})
}

// example is 花子さん's registration, somewhere on its way.
func example(state registration.State, now time.Time) registration.Registration {
	return registration.Registration{ID: "reg-gallery", State: state, StartedAt: now, TouchedAt: now, FormToken: "gallery",
		Application: registration.Application{CardNumber: "4242420000010017", ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "123",
			NetAnswerID: "hanako2026", EmailPC: "hanako@example.jp", Newsletter: true},
		Holder: registration.Holder{Phone: "09000001001"}, Method: registration.BySMS}
}

// shows describes a registration as it is after change, and after something was
// refused.
func shows(refused error, change ...func(*registration.Registration, *scene)) func(*site, scene) screen.Screen {
	return func(s *site, f scene) screen.Screen {
		r := f.stands()
		for _, c := range change {
			c(&r, &f)
		}
		if f.real != nil { // a change tells of it, and does nothing to it
			r = *f.real
		}
		f.told.Refused = refused
		return screen.Registration(f.Snapshot, r, s.parts(f.Snapshot), f.told)
	}
}

// refusal is an error at a field, "" for the whole, by its text; args are pairs.
func refusal(field, text string, args ...string) *registration.Error {
	e := &registration.Error{
		Kind:  registration.Invalid,
		Code:  strings.TrimPrefix(text, "error."),
		Field: field,
		Text:  text,
		Args:  map[string]string{},
	}
	for i := 0; i+1 < len(args); i += 2 {
		e.Args[args[i]] = args[i+1]
	}
	return e
}

// checkStories are the confirmation, the identity check and the completion.
func checkStories() []story {
	type reg = registration.Registration
	personal := func(r *reg, _ *scene) { r.Application.PersonalInID, r.Application.PersonalInPassword = true, true }
	amex := func(r *reg, _ *scene) {
		r.Application.CardNumber, r.Application.SecurityCode, r.Application.ExpiryMonth, r.Application.ExpiryYear = "378282000010049",
			"4567", "08", "32"
	}
	both := func(r *reg, _ *scene) {
		r.Application.EmailMobile, r.Application.Newsletter = "hanako@mobile.example.jp", false
	}
	byMail := func(r *reg, _ *scene) {
		r.Method, r.Holder = registration.ByEmail, registration.Holder{Email: "misaki@example.jp"}
	}
	told := func(text string) func(*reg, *scene) {
		return func(_ *reg, f *scene) { f.told.Notices = []string{f.say(text)} }
	}
	calling := func(r *reg, f *scene) {
		p, now := f.Snapshot.Policy, f.Snapshot.Now
		r.Method, r.Holder.Phone = registration.ByCall, "0300001007"
		r.Call = registration.Call{Number: p.FreeDialNumber, ShownAt: now, Until: now.Add(p.CallWindow.Of())}
	}
	late := func(r *reg, f *scene) { r.Call.Until = f.Snapshot.Now.Add(42 * time.Second) }
	called := func(r *reg, f *scene) { r.Call.ConfirmedAt = f.Snapshot.Now }
	return []story{
		{"confirm", "confirm", "SMSで確認する会員", "p33-1 p33-2 p33-3 p33-4 p33-5", shows(nil)},
		{"confirm-amex", "confirm", "AMEXカード", "p33-1 p26-3", shows(nil, amex)},
		{"confirm-both-mails", "confirm", "メールアドレス2つ・メールマガジンなし", "p33-1 p30-1 p30-3", shows(nil, both)},
		{"confirm-personal", "confirm", "ID・パスワードへの注意", "p29-3 a-18", shows(nil, personal)},
		{"confirm-unready", "confirm", "送信できなかったとき", "a-15", shows(refusal("", "error.unavailable"))},
		{"confirm-step", "confirm", "先の手順をひらこうとしたとき", "a-22", shows(refusal("", "error.step"))},
		{"confirm-token", "confirm", "画面が古いとき", "", shows(refusal("", "error.form_token"))},

		{"passcode", "passcode", "SMSで届いたとき", "p34-1 p34-2 p34-3 p34-4 p34-7 p34-8 p34-9", shows(nil)},
		{"passcode-mail", "passcode", "メールで届いたとき", "p34-1 p34-2", shows(nil, byMail)},
		{"passcode-reissued", "passcode", "再発行したとき", "p34-4 a-07", shows(nil, told("passcode.reissued"))},
		{"passcode-wrong", "passcode", "パスコードの誤り", "a-06", shows(refusal("passcode", "error.passcode_wrong", "remaining", "4"))},
		{"passcode-form", "passcode", "6桁でないとき", "p34-1", shows(refusal("passcode", "error.passcode_form", "digits", "6"))},
		{"passcode-interval", "passcode", "再発行が早すぎるとき", "a-07", shows(refusal("", "error.reissue_interval", "seconds", "12"))},
		{"passcode-limit", "passcode", "再発行の上限", "a-07", shows(refusal("", "error.reissue_limit", "limit", "5"))},

		{"call", "call", "電話を待っているとき", "p35-1 p35-2 p35-3 p35-5 p35-7", shows(nil, calling)},
		{"call-last", "call", "残り42秒", "p35-2", shows(nil, calling, late)},
		{"call-not-yet", "call", "電話の前に押したとき", "a-11", shows(refusal("", "error.call_not_confirmed"), calling)},
		{"call-confirmed", "call", "電話で確認できたとき", "p35-5", shows(nil, calling, called)},

		{"completed", "completed", "ご登録の完了", "p36-1 p36-2 p36-4", shows(nil)},
	}
}

// endStories are the ends without completion, and the member's home.
func endStories() []story {
	why := func(reason registration.Reason) func(*registration.Registration, *scene) {
		return func(r *registration.Registration, f *scene) {
			r.Reason, r.Attempts = reason, f.Snapshot.Policy.PasscodeAttempts
		}
	}
	purchases := []fixtures.Purchase{{Date: "2026-10-28", Shop: "サンドストア渋谷", Amount: 3480}, {Date: "2026-10-12", Shop: "砂浜書店", Amount: 1980},
		{Date: "2026-10-03", Shop: "テスト電鉄 定期券売場", Amount: 12_400}}
	home := func(lines []fixtures.Purchase) func(*site, scene) screen.Screen {
		return plain(func(f scene) screen.Screen {
			return screen.Portal(
				f.Snapshot,
				world.Portal{Snapshot: f.Snapshot, Account: account.Account{NetAnswerID: "hanako2026", CardNumber: "4242420000010017"},
					Standing: world.Standing{Name: "テスト 花子", Points: 12_345, Purchases: lines}},
			)
		})
	}
	return []story{
		{"expired-passcode", "expired", "パスコードの期限切れ", "p34-7 p34-8 a-08", shows(nil, why(registration.PasscodeTooOld))},
		{"expired-call", "expired", "電話の時間切れ", "p35-2 a-12", shows(nil, why(registration.CallTooLate))},
		{"expired-idle", "expired", "操作がないまま", "a-14", shows(nil, why(registration.Idle))},
		{"expired-superseded", "expired", "同じカードの新しいお手続き", "a-16", shows(nil, why(registration.Superseded))},
		{"locked", "locked", "パスコードの誤りの上限", "a-06", shows(nil, why(registration.TooManyWrong))},
		{"unavailable", "unavailable", "ご本人様確認ができないとき", "p35-6 a-19", shows(nil)},
		{"portal", "portal", "ご利用あり", "p38-1 p38-2", home(purchases)},
		{"portal-empty", "portal", "ご利用なし", "p38-1 p38-2", home(nil)},
	}
}

// troubleStories are the pages of requests that no screen can answer.
func troubleStories() []story {
	var all []story
	for _, t := range []struct{ name, state, text string }{
		{"404", "ページがないとき（404）", "error.not_found"},
		{"403", "別のサイトからの操作（403）", "error.cross_origin"},
		{"500", "システムエラー（500）", "error.internal"},
		{"503", "混み合っているとき（503）", "error.busy"},
		{"store", "ワールドを読み書きできないとき（503）", "error.away"},
		{"400", "読み取れない送信（400）", "error.malformed"},
		{"405", "できない操作（405）", "error.method"},
		{"413", "大きすぎる送信（413）", "error.too_large"},
		{"world", "ワールドの名前の誤り（400）", "error.world"},
	} {
		all = append(all, story{"trouble-" + t.name, "trouble", t.state, "", plain(func(f scene) screen.Screen {
			f.told.Alerts = []string{f.say(t.text, "incident", "SANDBOX-01")}
			return screen.Trouble(f.Snapshot, f.told)
		})})
	}
	return all
}
