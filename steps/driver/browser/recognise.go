package browser

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A drawn screen is one that the guide draws, and what is drawn there that is
// nowhere else.
type drawn struct {
	title string
	is    func(strange) bool
}

func can(r strange, names ...string) bool {
	for _, name := range slices.Concat(r.Actions, r.Blocked, r.Behind.Actions) {
		for _, want := range names {
			if squeezed(name) == squeezed(want) {
				return true
			}
		}
	}
	return false
}

func reads(r strange, sentences ...string) bool {
	for _, sentence := range sentences {
		if strings.Contains(squeezed(r.Text), squeezed(sentence)) {
			return true
		}
	}
	return false
}

func asks(r strange, names ...string) bool {
	for _, field := range slices.Concat(r.Fields, r.Behind.Fields) {
		for _, want := range names {
			if squeezed(field) == squeezed(want) {
				return true
			}
		}
	}
	return false
}

var widths = strings.NewReplacer("（", "(", "）", ")", "！", "!", "　", "")

func squeezed(text string) string { return widths.Replace(strings.Join(strings.Fields(text), "")) }

// ofWeb are the screens of the web in the order in which they are thought of:
// one that shows more of its own first.
var ofWeb = []drawn{
	{"完了", func(r strange) bool {
		return reads(r, "ご登録ありがとうございます") && !can(r, proceed, verify, finishCall)
	}},
	{"確認", func(r strange) bool { return can(r, proceed) }},
	{"ワンタイムパスコード認証", func(r strange) bool { return can(r, verify) && !can(r, agree) }},
	{"電話番号認証", func(r strange) bool { return can(r, finishCall) }},
	{"入力", func(r strange) bool {
		return can(r, append([]string{agree}, others[agree]...)...) || asks(r, cardNumber) && asks(r, securityCode)
	}},
	{memberHome, func(r strange) bool { return ofMember(r) && (can(r, "ログアウト") || figures.MatchString(r.Text)) }},
	{otherRegistration, func(r strange) bool { return strings.Contains(r.Whole, clubOn) || strings.Contains(r.Heading, clubOn) }},
	{homeTitle, func(r strange) bool {
		r.Actions = slices.DeleteFunc(slices.Clone(r.Actions), func(name string) bool { return slices.Contains(r.Edge, name) })
		return !r.Secret && (can(r, loginFromPC) || can(r, loginFromPhone) && !can(r, register))
	}},
	{"ログイン", func(r strange) bool { return r.Secret && asks(r, netAnswerID) || can(r, register) }},
	{memberHome, func(r strange) bool { return ofMember(r) && !can(r, loginFromPC, loginFromPhone) }}, // a home page may praise points
}

const memberHome, otherRegistration = "会員ホーム", "別の登録"

// ofMember tells whether a screen tells what only a member who has logged in is told.
func ofMember(r strange) bool {
	return !r.Secret && reads(r, "永久不滅ポイント") && reads(r, "ご利用明細")
}

// figures are points that somebody has.
var figures = regexp.MustCompile(`永久不滅ポイント\D{0,10}[\d,]+\s*(ポイント|pt|P)`)

// clubOn is how the guide calls the cards that are registered elsewhere.
const clubOn = "クラブ・オン/ミレニウムカード"

// ofApp are those of the app.
var ofApp = []drawn{
	{"登録完了", func(r strange) bool { return reads(r, "セゾンPortalアプリにカードが登録されました") }},
	{"ウォレットの設定", func(r strange) bool { return can(r, "ウォレットに追加する") }},
	{"利用規約の確認", func(r strange) bool { return can(r, agreeInApp) }},
	{"Netアンサーパスワードの設定", func(r strange) bool { return can(r, next) && asks(r, password) }},
	{"カード情報の入力", func(r strange) bool { return asks(r, appCardNumber) && asks(r, securityCode) }},
	{"暗証番号の入力", func(r strange) bool { return asks(r, pinBox) && can(r, authenticate) }},
	{"ワンタイムパスコードの入力", func(r strange) bool { return asks(r, passcodeBox) && can(r, authenticate) }},
	{"送付先の確認", func(r strange) bool {
		return can(r, authenticate) || about(r, choosePIN) && !can(r, next) && !asks(r, passcodeBox) && !asks(r, pinBox)
	}},
	{"メール設定", func(r strange) bool { return can(r, next) && asks(r, appEmail) }},
	{"ご登録のはじめに", func(r strange) bool { return can(r, beginInApp) }},
	{"カードの選択", func(r strange) bool { return can(r, next) && reads(r, "セゾンカード") && len(r.Radios) > 0 }},
	{"App Store", func(r strange) bool { return can(r, getApp) || strings.Contains(r.Whole, "App Store") }},
	{"Google Play", func(r strange) bool { return can(r, installApp) || strings.Contains(r.Whole, "Google Play") }},
	{"明細", func(r strange) bool { return can(r, "お支払変更") || reads(r, "ご利用グラフ") }},
	{"メニュー", func(r strange) bool { return reads(r, "各種お手続きやお問い合わせを24時間受付") }},
	{"ホーム", func(r strange) bool { return can(r, "メニュー") && reads(r, "永久不滅ポイント") }},
	{"セゾンPortalアプリ", func(r strange) bool { return reads(r, "二次元コードを") }},
	{homeTitle, func(r strange) bool {
		return about(r, portalBanner) && !r.Secret && !can(r, "ホーム", "メニュー")
	}},
	{memberHome, ofMember},
	{"ログイン", func(r strange) bool { return r.Secret && asks(r, netAnswerID) }},
	{"カードの選択", func(r strange) bool { return can(r, next) && reads(r, "セゾンカード") }},
}

