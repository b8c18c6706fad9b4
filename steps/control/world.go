package control

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// A Setup says how a world is to be; what is left out stays as it is.
type Setup struct {
	Clock  *ClockMove        `json:"clock,omitempty"`
	Policy map[string]any    `json:"policy,omitempty"` // values by name, as the policy's YAML writes them
	Texts  map[string]string `json:"texts,omitempty"`  // sentences by id; an empty one restores the table's own
}

// A ClockMove moves a clock: first to Now, then on by Advance, then on or off.
type ClockMove struct {
	Now     *time.Time `json:"now,omitempty"`
	Advance string     `json:"advance,omitempty"` // like 9m59s
	Running *bool      `json:"running,omitempty"`
}

// A ClockFace is what a clock shows.
type ClockFace struct {
	Now     time.Time `json:"now"`
	Running bool      `json:"running"`
}

// Arrange makes or changes a world, all of it or nothing.
func (c *Client) Arrange(ctx context.Context, world string, s Setup) error {
	return c.do(ctx, http.MethodPut, in(world, ""), nil, s, nil)
}

// Delete ends a world. No such world is no error.
func (c *Client) Delete(ctx context.Context, world string) error {
	return c.do(ctx, http.MethodDelete, in(world, ""), nil, nil, nil)
}

// Clock tells what a world's clock shows.
func (c *Client) Clock(ctx context.Context, world string) (ClockFace, error) {
	var face ClockFace
	err := c.do(ctx, http.MethodGet, in(world, "/clock"), nil, nil, &face)
	return face, err
}

// MoveClock moves a world's clock.
func (c *Client) MoveClock(ctx context.Context, world string, m ClockMove) (ClockFace, error) {
	var face ClockFace
	err := c.do(ctx, http.MethodPatch, in(world, "/clock"), nil, m, &face)
	return face, err
}

// SetClock makes a world's clock show t.
func (c *Client) SetClock(ctx context.Context, world string, t time.Time) (ClockFace, error) {
	return c.MoveClock(ctx, world, ClockMove{Now: &t})
}

// Advance moves a world's clock on by d.
func (c *Client) Advance(ctx context.Context, world string, d time.Duration) (ClockFace, error) {
	return c.MoveClock(ctx, world, ClockMove{Advance: d.String()})
}

// A Card is a card of a member, as its holder would read it.
type Card struct {
	Number       string `json:"number"`
	Brand        string `json:"brand"`
	Expiry       string `json:"expiry"` // MM/YY
	SecurityCode string `json:"security_code"`
}

// A Member is somebody with cards.
type Member struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
	Cards []Card `json:"cards"`
}

type members struct {
	Members []Member `json:"members"`
}

// Members answers with the members of a world.
func (c *Client) Members(ctx context.Context, world string) ([]Member, error) {
	var found members
	err := c.do(ctx, http.MethodGet, in(world, "/members"), nil, nil, &found)
	return found.Members, err
}

// Generate makes n members, each with a card and a mobile telephone.
func (c *Client) Generate(ctx context.Context, world string, n int) ([]Member, error) {
	var made members
	err := c.do(ctx, http.MethodPost, in(world, "/members"), nil, map[string]int{"count": n}, &made)
	return made.Members, err
}

// AddMember adds a member of the test's own, or replaces the one with its id.
func (c *Client) AddMember(ctx context.Context, world string, m Member) error {
	return c.do(ctx, http.MethodPost, in(world, "/members"), nil, m, nil)
}

// An Event is one entry of a world's timeline.
type Event struct {
	Serial int       `json:"serial"`
	At     time.Time `json:"at"`
	Kind   string    `json:"kind"`
	What   string    `json:"what"`
	Ref    string    `json:"ref,omitempty"`
}

// Timeline answers with what happened in a world, oldest first.
func (c *Client) Timeline(ctx context.Context, world string) ([]Event, error) {
	return c.TimelineAfter(ctx, world, 0)
}

// TimelineAfter answers with what happened after the event of that serial.
func (c *Client) TimelineAfter(ctx context.Context, world string, serial int) ([]Event, error) {
	var found struct {
		Events []Event `json:"events"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/timeline"), url.Values{"after": {strconv.Itoa(serial)}}, nil, &found)
	return found.Events, err
}

// A Registration is where a registration stands, as of the world's now.
type Registration struct {
	ID          string    `json:"id"`
	State       string    `json:"state"`
	Reason      string    `json:"reason,omitempty"`
	MemberID    string    `json:"member_id,omitempty"`
	Card        string    `json:"card,omitempty"` // masked
	Method      string    `json:"method,omitempty"`
	Destination string    `json:"destination,omitempty"` // masked
	NetAnswerID string    `json:"net_answer_id,omitempty"`
	Attempts    int       `json:"attempts"`
	Reissues    int       `json:"reissues"`
	StartedAt   time.Time `json:"started_at"`
	ExpiresAt   time.Time `json:"expires_at,omitzero"`
}

// Registrations answers with the registrations of a world, newest first.
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
	EnrolledAt time.Time `json:"enrolled_at"`
}

// Enrolments answers with the 3-D Secure enrolments of a world, oldest first.
func (c *Client) Enrolments(ctx context.Context, world string) ([]Enrolment, error) {
	var found struct {
		Enrolments []Enrolment `json:"enrolments"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/enrolments"), nil, nil, &found)
	return found.Enrolments, err
}
