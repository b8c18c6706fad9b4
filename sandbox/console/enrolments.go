package console

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// enrolment is a card's enrolment in 3-D Secure.
type enrolment struct {
	Card       string    `json:"card" doc:"masked" example:"4242-42**-****-017"`
	MemberID   string    `json:"member_id,omitempty"`
	Name       string    `json:"name,omitempty"`
	EnrolledAt time.Time `json:"enrolled_at"`
}

type enrolmentList struct {
	Enrolments []enrolment `json:"enrolments" doc:"oldest first"`
}

func (f handler) enrolments(a huma.API) {
	register(f, a, get(worldPath+"/enrolments", "list-enrolments", "登録", "本人認証サービス（3Dセキュア）の登録の一覧"),
		func(ctx context.Context, in *InWorld) (*answer[enrolmentList], error) {
			m, err := f.service.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[enrolmentList]{enrolmentList{Enrolments: listEnrolments(m)}}, nil
		})
}

func listEnrolments(m world.Snapshot) []enrolment {
	list := []enrolment{}
	for number, at := range m.Issuer.Enrolled.All() {
		c, _ := m.Issuer.Find(number) // a card taken away since has no name any more
		list = append(list, enrolment{Card: registration.MaskNumber(m.Policy.CardMask, number), MemberID: c.MemberID, Name: c.Name, EnrolledAt: at})
	}
	slices.SortFunc(list, func(a, b enrolment) int {
		return cmp.Or(a.EnrolledAt.Compare(b.EnrolledAt), cmp.Compare(a.Card, b.Card))
	})
	return list
}

// cardOf is the number of the card an account belongs to; "" without one.
func cardOf(m world.Snapshot, netAnswerID string) string {
	a, _ := m.Accounts.Accounts.Get(account.Fold(netAnswerID))
	return a.CardNumber
}
