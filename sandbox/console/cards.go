package console

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/fixtures"
)

// testCard is one test card with the person it belongs to and what to try.
type testCard struct {
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

type cardList struct {
	Cards []testCard `json:"cards"`
}

func (f handler) cards(a huma.API) {
	register(f, a, get("/api/cards", "list-cards", "資料", "テストカードの一覧（何を試すためのものか）"),
		func(context.Context, *struct{}) (*answer[cardList], error) {
			return &answer[cardList]{cardList{Cards: listCards(f.service.Control().TestMembers())}}, nil
		})
}

func listCards(members []fixtures.Member) []testCard {
	list := []testCard{}
	for _, m := range members {
		for _, c := range m.Cards {
			list = append(list, testCard{MemberID: m.ID, Called: m.Called, Name: m.Name, For: m.For, Brand: c.Brand, Number: c.Number,
				Expiry: c.Expiry, SecurityCode: c.SecurityCode, PIN: c.PIN, Phone: m.Phone, Email: m.Email, Account: c.Account})
		}
	}
	return list
}
