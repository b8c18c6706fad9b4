package overview

import "example.com/netanswer/fixtures"

// A TestCard is one test card with the person it belongs to and what to try.
type TestCard struct {
	MemberID     string            `json:"member_id"`
	Called       string            `json:"called" doc:"what the scenarios call the person" example:"花子さん"`
	Name         string            `json:"name"`
	For          string            `json:"for" doc:"what to try with this card"`
	Brand        string            `json:"brand" enum:"visa,mastercard,jcb,amex"`
	Number       string            `json:"number"`
	Expiry       string            `json:"expiry" doc:"MM/YY"`
	SecurityCode string            `json:"security_code"`
	PIN          string            `json:"pin,omitempty" doc:"暗証番号"`
	Phone        string            `json:"phone,omitempty"`
	Email        string            `json:"email,omitempty"`
	Account      *fixtures.Account `json:"account,omitempty" doc:"present where the card is registered already"`
}

// TestCards are the cards of members, in their order.
func TestCards(members []fixtures.Member) []TestCard {
	list := []TestCard{}
	for _, m := range members {
		for _, c := range m.Cards {
			list = append(list, TestCard{MemberID: m.ID, Called: m.Called, Name: m.Name, For: m.For, Brand: c.Brand, Number: c.Number,
				Expiry: c.Expiry, SecurityCode: c.SecurityCode, PIN: c.PIN, Phone: m.Phone, Email: m.Email, Account: c.Account})
		}
	}
	return list
}
