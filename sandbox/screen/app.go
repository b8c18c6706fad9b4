package screen

import (
	"strconv"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// steps are the six steps of the guide's STEP 02 that the app's screens belong to.
var steps = map[string]int{
	"app_company": 1, "app_entrance": 1, "app_card": 1, "app_destination": 2, "app_passcode": 2, "app_pin": 2,
	"app_email": 3, "app_password": 4, "app_terms": 5, "app_completed": 6,
}

const lastStep = 6

// beginApp begins a screen of the app, with how far it is.
func beginApp(m world.Snapshot, name string, told Told) *maker {
	k := begin(m, name, told)
	if step := steps[name]; step > 0 {
		k.s.Progress = &Progress{Label: m.Say("progress.label"), Current: step, Of: lastStep}
	}
	return k
}

// backTo puts the way back to an earlier screen at the top.
func (k *maker) backTo(name, kind, screen string) {
	a := &Action{Name: name, Label: k.m.Say("app.back"), Kind: kind, LeadsTo: screen, Style: "plain small"}
	e := Element{Kind: Act, Action: a}
	if kind == button {
		a.Value = screen[len("app_"):]
		e = form("back", e)
	}
	k.s.Bar = []Element{e}
}

// A Reader is what looks at a page: the kind of smartphone it is, "" for what is
// none, and a picture of the two-dimensional code of the page.
type Reader struct {
	Device registration.Device
	Code   string // address of the image
}

// Guide is where the company leads to the app from its banner (p4-p6).
func Guide(m world.Snapshot, r Reader) Screen {
	k := begin(m, "app_guide", Told{})
	code := Element{Kind: Image, Name: "code", Text: k.say("code_name"), Src: r.Code}
	stores := Element{Kind: List, Style: "stores"}
	for _, s := range []struct {
		device registration.Device
		name   string
	}{{registration.IPhone, "apple"}, {registration.Android, "google"}} {
		if r.Device == "" || r.Device == s.device {
			style := plain
			if r.Device != "" {
				style = func(*Action) {}
			}
			stores.Content = append(
				stores.Content,
				Element{Kind: Item, Content: []Element{k.press(s.name, link, "app_store_"+s.name, style)}},
			)
		}
	}
	item := func(what string, notes ...Element) Element {
		return Element{Kind: Item, Content: append([]Element{k.text(what, "")}, notes...)}
	}
	download := section("card", k.say("download"))
	if r.Device == "" {
		download.Content = append(download.Content, caution(k.say("other_device")))
	}
	download.Content = append(download.Content, section("code", "", k.text("code", "caption"), code), stores, k.text("also", ""),
		k.text("address", "address"))
	k.add(k.text("for_smartphones", "lead"), k.text("lead", "hero"),
		section(
			"card first-time",
			k.say("prepare"),
			Element{
				Kind:    List,
				Style:   "prepare",
				Content: []Element{item("prepare_card"), item("prepare_email", k.text("reception", "note"))},
			},
			Element{Kind: Heading, Text: k.say("check"), Style: "3"},
			k.press("video", link, "video", quiet),
		),
		download)
	for _, what := range []string{"trademark_iphone", "trademark_app_store", "trademark_google"} {
		k.add(k.text(what, "help"))
	}
	return k.done()
}

// A Listing is the app in a store: on its way onto the smartphone, or there.
type Listing struct {
	Store      string // apple or google
	Installing bool
	Percent    int
	Installed  bool
}

// Store is the app in an emulated store (p7, p8).
func Store(m world.Snapshot, l Listing) Screen {
	k := begin(m, "app_store_"+l.Store, Told{})
	k.s.Bar = []Element{k.text("emulated", "brand")}
	k.add(k.text("lead", "listing"))
	var next Element
	switch {
	case l.Installed:
		next = k.press("open", link, "app_company")
	case l.Installing:
		next = Element{Kind: Busy, Text: k.say("installing"), Percent: l.Percent}
	default:
		next = form("install", k.press("install", button, k.name))
	}
	k.add(Element{Kind: Section, Name: "installing", Content: []Element{next}})
	if l.Store == "google" {
		k.add(k.text("trademark", "help"))
	}
	return k.done()
}

// Company is where the card company is chosen (p10).
func Company(m world.Snapshot, chosen string, told Told) Screen {
	k := beginApp(m, "app_company", told)
	options := k.input(registration.FieldCompany, "options")
	for _, c := range []string{"saison", "other"} {
		options.Field.Choices = append(options.Field.Choices, Choice{Value: c, Label: k.say(c), Chosen: c == chosen})
	}
	k.add(form("company", options, k.press("submit", button, "app_entrance")))
	return k.done()
}

// AppEntrance is where a registration begins in the app (p11).
func AppEntrance(m world.Snapshot, told Told) Screen {
	k := beginApp(m, "app_entrance", told)
	k.backTo("back", link, "app_company")
	k.add(k.text("lead", ""), form("begin", k.press("begin", button, "app_card")))
	return k.done()
}

// AppName is the screen of a state of the app's registration. The ends are the
// same as on the web.
func AppName(state registration.State) string {
	switch state {
	case registration.Expired, registration.Locked, registration.Unavailable:
		return string(state)
	}
	return "app_" + string(state)
}

func appRegistration(m world.Snapshot, r registration.Registration, told Told) Screen {
	k := beginApp(m, AppName(r.State), told)
	switch r.State {
	case registration.AwaitCard:
		k.appCard(r)
	case registration.CheckDestination:
		k.appDestination(r)
	case registration.AwaitPasscode:
		k.appPasscode(r)
	case registration.AwaitPIN:
		k.appPIN(r)
	case registration.AwaitEmail:
		k.add(form(
			"email",
			k.input(
				registration.FieldEmail,
				"text",
				required,
				address,
				value(k.entered(registration.FieldEmail, r.Application.EmailMobile)),
				k.help("reception"),
			),
			k.press("submit", button, "app_password"),
		))
	case registration.AwaitPassword:
		k.backTo("back", button, "app_email")
		k.add(form("password", k.input(registration.FieldPassword, "password", required, fills("new-password"), k.help("help")),
			k.text("caution", "note"), k.text("keep", "note"), k.press("submit", button, "app_terms")))
	case registration.AwaitTerms:
		k.appTerms(r)
	case registration.Completed:
		k.add(section("card stack", "", k.text("net_answer_id", "lead", "net_answer_id", r.Application.NetAnswerID), k.text("mail", "")),
			k.press("start", link, "app_wallet"))
	case registration.Expired, registration.Locked, registration.Unavailable:
		k.ended(r, "app_company", "app_company")
	default:
		panic("screen: unknown state " + string(r.State))
	}
	return k.done()
}

// appCard is where the card is written (p12).
func (k *maker) appCard(r registration.Registration) {
	a := r.Application
	expiry := ""
	if a.ExpiryMonth != "" {
		expiry = a.ExpiryMonth + "/" + a.ExpiryYear
	}
	card := []Element{k.input(registration.FieldCardNumber, "text", required, digits,
		private(k.entered(registration.FieldCardNumber, a.CardNumber)), k.help("card_number_help"))}
	if k.refusedElsewhere() {
		card = append(card, k.press("other_registration", link, "other", quiet))
	}
	k.add(form("card", append(card,
		k.input(registration.FieldExpiry, "text", required, fills("off"), most(7),
			value(k.entered(registration.FieldExpiry, expiry)), k.help("expiry_help", "expiry_back")),
		k.input(registration.FieldSecurityCode, "text", required, digits,
			k.help("security_code_help", "security_code_help_amex", "security_code_back")),
		k.press("submit", button, "app_destination"),
	)...))
}

func (k *maker) pinDigits() string { return strconv.Itoa(k.m.Policy.PINDigits) }

// phone is the member's telephone behind the policy's mask.
func (k *maker) phone(r registration.Registration) string {
	return registration.MaskDestination(k.m.Policy.DestinationMask, r.Holder.Phone)
}

// appDestination is where the member sees to which telephone the passcode would
// go (p13). Without one that takes SMS only the PIN is left.
func (k *maker) appDestination(r registration.Registration) {
	k.backTo("back", button, "app_card")
	if !registration.Mobile(r.Holder.Phone) {
		if e, ok := k.told.Refused.(*registration.Error); !ok || e.Text != "error.sms_unavailable" { // which says the same
			k.add(caution(k.say("no_phone")))
		}
		k.add(form("choose_pin", k.press("choose_pin", button, "app_pin")))
		return
	}
	k.add(section("card stack", "", k.text("sms", ""),
		Element{Kind: Values, Style: "to", Values: []Value{{Label: k.say("phone"), Text: k.phone(r)}}}, k.text("check", "help")),
		form("destination", k.press("submit", button, "app_passcode")),
		form("choose_pin", k.text("pin_note", "note", "pin_digits", k.pinDigits()), k.press("choose_pin", button, "app_pin", plain)))
}

// appPasscode is where the passcode is written (p14). Nothing is offered of the
// SMS: the member types it (p14-3).
func (k *maker) appPasscode(r registration.Registration) {
	k.add(
		section(
			"card stack",
			"",
			k.text("destination", "lead", "destination", k.phone(r)),
			k.text("keep_open", ""),
			k.text("instruction", ""),
		),
		form("passcode", k.input(registration.FieldPasscode, "text", required, digits, func(f *Field) {
			f.Help = []string{k.say("lifetime", "minutes", wholeMinutes(k.m.Policy.PasscodeLifetime.Of()))}
		}), k.press("submit", button, "app_email")),
		form("reissue", k.press("reissue", button, "app_passcode", plain)),
		form("choose_pin", k.text("pin_note", "note", "pin_digits", k.pinDigits()), k.press("choose_pin", button, "app_pin", plain)),
	)
}

// appPIN is where the card's PIN is written (p13-2).
func (k *maker) appPIN(r registration.Registration) {
	k.add(form("pin", k.input(registration.FieldPIN, "password", required, digits, func(f *Field) {
		f.Help = []string{k.say("instruction", "pin_digits", k.pinDigits())}
	}), k.press("submit", button, "app_email")))
	if registration.Mobile(r.Holder.Phone) {
		k.add(form("destination", k.press("use_sms", button, "app_passcode", plain)))
	}
}

// appTerms is where the terms are read and agreed to (p17).
func (k *maker) appTerms(r registration.Registration) {
	k.backTo("back", button, "app_password")
	if k.m.RegisteredBefore(r) { // a-03; before the identity was proved nobody is told
		k.add(caution(k.say("anew")))
	}
	terms := k.termsOf("sheet", k.press("terms_close", button, "", plain, popup("terms")))
	agree := k.press("submit", button, "app_completed")
	agree.Action.Value = agreed
	k.add(k.press("terms_open", button, "", plain, popup("terms")), terms, k.text("three_d_secure", "note"), form("terms", agree))
}
