package web

import (
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
)

// places are the fields of each screen.
var places = page.Places{
	string(registration.Input): {
		registration.FieldCardNumber:           {Anchor: "card_number_first", Label: "input.card_number"},
		registration.FieldExpiry:               {Anchor: "expiry_month", Label: "input.expiry"},
		registration.FieldSecurityCode:         {Anchor: "security_code", Label: "input.security_code"},
		registration.FieldNetAnswerID:          {Anchor: "net_answer_id", Label: "input.net_answer_id"},
		registration.FieldPassword:             {Anchor: "password", Label: "input.password"},
		registration.FieldPasswordConfirmation: {Anchor: "password_confirmation", Label: "input.password_confirmation"},
		registration.FieldEmailPC:              {Anchor: "email_pc", Label: "confirm.email_pc"},
		registration.FieldEmailMobile:          {Anchor: "email_mobile", Label: "confirm.email_mobile"},
		registration.FieldTerms:                {Anchor: "terms_agreed"},
	},
	string(registration.AwaitPasscode): {
		registration.FieldPasscode: {Anchor: "passcode", Label: "passcode.passcode"},
	},
}
