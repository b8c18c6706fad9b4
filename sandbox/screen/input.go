package screen

import (
	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
)

// FormParts are what the form of the web registration is made of besides the text
// table: what can be chosen, and the keys of the software keyboard.
type FormParts struct {
	Prefixes []fixtures.TestPrefix
	Keys     []string
}

// NumberFields are the boxes of the card number, in order: the first is chosen,
// the others are written; of an AMEX number the last holds three digits (p26).
var NumberFields = [4]string{"card_number_first", "card_number_second", "card_number_third", "card_number_fourth"}

// Boxes takes a card number apart as the form does, left-aligned (p26-3).
func Boxes(number string) (b [4]string) {
	for i := range b {
		n := min(4, len(number))
		b[i], number = number[:n], number[n:]
	}
	return b
}

// form is the form of the web registration (p26-p31).
func (k *maker) form(r registration.Registration, p FormParts) {
	k.progress(1)
	a := r.Application
	again := k.entered(secretEntered, a.CardNumber) != ""
	elsewhere := k.refusedElsewhere()
	k.add(k.scope(elsewhere))
	if again {
		k.add(Element{Kind: Note, Tone: Status, Text: k.say("again"), Style: "again"})
	}
	k.add(Element{Kind: Form, Name: "input", Content: []Element{
		k.card(
			a,
			p,
			elsewhere,
		), k.netAnswerID(a), k.password(), k.email(a), k.newsletter(a), k.notices(), k.terms(k.entered(termsRead, a.CardNumber) != ""),
	}})
}

// scope says who may not register here (p26-4, p26-5). While the way on stands
// beside the refusal, it stands there only.
func (k *maker) scope(elsewhere bool) Element {
	clubOn := Element{Kind: Item, Content: []Element{k.text("club_on", "")}}
	if !elsewhere {
		clubOn.Content = append(clubOn.Content, k.press("other_registration", link, "other", quiet))
	}
	return Element{Kind: List, Style: "scope", Content: []Element{{Kind: Item, Content: []Element{k.text("corporate", "")}}, clubOn}}
}

// refusedElsewhere tells whether what was refused is a card that is registered
// elsewhere.
func (k *maker) refusedElsewhere() bool {
	for _, e := range middleware.Each(k.told.Refused) {
		if e.Code == registration.CodeOtherRegistration {
			return true
		}
	}
	return false
}

// card is what stands on the card (p26-p28).
func (k *maker) card(a registration.Application, p FormParts, elsewhere bool) Element {
	stands := Boxes(a.CardNumber)
	first := k.input(NumberFields[0], "choice", required, fills("off"))
	first.Field.Choices = []Choice{{Label: k.say("card_number_choose")}}
	chosen := k.entered(NumberFields[0], stands[0])
	for _, r := range p.Prefixes {
		first.Field.Choices = append(first.Field.Choices, Choice{Value: r.Digits, Label: r.Digits, Chosen: r.Digits == chosen})
	}
	number := Element{Kind: Group, Name: registration.FieldCardNumber, Text: k.say("card_number"), Must: k.say("required"),
		Help: []string{k.say("card_number_help")}, Style: "boxes number", Content: []Element{first}}
	for i, name := range NumberFields[1:] {
		number.Content = append(number.Content, k.input(name, "text", required, digits, most(4), private(k.entered(name, stands[i+1]))))
	}
	if elsewhere {
		number.Content = append(number.Content, k.press("other_registration", link, "other", quiet))
	}
	expiry := Element{Kind: Group, Name: registration.FieldExpiry, Text: k.say("expiry"), Must: k.say("required"),
		Help: []string{k.say("expiry_help")}, Style: "boxes expiry", Content: []Element{
			k.input("expiry_month", "text", required, digits, most(2), value(k.entered("expiry_month", a.ExpiryMonth))),
			k.input("expiry_year", "text", required, digits, most(2), value(k.entered("expiry_year", a.ExpiryYear)))}}
	return section(
		"card",
		k.say("card"),
		number,
		expiry,
		k.input(
			registration.FieldSecurityCode,
			"text",
			must(k.say("required")),
			digits,
			k.help("security_code_help", "security_code_help_amex"),
		),
		Element{Kind: Keyboard, Name: registration.FieldSecurityCode, Device: "pc", Text: k.say("software_keyboard"), Keys: p.Keys,
			Help: []string{
				k.m.Say("keyboard.help"),
			}, Action: &Action{Name: "keyboard_help", Label: k.m.Say("keyboard.help_name"), Kind: button}},
	)
}