// Screens lists what Titles may name: the screens that the guide draws, on the web and
// in the app, each in the order in which they are thought of.
func Screens() (web, app []string) {
	for names, screens := range map[*[]string][]drawn{&web: ofWeb, &app: ofApp} {
		for _, s := range screens {
			if !slices.Contains(*names, s.title) {
				*names = append(*names, s.title)
			}
		}
	}
	return web, app
}

// about tells whether something can be pressed whose name is about something.
func about(r strange, name string) bool {
	return slices.ContainsFunc(slices.Concat(r.Actions, r.Blocked, r.Behind.Actions), func(action string) bool {
		return slices.ContainsFunc(gists[name], func(part string) bool { return strings.Contains(action, part) })
	})
}

// recognise tells which of the guide's screens one is: first by a title, a progress
// or a heading that the implementation has told of, then by what the guide draws,
// then by a sentence that it has told of, as that may stand on other screens too; at
// last by the address of the home page and the way to log in. False: by none; then it is called what it
// calls itself.
func (f *Foreign) recognise(r strange, app bool, device, home string) (title string, known bool) {
	if title := f.told(r, entitled); title != "" {
		return title, true
	}
	if title := byDrawing(r, app, device); title != "" {
		return title, true
	}
	if title := f.told(r, func(r strange, told string) bool { return reads(r, told) }); title != "" {
		return title, true
	}
	if home != "" && (about(r, loginFromPC) || can(r, others[loginFromPC]...)) && !r.Secret && beginning(r.Address) == beginning(home) {
		return homeTitle, true
	}
	if title, _, _ := strings.Cut(r.Whole, titleEnd); title != "" {
		return title, false
	}
	return r.Heading, false
}

// beginning is an address, without what a router in the page writes for its first page.
func beginning(address string) string { return strings.TrimRight(address, "/#!") }

// told is the screen for which the implementation has told something that a test
// finds, "" for none.
func (f *Foreign) told(r strange, is func(r strange, told string) bool) string {
	for _, guide := range slices.Sorted(maps.Keys(f.Titles)) {
		if is(r, f.Titles[guide]) {
			return guide
		}
	}
	return ""
}

// byDrawing is the screen of the guide's that shows what one shows, "" for none. Of
// several the one is meant that it is called by title or heading: a menu may lead to
// what else stands on the statement.
func byDrawing(r strange, app bool, device string) string {
	screens := ofWeb
	if app {
		screens = ofApp
	}
	for _, s := range screens {
		if (r.Heading == s.title || r.Whole == s.title) && s.is(r) {
			return s.title
		}
	}
	for _, s := range screens {
		if s.is(r) {
			return s.title
		}
	}
	if app && can(r, openApp) {
		return map[string]string{IPhone: "App Store", Android: "Google Play"}[device]
	}
	return ""
}

// entitled tells whether a screen is told of by its title, its progress or a heading.
func entitled(r strange, told string) bool {
	return r.Whole == told || r.Progress == told && told != "" || slices.Contains(r.Headings, told)
}

// translated has the guide's names in the place of those that the file tells.
func (f *Foreign) translated(r reading) reading {
	for _, names := range []*[]string{&r.Fields, &r.Actions, &r.Blocked, &r.Pictures} {
		*names = f.named(*names)
	}
	r.Errors, r.Values, r.Choices = guided(f, r.Errors), guided(f, r.Values), guided(f, r.Choices)
	return r
}
