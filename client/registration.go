package client

import (
	"context"
	"net/http"
	"time"
)

// A Registration is where a registration stands, as of the world's now.
type Registration struct {
	ID          string    `json:"id"`
	State       string    `json:"state"`            // input, confirm, passcode, completed, expired, locked or unavailable
	Reason      string    `json:"reason,omitempty"` // why it ended without completion
	MemberID    string    `json:"member_id,omitempty"`
	Name        string    `json:"name,omitempty"`
	Card        string    `json:"card,omitempty"` // masked; "" once it has ended without completion
	Method      string    `json:"method,omitempty"`
	Destination string    `json:"destination,omitempty"` // masked
	NetAnswerID string    `json:"net_answer_id,omitempty"`
	Attempts    int       `json:"attempts"`
	Reissues    int       `json:"reissues"`
	StartedAt   time.Time `json:"started_at"`
	TouchedAt   time.Time `json:"touched_at"`          // the member's last own action
	ExpiresAt   time.Time `json:"expires_at,omitzero"` // zero once it has ended
}

// Registrations returns the registrations of a world, newest first; a
// thousand at the most.
func (c *Client) Registrations(ctx context.Context, world string) ([]Registration, error) {
	var found struct {
		Registrations []Registration `json:"registrations"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/registrations"), nil, nil, &found)
	return found.Registrations, err
}

// An Enrolment is a card enrolled in 3-D Secure.
type Enrolment struct {
	Card       string    `json:"card"` // masked
	MemberID   string    `json:"member_id,omitempty"`
	Name       string    `json:"name,omitempty"`
	EnrolledAt time.Time `json:"enrolled_at"`
}

// Enrolments returns the 3-D Secure enrolments of a world, oldest first.
func (c *Client) Enrolments(ctx context.Context, world string) ([]Enrolment, error) {
	var found struct {
		Enrolments []Enrolment `json:"enrolments"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/enrolments"), nil, nil, &found)
	return found.Enrolments, err
}
