// Package issuer is the card company's core system as far as a registration
// needs it: it verifies a card, tells the contact on file, enrols a card in 3-D
// Secure and knows statement and points.
//
// The core is plain data and functions over it. It knows the test cards of the
// fixtures and what a test added; any other number does not exist for it.
package issuer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/table"
)

// A Card is a card with the person it belongs to.
type Card struct {
	fixtures.Card
	MemberID  string `json:"member_id"`
	Name      string `json:"name"`
	BirthDate string `json:"birth_date"`
	Phone     string `json:"phone,omitempty"`
	Email     string `json:"email,omitempty"`
}

// A Book is all the issuer knows. Copying it takes a snapshot.
type Book struct {
	Cards     table.Table[Card]      `json:"cards,omitzero"`      // by number
	Generated int                    `json:"generated"`           // how many generated cards exist, see Generate
	Enrolled  table.Table[time.Time] `json:"enrolled,omitzero"`   // 3-D Secure, by number
	WrongPINs table.Table[int]       `json:"wrong_pins,omitzero"` // wrong PINs in a row, by number
	Faults    fault.Plan             `json:"faults,omitzero"`     // of what the backend asks
}

// Answer uses up the fault that happens to the next question. unasked is why the
// issuer does not take it; lost is why its answer does not arrive although it did.
func (b *Book) Answer() (unasked, lost error) {
	f, _ := b.Faults.Next("", func(string, string) bool { return true })
	if f.Kind == fault.Lose {
		return nil, fault.ErrLost
	}
	return f.Fails(), nil
}

// ErrMember is the error of a member that cannot be added as asked.
var ErrMember = errors.New("member cannot be added")

// MaxGenerated bounds the generated cards of one book; they cost nothing, but
// their numbers must stay inside the test range.
const MaxGenerated = 1_000_000

// NewBook returns a book that has the fixtures' members.
func NewBook(members []fixtures.Member) Book {
	var b Book
	for _, m := range members {
		b.Add(m)
	}
	return b
}

// Add puts a member's cards into the book, replacing what had their numbers.
// Wrong PINs of before are forgotten with what is replaced.
func (b *Book) Add(m fixtures.Member) {
	for _, c := range m.Cards {
		b.WrongPINs.Delete(c.Number)
		b.Cards.Put(c.Number, Card{Card: c, MemberID: m.ID, Name: m.Name, BirthDate: m.BirthDate, Phone: m.Phone, Email: m.Email})
	}
}

// Find returns the card of that number.
func (b Book) Find(number string) (Card, bool) {
	if c, ok := b.Cards.Get(number); ok {
		return c, true
	}
	if index, ok := generatedIndex(number); ok && index < b.Generated {
		return generated(index), true
	}
	return Card{}, false
}

// Verify returns the card if number, expiry (MM/YY) and security code are
// all right. Which of them is wrong is not told.
func (b Book) Verify(number, expiry, securityCode string) (Card, bool) {
	c, ok := b.Find(number)
	if !ok || c.Expiry != expiry || c.SecurityCode != securityCode {
		return Card{}, false
	}
	return c, true
}

// Enrol enrols a card in 3-D Secure at t; it tells false where that had been
// done before, and leaves the earlier enrolment as it was.
func (b *Book) Enrol(number string, t time.Time) bool {
	if b.Enrolled.Has(number) {
		return false
	}
	b.Enrolled.Put(number, t)
	return true
}

// Generate makes n more members of their own, each with one card and a mobile
// telephone, and returns them. They are worked out from their place in the
// row, so that any number of them costs no memory.
func (b *Book) Generate(n int) ([]Card, error) {
	if n < 1 || b.Generated+n > MaxGenerated {
		return nil, fmt.Errorf("%w: count must leave the generated members between 1 and %d", ErrMember, MaxGenerated)
	}
	cards := make([]Card, n)
	for i := range cards {
		cards[i] = generated(b.Generated + i)
	}
	b.Generated += n
	return cards, nil
}

// generatedPrefix keeps generated cards apart from those of the fixtures.
const generatedPrefix = "42424290"

func generated(index int) Card {
	serial := fmt.Sprintf("%07d", index)
	number := generatedPrefix + serial
	number += string(fixtures.CheckDigit(number))
	return Card{
		Card: fixtures.Card{Number: number, Brand: "visa", Expiry: "12/39", SecurityCode: serial[4:], PIN: serial[3:],
			Points: index, CreditLimit: 300_000},
		MemberID: "generated-" + strconv.Itoa(index), Name: "生成 " + strconv.Itoa(index) + "号", BirthDate: "2000-01-01",
		Phone: "090-" + "1" + serial[:3] + "-" + serial[3:], Email: "member" + strconv.Itoa(index) + "@example.jp",
	}
}

func generatedIndex(number string) (int, bool) {
	serial, ok := strings.CutPrefix(number, generatedPrefix)
	if !ok || len(serial) != 8 {
		return 0, false
	}
	index, err := strconv.Atoi(serial[:7])
	if err != nil || fixtures.CheckDigit(number[:15]) != number[15] {
		return 0, false
	}
	return index, true
}
