package control_test

import (
	"strings"
	"testing"
	"time"
)

type registrationAnswer struct {
	ID, State, Reason, Name, Card, Method, Destination string
	NetAnswerID                                        string    `json:"net_answer_id"`
	MemberID                                           string    `json:"member_id"`
	StartedAt                                          time.Time `json:"started_at"`
	ExpiresAt                                          time.Time `json:"expires_at"`
	Attempts, Reissues                                 int
}

type registrationsAnswer struct {
	Total         int
	Registrations []registrationAnswer
}

func TestRegistrationsAreShownAsOfNowAndMasked(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, code := s.proceed("w", hanako)
	var list registrationsAnswer
	got := s.call("GET", "/api/worlds/w/registrations", "", 200, &list)
	want := registrationAnswer{
		ID:          id,
		State:       "passcode",
		Name:        "山田 花子",
		MemberID:    "hanako",
		Card:        "4242-42**-****-017",
		Method:      "sms",
		Destination: "*****1001",
		NetAnswerID: "hanako2026",
	}
	r := list.Registrations[0]
	if !r.StartedAt.Equal(start) || !r.ExpiresAt.Equal(start.Add(10*time.Minute)) {
		t.Errorf("started %s, ends %s", r.StartedAt, r.ExpiresAt)
	}
	if r.StartedAt, r.ExpiresAt = (time.Time{}), (time.Time{}); r != want || list.Total != 1 {
		t.Errorf("%+v, want %+v", r, want)
	}
	for _, secret := range []string{code, hanako.CardNumber, hanako.SecurityCode + `"`, hanako.Password, "digest", "token"} {
		if strings.Contains(got.text, secret) {
			t.Errorf("%q is told", secret)
		}
	}
	s.machine.pass(10 * time.Minute)
	var later registrationsAnswer
	s.call("GET", "/api/worlds/w/registrations", "", 200, &later)
	if r := later.Registrations[0]; r.State != "expired" || r.Reason != "passcode" || r.Card != "" || !r.ExpiresAt.Equal(time.Time{}) {
		t.Errorf("after ten minutes %+v", r)
	}
}

func TestRegistrationsAreNewestFirstAndBounded(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var ids []string
	for range 3 {
		ids = append(ids, s.step(s.service.Web().Start(t.Context(), "w")).Registration.ID)
		s.machine.pass(time.Second)
	}
	var list registrationsAnswer
	s.call("GET", "/api/worlds/w/registrations?limit=2", "", 200, &list)
	if list.Total != 3 || len(list.Registrations) != 2 || list.Registrations[0].ID != ids[2] || list.Registrations[1].ID != ids[1] {
		t.Errorf("%+v of %v", list, ids)
	}
}

func TestCompletedRegistrationKeepsItsCardAndIsEnrolled(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", hanako)
	var list registrationsAnswer
	s.call("GET", "/api/worlds/w/registrations", "", 200, &list)
	if r := list.Registrations[0]; r.State != "completed" || r.Card != "4242-42**-****-017" || r.NetAnswerID != "hanako2026" {
		t.Errorf("%+v", r)
	}
	var enrolled struct {
		Enrolments []struct {
			Card, Name string
			EnrolledAt time.Time `json:"enrolled_at"`
		}
	}
	s.call("GET", "/api/worlds/w/enrolments", "", 200, &enrolled)
	if e := enrolled.Enrolments; len(e) != 1 || e[0].Card != "4242-42**-****-017" || e[0].Name != "山田 花子" || !e[0].EnrolledAt.Equal(start) {
		t.Errorf("%+v", e)
	}
	if s.call("GET", "/api/worlds/other/enrolments", "", 200, &enrolled); len(enrolled.Enrolments) != 0 {
		t.Errorf("another world has %+v", enrolled)
	}
}
