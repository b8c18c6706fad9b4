package control_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type memberAnswer struct {
	ID, Name, Phone, Email string
	Cards                  []struct {
		Number, Brand, Expiry string
		SecurityCode          string `json:"security_code"`
		Points                int
	}
}

type membersAnswer struct {
	Members   []memberAnswer
	Generated int
}

func TestMembersAreThoseOfTheFixturesAndThoseAdded(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var before, added, after membersAnswer
	s.call("GET", "/api/worlds/w/members", "", 200, &before)
	s.call(
		"POST",
		"/api/worlds/w/members",
		`{"id":"saburo","name":"見本 三郎","phone":"090-0000-2001","cards":[{"brand":"amex","points":7}]}`,
		201,
		&added,
	)
	s.call("GET", "/api/worlds/w/members", "", 200, &after)
	if len(added.Members) != 1 || len(added.Members[0].Cards) != 1 {
		t.Fatalf("added %+v", added)
	}
	saburo := added.Members[0]
	if c := saburo.Cards[0]; c.Brand != "amex" || len(c.Number) != 15 || len(c.SecurityCode) != 4 || c.Expiry == "" || c.Points != 7 ||
		saburo.Email != "" {
		t.Errorf("what was left open was not filled in: %+v", saburo)
	}
	if len(after.Members) != len(before.Members)+1 ||
		!slices.ContainsFunc(after.Members, func(m memberAnswer) bool { return cmp.Equal(m, saburo) }) {
		t.Errorf("%d members, then %d", len(before.Members), len(after.Members))
	}
	m, err := s.service.Snapshot(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	c := saburo.Cards[0]
	if holder, ok := m.Issuer.Verify(c.Number, c.Expiry, c.SecurityCode); !ok || holder.Name != "見本 三郎" || holder.Phone != "090-0000-2001" {
		t.Errorf("the issuer knows %+v, %v", holder, ok)
	}
}

func TestMemberIsReplacedByTheirID(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call(
		"POST",
		"/api/worlds/w/members",
		`{"id":"hanako","name":"山田 花子","email":"hanako@example.jp","cards":[{"number":"4242420000010017","expiry":"11/35","security_code":"123"}]}`,
		201,
		nil,
	)
	var list membersAnswer
	s.call("GET", "/api/worlds/w/members", "", 200, &list)
	var found []memberAnswer
	for _, m := range list.Members {
		if m.ID == "hanako" {
			found = append(found, m)
		}
	}
	if len(found) != 1 || found[0].Phone != "" || len(found[0].Cards) != 1 {
		t.Errorf("hanako is %+v", found)
	}
}

func TestMemberWithoutAnyTraitIsUsable(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var first, second membersAnswer
	s.call("POST", "/api/worlds/w/members", `{}`, 201, &first)
	s.call("POST", "/api/worlds/w/members", `{}`, 201, &second)
	a, b := first.Members[0], second.Members[0]
	if a.ID == b.ID || a.Cards[0].Number == b.Cards[0].Number {
		t.Errorf("two members are one: %+v %+v", a, b)
	}
}

func TestMemberMayBeRegisteredFromTheStart(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("POST", "/api/worlds/w/members", `{"cards":[{"account":{"net_answer_id":"saburo88","password":"Secret-88"}}]}`, 201, nil)
	if _, _, refused, err := s.service.Members().Login(t.Context(), "w", "saburo88", "Secret-88"); refused != nil || err != nil {
		t.Error(refused, err)
	}
	p := s.refused(
		"POST",
		"/api/worlds/w/members",
		`{"id":"shiro","cards":[{"account":{"net_answer_id":"SABURO88","password":"Secret-88"}}]}`,
		422,
		"request_invalid",
	)
	var list membersAnswer
	s.call("GET", "/api/worlds/w/members", "", 200, &list)
	if slices.ContainsFunc(list.Members, func(m memberAnswer) bool { return m.ID == "shiro" }) {
		t.Errorf("refused (%s) and added all the same", p.Detail)
	}
}

func TestMembersAreGenerated(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var first, second, list membersAnswer
	s.call("POST", "/api/worlds/w/members", `{"count":120}`, 201, &first)
	s.call("POST", "/api/worlds/w/members", `{"count":2}`, 201, &second)
	s.call("GET", "/api/worlds/w/members", "", 200, &list)
	numbers := map[string]bool{}
	for _, m := range append(first.Members, second.Members...) {
		numbers[m.Cards[0].Number] = true
	}
	if len(numbers) != 122 || second.Generated != 122 || list.Generated != 122 {
		t.Errorf("%d numbers, %d and %d generated", len(numbers), second.Generated, list.Generated)
	}
	shown := slices.IndexFunc(list.Members, func(m memberAnswer) bool { return strings.HasPrefix(m.ID, "generated-") })
	if diff := cmp.Diff(first.Members[:100], list.Members[shown:]); diff != "" {
		t.Errorf("the list shows others than the first hundred (-want +got):\n%s", diff)
	}
	c := first.Members[119].Cards[0]
	month, year, _ := strings.Cut(c.Expiry, "/")
	f := hanako
	f.CardNumber, f.ExpiryMonth, f.ExpiryYear, f.SecurityCode = c.Number, month, year, c.SecurityCode
	id := s.step(s.service.Web().Start(t.Context(), "w")).Registration.ID
	s.step(s.service.Web().Submit(context.Background(), "w", id, f))
}

func TestMembersThatCannotBe(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	tests := map[string]struct{ body, code string }{
		"count beside a name":      {`{"count":1,"name":"x"}`, "request_invalid"},
		"no members":               {`{"count":0,"id":"x","name":1}`, "malformed"},
		"less than none":           {`{"count":-1}`, "malformed"},
		"more than a request may":  {`{"count":10001}`, "malformed"},
		"a number that is real":    {`{"cards":[{"number":"4111111111111111"}]}`, "request_invalid"},
		"a wrong check digit":      {`{"cards":[{"number":"4242420000010018"}]}`, "request_invalid"},
		"a number with spaces":     {`{"cards":[{"number":"4242 4200 0001 0017"}]}`, "malformed"},
		"a brand of another's":     {`{"cards":[{"number":"4242420000010017","brand":"jcb"}]}`, "request_invalid"},
		"a brand nobody has":       {`{"cards":[{"brand":"diners"}]}`, "malformed"},
		"a month that is none":     {`{"cards":[{"expiry":"13/30"}]}`, "request_invalid"},
		"a telephone that is none": {`{"phone":"0900000200l"}`, "request_invalid"},
		"an address that is none":  {`{"email":"saburo"}`, "malformed"},
		"an id with a space":       {`{"id":"a b"}`, "malformed"},
		"a code with letters":      {`{"cards":[{"security_code":"12a"}]}`, "malformed"},
		"an unknown field":         {`{"nickname":"x"}`, "malformed"},
		"an unknown card field":    {`{"cards":[{"colour":"gold"}]}`, "malformed"},
		"cards that are no list":   {`{"cards":{}}`, "malformed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := s.in(t)
			p := s.refused("POST", "/api/worlds/w/members", test.body, 422, test.code)
			if strings.Contains(p.Detail, "4111111111111111") {
				t.Errorf("the number is told again: %s", p.Detail)
			}
		})
	}
	m, err := s.service.Snapshot(t.Context(), "w")
	if err != nil || m.Timeline.Serial != 0 {
		t.Errorf("the world has changed: %+v, %v", m.Timeline, err)
	}
}