func (k *maker) netAnswerID(a registration.Application) Element {
	id := k.entered(registration.FieldNetAnswerID, a.NetAnswerID)
	_, sentence := k.m.Strength(id)
	if id == "" {
		sentence = ""
	}
	return section("card", k.say("net_answer_id_heading"),
		k.input(registration.FieldNetAnswerID, "text", must(k.say("required")), fills("username"), metered, value(id),
			k.help("credential_help", "credential_symbols")),
		Element{Kind: Meter, Name: registration.FieldNetAnswerID, Text: sentence})
}

func (k *maker) password() Element {
	return section(
		"card",
		k.say("password_heading"),
		k.input(
			registration.FieldPassword,
			"password",
			must(k.say("required")),
			fills("new-password"),
			metered,
			k.help("password_help", "credential_symbols"),
		),
		Element{Kind: Meter, Name: registration.FieldPassword},
		k.input(
			registration.FieldPasswordConfirmation,
			"password",
			must(k.say("required")),
			fills("new-password"),
			k.help("password_confirmation_help"),
		),
		k.text("personal_data", "note"),
		k.text("strength_recommended", "note"),
		k.text("keep", "note"),
	)
}

// email is where the member is reached (p30): one of two addresses at least.
func (k *maker) email(a registration.Application) Element {
	return section("card", "", Element{Kind: Group, Name: "email", Text: k.say("email"), Style: "group", Content: []Element{
		k.input(registration.FieldEmailPC, "text", address, value(k.entered(registration.FieldEmailPC, a.EmailPC))),
		k.input(registration.FieldEmailMobile, "text", address, value(k.entered(registration.FieldEmailMobile, a.EmailMobile))),
		k.text("email_help", "help"), k.text("email_reception", "note")}})
}

func (k *maker) newsletter(a registration.Application) Element {
	wanted := a.Newsletter
	switch {
	case k.told.Entered != nil:
		wanted = k.told.Entered["newsletter"] != ""
	case a.CardNumber == "":
		wanted = k.m.Policy.NewsletterDefault // p30-3
	}
	tick := k.input("newsletter", "tick")
	tick.Field.Ticked = wanted
	return section("card", k.say("newsletter_heading"), tick, k.press("newsletter_more", link, "newsletter", quiet))
}

// notices are what the guide says above the terms, in its order (p31).
func (k *maker) notices() Element {
	return Element{Kind: Section, Style: "card", Content: []Element{k.text("paper", "note"),
		{Kind: Heading, Text: k.say("three_d_secure"), Style: "2"}, k.text("three_d_secure_body", "")}}
}

// terms are the terms of use and the button that agrees to them (p31).
func (k *maker) terms(read bool) Element {
	style := "inline"
	if read {
		style = "inline read"
	}
	scroll := k.text("terms_scroll", "help")
	scroll.Device = "pc"
	open := k.press("terms_open", button, "", plain, popup("terms"))
	open.Device = "sp"
	shut := k.press("terms_close", button, "", plain, popup("terms"))
	shut.Device = "sp"
	body := k.termsOf(style, shut)
	agree := k.press("submit", button, "confirm", arrow)
	agree.Action.Value = agreed
	return section("card agreement", k.say("terms"), scroll, open, body, agree)
}

func popup(what string) func(*Action) { return func(a *Action) { a.Popup = what } }

// What stands in no field and is remembered of a form that was refused: whether
// something secret must be entered again, and whether the terms were read.
const (
	secretEntered = "(secret)"
	termsRead     = "(read)"
)

// Secret notes of what was written whether something secret was among it, and
// whether the member agreed to the terms.
func Secret(entered map[string]string, secret, agreed bool) {
	if secret {
		entered[secretEntered] = "yes"
	}
	if agreed {
		entered[termsRead] = "yes"
	}
}
