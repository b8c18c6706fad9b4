package overview

import (
	"cmp"
	"slices"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A RegistrationView is a registration as a tester may see it: no number beyond
// its mask, no code, no password.
type RegistrationView struct {
	ID          string    `json:"id"`
	Channel     string    `json:"channel" enum:"web,app"`
	Device      string    `json:"device,omitempty" enum:"iphone,android" doc:"in the app"`
	State       string    `json:"state" doc:"as of now; on the web: input, confirm, passcode, call; in the app: card, destination, passcode, pin, email, password, terms; and completed, expired, locked, unavailable"`
	Reason      string    `json:"reason,omitempty" doc:"why it ended without completion"`
	MemberID    string    `json:"member_id,omitempty"`
	Name        string    `json:"name,omitempty"`
	Card        string    `json:"card,omitempty" doc:"masked; forgotten once a registration has ended, but for a completed one" example:"4242-42**-****-017"`
	Method      string    `json:"method,omitempty" doc:"how the identity is checked"`
	Destination string    `json:"destination,omitempty" doc:"where the passcode goes, masked" example:"*****1001"`
	NetAnswerID string    `json:"net_answer_id,omitempty"`
	Attempts    int       `json:"attempts" doc:"wrong passcodes so far"`
	Reissues    int       `json:"reissues"`
	StartedAt   time.Time `json:"started_at"`
	TouchedAt   time.Time `json:"touched_at" doc:"the member's last own action"`
	ExpiresAt   time.Time `json:"expires_at,omitzero" doc:"when it ends if nothing is done"`
}

// Registrations are the newest registrations of a world, at most limit of them,
// as they are now.
func Registrations(m world.Snapshot, limit int) []RegistrationView {
	all := make([]registration.Registration, 0, m.Registrations.Len())
	for _, r := range m.Registrations.All() {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b registration.Registration) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), cmp.Compare(a.ID, b.ID))
	})
	list := []RegistrationView{}
	for _, r := range all[:min(limit, len(all))] {
		list = append(list, Registration(m, r.At(m.Policy, m.Now)))
	}
	return list
}

// Registration is a registration of a world as a tester may see it.
func Registration(m world.Snapshot, r registration.Registration) RegistrationView {
	v := RegistrationView{
		ID:          r.ID,
		Channel:     string(r.Channel),
		Device:      string(r.Device),
		State:       string(r.State),
		Reason:      string(r.Reason),
		MemberID:    r.Holder.MemberID,
		Name:        r.Holder.Name,
		Method:      string(r.Method),
		NetAnswerID: r.Application.NetAnswerID,
		Attempts:    r.Attempts,
		Reissues:    r.Reissues,
		StartedAt:   r.StartedAt,
		TouchedAt:   r.TouchedAt,
		ExpiresAt:   r.ExpiresAt(m.Policy),
	}
	number := r.Application.CardNumber
	if r.State == registration.Completed {
		number = cardOf(m, r.Application.NetAnswerID)
	}
	if number != "" {
		v.Card = registration.MaskNumber(m.Policy.CardMask, number)
	}
	if to := r.Destination(); to != "" {
		v.Destination = registration.MaskDestination(m.Policy.DestinationMask, to)
	}
	return v
}

// cardOf is the number of the card an account belongs to; "" without one.
func cardOf(m world.Snapshot, netAnswerID string) string {
	a, _ := m.Accounts.Accounts.Get(account.Fold(netAnswerID))
	return a.CardNumber
}
