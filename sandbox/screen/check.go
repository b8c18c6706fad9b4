package screen

import (
	"fmt"
	"strconv"
	"time"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// Registration is the screen of a registration of the web or of the app as it
// stands.
func Registration(m world.Snapshot, r registration.Registration, p FormParts, told Told) Screen {
	if r.Channel == registration.App {
		return appRegistration(m, r, told)
	}
	k := begin(m, string(r.State), told)
	switch r.State {
	case registration.Input:
		k.form(r, p)
	case registration.Confirm:
		k.confirm(r)
	case registration.AwaitPasscode:
		k.passcode(r)
	case registration.AwaitCall:
		k.call(r)
	case registration.Completed:
		k.completed(r)
	case registration.Expired, registration.Locked, registration.Unavailable:
		k.ended(r, "input", "entrance")
	default:
		panic("screen: unknown state " + string(r.State))
	}
	return k.done()
}

// confirm is what was entered, to be checked (p33).
func (k *maker) confirm(r registration.Registration) {
	k.progress(2)
	a := r.Application
	for _, w := range a.Warnings() { // p29-3
		k.add(caution(k.m.Say(w.Text)))
	}
	mail := Value{Label: k.say("email"), Note: k.say("email_note")}
	for _, part := range []struct{ what, address string }{{"email_pc", a.EmailPC}, {"email_mobile", a.EmailMobile}} {
		if part.address != "" {
			mail.Parts = append(mail.Parts, Value{Label: k.say(part.what), Text: part.address})
		}
	}
	newsletter := k.say("newsletter_no")
	if a.Newsletter {
		newsletter = k.say("newsletter_yes")
	}
	k.add(k.text("lead", "lead"), section("card", k.say("application"), Element{Kind: Values, Style: "entered", Values: []Value{
		{Label: k.say("card_number"), Text: registration.MaskNumber(k.m.Policy.CardMask, a.CardNumber)},
		{Label: k.say("expiry"), Text: a.ExpiryMonth + "/" + a.ExpiryYear},
		{Label: k.say("security_code"), Text: a.SecurityCode},
		{Label: k.say("net_answer_id"), Text: a.NetAnswerID},
		{Label: k.say("password"), Text: k.m.Policy.PasswordMask},
		mail,
		{Label: k.say("newsletter"), Text: newsletter},
	}}), k.text("check", "lead"),
		form("confirm", k.press("proceed", button, "passcode", arrow), k.press("revise", button, "input", plain)))
}

// passcode is where the one-time passcode is entered (p34).
func (k *maker) passcode(r registration.Registration) {
	k.progress(2)
	minutes := wholeMinutes(k.m.Policy.PasscodeLifetime.Of())
	k.add(section("card stack", "",
		k.text("destination", "lead", "destination", registration.MaskDestination(k.m.Policy.DestinationMask, r.Destination())),
		k.text("keep_open", ""),
		form("passcode",
			k.input(registration.FieldPasscode, "text", required, digits, fills("one-time-code"), func(f *Field) {
				f.Help = []string{k.say("lifetime", "minutes", minutes), k.say("too_late")}
			}),
			k.press("submit", button, "completed")),
		form("reissue", k.press("reissue", button, "passcode", plain))))
}

// call is where the member is asked to call the free-dial number (p35).
func (k *maker) call(r registration.Registration) {
	k.progress(2)
	confirmed := !r.Call.ConfirmedAt.IsZero()
	dial := Element{Kind: Values, Style: "dial", Values: []Value{{Label: k.say("number"), Text: r.Call.Number, Style: "number",
		Action: &Action{Name: "dial", Label: r.Call.Number, Kind: link, Tel: r.Call.Number}}}}
	if !confirmed {
		left := max(0, int((r.Call.Until.Sub(k.m.Now)+time.Second-1)/time.Second))
		dial.Values = append(dial.Values, Value{Label: k.say("remaining"), Text: fmt.Sprintf("%d分%02d秒", left/60, left%60), Style: "left",
			Timer: &Timer{Seconds: left, Running: k.m.Clock.Running}})
	}
	content := []Element{k.text("instruction", "lead", "minutes", wholeMinutes(k.m.Policy.CallWindow.Of())), k.text("no_speech", ""), dial,
		k.text("free", "help"), k.text("keep_open", "")}
	if confirmed {
		content = append(content, k.text("confirmed", "told done"))
	}
	k.add(section("card stack", "", append(content, form("call", k.text("press", ""), k.press("submit", button, "completed")))...))
}

func wholeMinutes(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }

// completed is the completion of a web registration (p36).
func (k *maker) completed(r registration.Registration) {
	k.progress(3)
	k.add(section("card stack", "",
		k.text("thanks", "lead"),
		k.text("net_answer_id", "lead", "net_answer_id", r.Application.NetAnswerID),
		k.press("login", link, "entrance", arrow),
		k.text("mail", "note")))
}

// ended is a registration that has ended without completion. Where there is no
// way to check the identity, only the desk can help (p35-6).
func (k *maker) ended(r registration.Registration, restart, home string) {
	for _, e := range middleware.Each(r.Ended()) { // the sentence that refuses whatever is still tried
		if why := k.m.Explain(e); k.told.Refused == nil {
			k.told.Alerts = append(k.told.Alerts, why)
		}
	}
	if r.State != registration.Unavailable {
		k.add(k.press("restart", link, restart))
		return
	}
	desk := k.m.Say("unavailable.desk_number")
	k.add(Element{Kind: Values, Style: "desk card", Values: []Value{{Label: k.m.Say("unavailable.desk"), Text: desk,
		Action: &Action{Name: "dial", Label: desk, Kind: link, Tel: desk}}}},
		k.text("desk_note", "note"), k.press("back", link, home, plain))
}
