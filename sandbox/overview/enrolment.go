package overview

import (
	"cmp"
	"slices"
	"time"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// An Enrolment is a card's enrolment in 3-D Secure.
type Enrolment struct {
	Card       string    `json:"card" doc:"masked" example:"4242-42**-****-017"`
	MemberID   string    `json:"member_id,omitempty"`
	Name       string    `json:"name,omitempty"`
	EnrolledAt time.Time `json:"enrolled_at"`
}

// Enrolments are those of a world, oldest first.
func Enrolments(m world.Snapshot) []Enrolment {
	list := []Enrolment{}
	for number, at := range m.Issuer.Enrolled.All() {
		c, _ := m.Issuer.Find(number) // a card taken away since has no name any more
		list = append(
			list,
			Enrolment{Card: registration.MaskNumber(m.Policy.CardMask, number), MemberID: c.MemberID, Name: c.Name, EnrolledAt: at},
		)
	}
	slices.SortFunc(list, func(a, b Enrolment) int {
		return cmp.Or(a.EnrolledAt.Compare(b.EnrolledAt), cmp.Compare(a.Card, b.Card))
	})
	return list
}
