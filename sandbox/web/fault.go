package web

import (
	"net/http"

	"example.com/netanswer/sandbox/gate"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A fault is what is wrong with one field of the screen, as the summary at its
// top says it, with a link to where it can be put right.
type fault struct {
	Field    string // as package registration names it
	Anchor   string // id of the control to go to
	Label    string // what the field is called
	Sentence string
}

// A place is where a field stands on its screen, and the text that names it
// when it is named alone; "" where its sentences name it themselves.
type place struct{ anchor, label string }

// places are the fields of each screen.
var places = map[string]map[string]place{
	string(registration.Input): {
		registration.FieldCardNumber:           {"card_number_first", "input.card_number"},
		registration.FieldExpiry:               {"expiry_month", "input.expiry"},
		registration.FieldSecurityCode:         {"security_code", "input.security_code"},
		registration.FieldNetAnswerID:          {"net_answer_id", "input.net_answer_id"},
		registration.FieldPassword:             {"password", "input.password"},
		registration.FieldPasswordConfirmation: {"password_confirmation", "input.password_confirmation"},
		registration.FieldEmailPC:              {"email_pc", "confirm.email_pc"},
		registration.FieldEmailMobile:          {"email_mobile", "confirm.email_mobile"},
		registration.FieldTerms:                {"terms_agreed", ""},
	},
	string(registration.AwaitPasscode): {
		registration.FieldPasscode: {"passcode", "passcode.passcode"},
	},
}

// tell puts a refusal into the frame, each sentence at its field where the
// screen has it, and answers with the status. What is no refusal panics.
func (f *frame) tell(m world.Moment, refused error) (status int) {
	all := gate.Each(refused)
	if len(all) == 0 {
		panic(refused) // Survive gives it an incident number
	}
	for _, e := range all {
		p, here := places[f.Screen][e.Field]
		if here {
			w := fault{Field: e.Field, Anchor: p.anchor, Sentence: m.Explain(e)}
			if p.label != "" {
				w.Label = m.Say(p.label)
			}
			f.Faults = append(f.Faults, w)
		} else {
			f.Alerts = append(f.Alerts, m.Explain(e))
		}
	}
	return gate.Status(all[0].Kind)
}

// Wrong are the sentences at one field.
func (f frame) Wrong(field string) []string {
	var sentences []string
	for _, w := range f.Faults {
		if w.Field == field {
			sentences = append(sentences, w.Sentence)
		}
	}
	return sentences
}

// refuse shows the page of a registration's state with what was refused.
func (s *site) refuse(w http.ResponseWriter, step world.Step) {
	f := s.newFrame(step.Moment, string(step.Registration.State))
	status := f.tell(step.Moment, step.Refused)
	s.screen(w, status, f, step.Registration)
}
