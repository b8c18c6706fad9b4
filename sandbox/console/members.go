package console

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// Member is a person of a world and their test cards, with everything a test
// needs to type: they are test cards and nobody's secret.
type Member struct {
	ID        string `json:"id,omitempty" maxLength:"64" pattern:"^[A-Za-z0-9._-]*$" example:"saburo"`
	Name      string `json:"name,omitempty" maxLength:"100" example:"見本 三郎"`
	BirthDate string `json:"birth_date,omitempty" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" doc:"YYYY-MM-DD"`
	Phone     string `json:"phone,omitempty" maxLength:"20" doc:"as registered with the issuer, in national form; left out: none" example:"090-0000-2001"`
	Email     string `json:"email,omitempty" maxLength:"254" pattern:"^([^@\\s]+@[^@\\s]+)?$" doc:"as registered with the issuer; left out: none"`
	Cards     []card `json:"cards,omitempty" maxItems:"20"`
}

// card is one test card.
type card struct {
	Number       string              `json:"number,omitempty" pattern:"^[0-9]*$" maxLength:"19" doc:"under a test prefix; left out: a free one"`
	Brand        string              `json:"brand,omitempty" enum:"visa,mastercard,jcb,amex" doc:"left out: that of the number, or visa"`
	Status       string              `json:"status,omitempty" enum:"active,locked,withdrawn" doc:"left out: active; with the others no identity check is possible"`
	Product      string              `json:"product,omitempty" enum:"saison,corporate,club_on" doc:"left out: saison, the only one that can be registered"`
	Expiry       string              `json:"expiry,omitempty" doc:"MM/YY" example:"12/39"`
	SecurityCode string              `json:"security_code,omitempty" pattern:"^([0-9]{3,4})?$"`
	PIN          string              `json:"pin,omitempty" pattern:"^([0-9]{4})?$" doc:"暗証番号; left out: 1234. Wrong ones of before are forgotten"`
	Points       int                 `json:"points,omitempty" minimum:"0"`
	CreditLimit  int                 `json:"credit_limit,omitempty" minimum:"0" doc:"ご利用可能枠, yen; left out: 300000"`
	CashingLimit int                 `json:"cashing_limit,omitempty" minimum:"0" doc:"キャッシング枠, yen"`
	PaymentDate  string              `json:"payment_date,omitempty" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" doc:"when the purchases are to be paid, YYYY-MM-DD"`
	Purchases    []fixtures.Purchase `json:"purchases,omitempty" maxItems:"200"`
	Usage        []fixtures.Month    `json:"usage,omitempty" maxItems:"60" doc:"what was used in the months before those of the purchases, oldest first"`
	Account      *fixtures.Account   `json:"account,omitempty" doc:"present where the card is registered from the start"`
}

// newMember asks for members: count for generated ones, or one with traits.
type newMember struct {
	Count int `json:"count,omitempty" minimum:"1" maximum:"10000" doc:"how many members to generate, each with one card, a mobile telephone and a mail address; nothing else may be given with it"`
	Member
}

type memberList struct {
	Members   []Member `json:"members" doc:"by id; of generated members those added by the request, or the first hundred"`
	Generated int      `json:"generated" doc:"how many generated members the world has in all"`
}

func (f handler) members(a huma.API) {
	const tag = "会員"
	register(f, a, get(worldPath+"/members", "list-members", tag, "会員とテストカードの一覧"),
		func(ctx context.Context, in *InWorld) (*answer[memberList], error) {
			m, err := f.service.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[memberList]{listMembers(m)}, nil
		})
	op := change(http.MethodPost, worldPath+"/members", "add-members", tag, "会員を加える（特徴を選ぶか、人数を決めて生成する）")
	op.DefaultStatus = http.StatusCreated
	register(f, a, op,
		func(ctx context.Context, in *struct {
			InWorld
			Body newMember
		}) (*answer[memberList], error) {
			added, err := f.addMembers(ctx, in.World, in.Body)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			m, err := f.service.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[memberList]{memberList{Members: added, Generated: m.Issuer.Generated}}, nil
		})
}

func (f handler) addMembers(ctx context.Context, name string, in newMember) ([]Member, error) {
	if in.Count == 0 {
		added, err := f.service.Control().AddMember(ctx, name, in.Member.fixture())
		return []Member{showMember(added)}, err
	}
	if !in.alone() {
		return nil, errCountAlone
	}
	cards, err := f.service.Control().Generate(ctx, name, in.Count)
	return group(cards), err
}

// listMembers returns the members of a world, by id, generated ones last.
func listMembers(m world.Snapshot) memberList {
	cards := make([]issuer.Card, 0, m.Issuer.Cards.Len())
	for _, c := range m.Issuer.Cards.All() {
		cards = append(cards, c)
	}
	slices.SortFunc(cards, func(a, b issuer.Card) int {
		return cmp.Or(cmp.Compare(a.MemberID, b.MemberID), cmp.Compare(a.Number, b.Number))
	})
	return memberList{Members: append(group(cards), generated(m.Issuer)...), Generated: m.Issuer.Generated}
}

// generated are the first hundred generated members of a book: what generating
// them anew would answer with.
func generated(book issuer.Book) []Member {
	n := min(book.Generated, 100)
	if n == 0 {
		return nil
	}
	book.Generated = 0
	cards, err := book.Generate(n)
	if err != nil {
		panic(err) // a hundred of them were generated before
	}
	return group(cards)
}
