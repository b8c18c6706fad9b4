package client

import (
	"context"
	"net/http"
)

// A Member is somebody with cards. Given to AddMember, what is left empty is
// filled in, but for Phone and Email: without them the issuer has none on file.
type Member struct {
	ID        string `json:"id,omitempty"`
	Name      string `json:"name,omitempty"`
	BirthDate string `json:"birth_date,omitempty"` // YYYY-MM-DD
	Phone     string `json:"phone,omitempty"`      // national form
	Email     string `json:"email,omitempty"`
	Cards     []Card `json:"cards,omitempty"`
}

// A Card is a card of a member, as its holder would read it, and what the issuer
// knows of it. Only numbers under the test prefixes exist.
type Card struct {
	Number       string     `json:"number,omitempty"`
	Brand        string     `json:"brand,omitempty"`   // visa, mastercard, jcb or amex
	Status       string     `json:"status,omitempty"`  // active, locked or withdrawn; "" is active
	Product      string     `json:"product,omitempty"` // saison, corporate or club_on; "" is saison
	Expiry       string     `json:"expiry,omitempty"`  // MM/YY
	SecurityCode string     `json:"security_code,omitempty"`
	PIN          string     `json:"pin,omitempty"` // four digits
	Points       int        `json:"points,omitempty"`
	CreditLimit  int        `json:"credit_limit,omitempty"`  // yen
	CashingLimit int        `json:"cashing_limit,omitempty"` // yen, 0 for none
	PaymentDate  string     `json:"payment_date,omitempty"`  // YYYY-MM-DD, "" where nothing is to be paid
	Purchases    []Purchase `json:"purchases,omitempty"`
	Usage        []Month    `json:"usage,omitempty"`   // of the months before those of the purchases, oldest first
	Account      *Account   `json:"account,omitempty"` // nil where the card is not registered from the start
}

// A Purchase is a line of the statement.
type Purchase struct {
	Date   string `json:"date"` // YYYY-MM-DD
	Shop   string `json:"shop"`
	Amount int    `json:"amount"` // yen
}

// A Month is what was used in it.
type Month struct {
	Month  string `json:"month"`  // YYYY-MM
	Amount int    `json:"amount"` // yen
}

// An Account is a Net Answer account that a card has from the start.
type Account struct {
	NetAnswerID string `json:"net_answer_id"`
	Password    string `json:"password"`
}

type members struct {
	Members []Member `json:"members"`
}

// Members returns the members of a world: those of the fixtures, those
// added, and the first hundred of those generated.
func (c *Client) Members(ctx context.Context, world string) ([]Member, error) {
	var found members
	err := c.do(ctx, http.MethodGet, in(world, "/members"), nil, nil, &found)
	return found.Members, err
}

// Generate makes n members of their own, each with a card, a mobile telephone
// and a mail address; ten thousand at the most with one call.
func (c *Client) Generate(ctx context.Context, world string, n int) ([]Member, error) {
	var made members
	err := c.do(ctx, http.MethodPost, in(world, "/members"), nil, map[string]int{"count": n}, &made)
	return made.Members, err
}

// AddMember adds a member of the test's own, or replaces the one with its id,
// and returns the member as added.
func (c *Client) AddMember(ctx context.Context, world string, m Member) (Member, error) {
	var made members
	if err := c.do(ctx, http.MethodPost, in(world, "/members"), nil, m, &made); err != nil {
		return Member{}, err
	}
	if len(made.Members) != 1 {
		return Member{}, &Problem{Status: http.StatusCreated, Code: "no_member", Detail: "the answer has no member"}
	}
	return made.Members[0], nil
}
