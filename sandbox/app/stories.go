package app

import (
	"slices"
	"strings"
	"time"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// stories are all states of all screens, in the order in which a member meets
// them. A test holds that no screen, state or sentence is left out.
func stories() []story {
	return slices.Concat(entranceStories(), cardStories(), identityStories(), settingStories(), endStories(), portalStories())
}

// entranceStories are the way in: the company's page, the stores, the choice.
func entranceStories() []story {
	guide := func(d registration.Device) func(*site, scene) screen.Screen {
		return func(_ *site, f scene) screen.Screen {
			code, err := codeOf("http://default.localhost:8080" + Prefix + "/store")
			if err != nil {
				panic(err) // an example of ours
			}
			return screen.Guide(f.Snapshot, screen.Reader{Device: d, Code: code})
		}
	}
	shop := func(st store, since time.Duration) func(*site, scene) screen.Screen {
		return func(_ *site, f scene) screen.Screen {
			phone := world.Phone{ID: "gallery", Device: st.device, InstallingFrom: f.Snapshot.Now.Add(-since)}
			if since < 0 {
				phone = world.Phone{}
			}
			return screen.Store(f.Snapshot, listing(f.Snapshot, st, phone))
		}
	}
	company := func(chosen, text, code string) func(*site, scene) screen.Screen {
		return func(_ *site, f scene) screen.Screen {
			if text != "" {
				f.told.Refused = refusal(registration.FieldCompany, text)
			}
			return screen.Company(f.Snapshot, chosen, f.told)
		}
	}
	entrance := func(text string) func(*site, scene) screen.Screen {
		return func(_ *site, f scene) screen.Screen {
			if text != "" {
				f.told.Refused = refusal("", text)
			}
			return screen.AppEntrance(f.Snapshot, f.told)
		}
	}
	return []story{
		{"guide", "app_guide", "パソコンなど、スマートフォンではない機器", "p4-1 p4-2 p4-3 p4-4 p6-1", guide("")},
		{"guide-iphone", "app_guide", "iPhone", "p4-1 p4-2 p4-3 p6-2", guide(registration.IPhone)},
		{"guide-android", "app_guide", "Android", "p4-1 p4-2 p4-3 p6-3", guide(registration.Android)},
		{"store-apple", "app_store_apple", "インストールする前", "p7-1", shop(stores[0], -1)},
		{"store-apple-installing", "app_store_apple", "インストールの途中", "p7-1", shop(stores[0], 3*time.Second)},
		{"store-apple-installed", "app_store_apple", "インストールした後", "p7-2", shop(stores[0], time.Hour)},
		{"store-google", "app_store_google", "インストールする前", "p8-1", shop(stores[1], -1)},
		{"store-google-installing", "app_store_google", "インストールの途中", "p8-1", shop(stores[1], 6*time.Second)},
		{"store-google-installed", "app_store_google", "インストールした後", "p8-2", shop(stores[1], time.Hour)},
		{"company", "app_company", "はじめに", "p10-1", company("", "", "")},
		{"company-none", "app_company", "選ばないとき", "p10-1", company("", "error.company_required", "required")},
		{"company-other", "app_company", "ほかのカード会社を選んだとき", "p10-1", company("other", "error.company_elsewhere", "company_elsewhere")},
		{"entrance", "app_entrance", "はじめに", "p11-1", entrance("")},
		{"entrance-anew", "app_entrance", "別の端末で再登録されたとき", "a-03", entrance("error.registered_anew")},
	}
}

// refusal is one error of a screen, with the values of its sentence.
func refusal(field, text string, pairs ...string) *registration.Error {
	code := strings.TrimPrefix(text, "error.")
	e := &registration.Error{Kind: registration.Invalid, Code: code, Field: field, Text: text, Args: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		e.Args[pairs[i]] = pairs[i+1]
	}
	return e
}

// example is 花子さん's registration in a state.
func example(state registration.State, now time.Time) registration.Registration {
	r := registration.Registration{
		ID:        "gallery",
		Channel:   registration.App,
		Device:    registration.IPhone,
		State:     state,
		FormToken: "gallery",
		Holder:    registration.Holder{Phone: "090-0000-1001"},
		Application: registration.Application{
			CardNumber:  "4242420000010017",
			ExpiryMonth: "11",
			ExpiryYear:  "35",
			EmailMobile: "hanako@example.jp",
		},
	}
	if state == registration.Completed {
		r.Application.NetAnswerID = "hkrm482759"
	}
	return r.Touch(now)
}

// A change makes an example special.
type change func(*registration.Registration, *scene)

// stands shows the screen of a state, with what was refused if anything was.
func stands(state registration.State, refused error, changes ...change) func(*site, scene) screen.Screen {
	return func(_ *site, f scene) screen.Screen {
		r := f.stands(state)
		for _, c := range changes {
			c(&r, &f)
		}
		if f.real != nil { // a change tells of it, and does nothing to it
			r = *f.real
		}
		f.told.Refused = refused
		return screen.Registration(f.Snapshot, r, screen.FormParts{}, f.told)
	}
}

func fresh(r *registration.Registration, _ *scene) { r.Application = registration.Application{} }

func landline(r *registration.Registration, _ *scene) { r.Holder.Phone = "03-0000-1009" }

func told(text string) change {
	return func(_ *registration.Registration, f *scene) { f.told.Notices = []string{f.say(text)} }
}

// cardStories are the card and what is wrong with it.
func cardStories() []story {
	wrong := func(c registration.CardForm) func(*site, scene) screen.Screen {
		return func(_ *site, f scene) screen.Screen {
			f.told.Refused = c.Check(f.Snapshot.Policy, f.Snapshot.Now)
			f.told.Entered = map[string]string{"card_number": c.CardNumber, "expiry": c.Expiry}
			return screen.Registration(f.Snapshot, f.stands(registration.AwaitCard), screen.FormParts{}, f.told)
		}
	}
	card := func(text string, changes ...change) func(*site, scene) screen.Screen {
		return stands(registration.AwaitCard, refusal(registration.FieldCardNumber, text), changes...)
	}
	of := func(number, month, year string) change {
		return func(r *registration.Registration, _ *scene) {
			r.Application.CardNumber, r.Application.ExpiryMonth, r.Application.ExpiryYear = number, month, year
		}
	}
	return []story{
		{"card", "app_card", "はじめに", "p12-1 p12-2 p12-3 p12-4 p12-5", stands(registration.AwaitCard, nil, fresh)},
		{"card-empty", "app_card", "何も入力しないとき", "p12-1 p12-2 p12-3", wrong(registration.CardForm{})},
		{
			"card-wrong",
			"app_card",
			"書き方の誤り",
			"p12-2 p12-4",
			wrong(registration.CardForm{CardNumber: "3782 820000 10049", Expiry: "0832", SecurityCode: "456"}),
		},
		{
			"card-expired",
			"app_card",
			"有効期限切れ・桁数の誤り",
			"a-02",
			wrong(registration.CardForm{CardNumber: "4242 4200 0001", Expiry: "03/24", SecurityCode: "789"}),
		},
		{
			"card-characters",
			"app_card",
			"文字の誤り",
			"p12-1",
			wrong(registration.CardForm{CardNumber: "4242 42OO OOO1 OO17", Expiry: "11/35", SecurityCode: "12a"}),
		},
		{"card-unverified", "app_card", "カードを確認できないとき", "a-01 a-23", card("error.card_unverified")},
		{"card-corporate", "app_card", "コーポレートカード", "a-27", card("error.corporate_card", of("5555550000010316", "05", "33"))},
		{"card-club-on", "app_card", "クラブ・オン/ミレニウムカード", "a-27", card("error.other_registration", of("4242420000010322", "07", "34"))},
		{"card-unready", "app_card", "発行元が答えないとき", "a-15", stands(registration.AwaitCard, refusal("", "error.unavailable"))},
	}
}
