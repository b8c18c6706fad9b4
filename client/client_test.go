package client_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

const token = "a-token-of-the-tests"

// start is what the machine of every test shows.
var start = time.Date(2026, 11, 1, 10, 0, 0, 0, clock.Japan)

// connect starts a sandbox's control API and returns a client of it.
func connect(t *testing.T) (*client.Client, *world.Service) {
	t.Helper()
	machine := func() time.Time { return start }
	service, err := world.New(
		world.Config{Machine: machine, Bounds: world.DefaultBounds(), Store: store.NewMemory(machine, world.DefaultBounds()),
			Snapshots: store.NewSnapshots(world.DefaultBounds()), Documents: store.Documents{}},
	)
	if err != nil {
		t.Fatal(err)
	}
	api := control.New(control.Config{Service: service, Log: slog.New(slog.DiscardHandler),
		MemberURL: func(name string) string { return "http://" + name + ".localhost:8080/" }})
	server := httptest.NewServer(middleware.Token(api, token, control.HealthPath))
	t.Cleanup(server.Close)
	return client.New(server.URL+"/", client.WithToken(token)), service
}

// proceed brings hanako to where her passcode was sent.
func proceed(t *testing.T, s *world.Service, name string) (id, passcode string) {
	t.Helper()
	ctx := context.Background()
	first, err := s.Web().Start(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	id = first.Registration.ID
	for _, do := range []func() (world.Step, error){
		func() (world.Step, error) {
			return s.Web().Submit(ctx, name, id, registration.Form{CardNumber: "4242420000010017", ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "123",
				NetAnswerID: "hanako2026", Password: "Secret-2026", PasswordConfirmation: "Secret-2026", EmailPC: "hanako@example.jp", TermsAgreed: true})
		},
		func() (world.Step, error) { return s.Web().Proceed(ctx, name, id) },
	} {
		step, err := do()
		if err != nil || step.Refused != nil {
			t.Fatal(err, step.Refused)
		}
		passcode = step.Registration.Passcode.Code
	}
	return id, passcode
}

// must is the value of a call that may not fail.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestWorldIsArrangedAndDeleted(t *testing.T) {
	t.Parallel()
	c, _ := connect(t)
	ctx := t.Context()
	at := start.Add(-time.Hour)
	err := c.Arrange(ctx, "w", client.Setup{Clock: &client.ClockMove{Now: &at, Advance: "1ms", Running: new(false)},
		Policy: client.Policy{"passcode_digits": 8, "passcode_lifetime": "5m"}, Texts: map[string]string{"home.lead": "ようこそ"}})
	if err != nil {
		t.Fatal(err)
	}
	w := must(c.World(ctx, "w"))(t)
	if !w.Clock.Now.Equal(at.Add(time.Millisecond)) || w.Clock.Running || w.Policy["passcode_digits"] != 8.0 || w.Texts["home.lead"] != "ようこそ" ||
		w.MemberURL != "http://w.localhost:8080/" || w.Counts.Accounts != 1 ||
		w.Serial == 0 {
		t.Errorf("world %+v", w)
	}
	if list := must(c.Worlds(ctx, "w"))(t); len(list) != 1 || list[0].Name != "w" || list[0].Counts != w.Counts {
		t.Errorf("worlds %+v", list)
	}
	if err := c.Delete(ctx, "w"); err != nil {
		t.Error(err)
	}
	if list := must(c.Worlds(ctx, ""))(t); len(list) != 0 {
		t.Errorf("worlds %+v", list)
	}
}

func TestClockIsMoved(t *testing.T) {
	t.Parallel()
	c, _ := connect(t)
	ctx := t.Context()
	steps := []struct {
		name  string
		clock client.ClockState
		want  client.ClockState
	}{
		{"freeze", must(c.Freeze(ctx, "w"))(t), client.ClockState{Now: start}},
		{
			"advance",
			must(c.Advance(ctx, "w", 10*time.Minute-time.Millisecond))(t),
			client.ClockState{Now: start.Add(10*time.Minute - time.Millisecond)},
		},
		{"go back", must(c.Advance(ctx, "w", -time.Minute))(t), client.ClockState{Now: start.Add(9*time.Minute - time.Millisecond)}},
		{"set", must(c.SetClock(ctx, "w", start.UTC()))(t), client.ClockState{Now: start}},
		{"run", must(c.Run(ctx, "w"))(t), client.ClockState{Now: start, Running: true}},
		{"look", must(c.Clock(ctx, "w"))(t), client.ClockState{Now: start, Running: true}},
	}
	for _, step := range steps {
		if diff := cmp.Diff(step.want, step.clock); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
}

func TestPolicyAndTextsAreChanged(t *testing.T) {
	t.Parallel()
	c, _ := connect(t)
	ctx := t.Context()
	before := must(c.Policy(ctx, "w"))(t)
	changed := must(c.SetPolicy(ctx, "w", client.Policy{"passcode_attempts": 3}))(t)
	if before["passcode_attempts"] != 5.0 || changed["passcode_attempts"] != 3.0 || len(changed) != len(before) {
		t.Errorf("policy %v, then %v", before, changed)
	}
	all := must(c.SetTexts(ctx, "w", map[string]string{"home.lead": "ようこそ"}))(t)
	if diff := cmp.Diff(all, must(c.Texts(ctx, "w"))(t)); diff != "" {
		t.Errorf("texts (-answered +seen):\n%s", diff)
	}
	for _, text := range all {
		if text.Changed != (text.ID == "home.lead") || text.Changed && text.Text != "ようこそ" {
			t.Errorf("text %+v", text)
		}
	}
}

func TestMembersAreAddedAndGenerated(t *testing.T) {
	t.Parallel()
	c, s := connect(t)
	ctx := t.Context()
	saburo := must(c.AddMember(ctx, "w", client.Member{Name: "見本 三郎", Cards: []client.Card{{Brand: "jcb", Points: 5,
		Purchases: []client.Purchase{
			{Date: "2026-10-01", Shop: "見本店", Amount: 100},
		}, Account: &client.Account{NetAnswerID: "saburo88", Password: "Secret-88"}}}}))(t)
	if len(saburo.Cards) != 1 || saburo.Cards[0].Number == "" || saburo.Cards[0].SecurityCode == "" || saburo.ID == "" ||
		saburo.Phone != "" {
		t.Errorf("added %+v", saburo)
	}
	two := must(c.Generate(ctx, "w", 2))(t)
	all := must(c.Members(ctx, "w"))(t)
	for _, want := range append(two, saburo) {
		found := false
		for _, m := range all {
			found = found || cmp.Equal(m, want)
		}
		if !found {
			t.Errorf("%+v is not among the members", want)
		}
	}
	if _, _, refused, err := s.Members().Login(t.Context(), "w", "saburo88", "Secret-88"); refused != nil || err != nil {
		t.Error(refused, err)
	}
}

func TestARecipientIsClaimedAndReleased(t *testing.T) {
	t.Parallel()
	c, _ := connect(t)
	ctx := t.Context()
	if err := c.Claim(ctx, "a", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	var refused *client.Problem
	if err := c.Claim(ctx, "b", "+819000001001"); !errors.As(err, &refused) || refused.Code != "claimed" {
		t.Errorf("claimed twice: %v", err)
	}
	if diff := cmp.Diff([]string{"09000001001"}, must(c.Claims(ctx, "a"))(t)); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if err := c.Release(ctx, "a", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	if err := c.Claim(ctx, "b", "090-0000-1001"); err != nil {
		t.Error(err)
	}
}

func TestReferenceIsRead(t *testing.T) {
	t.Parallel()
	c, s := connect(t)
	ctx := t.Context()
	if err := c.Healthy(ctx); err != nil {
		t.Error(err)
	}
	if rules := must(c.Rules(ctx))(t); len(rules) < 100 || rules[0].Assumed || !rules[len(rules)-1].Assumed || rules[0].Says == "" {
		t.Errorf("%d rules", len(rules))
	}
	if cards := must(c.TestCards(ctx))(t); len(cards) < 10 || cards[0].Called != "花子さん" || cards[0].Number != "4242420000010017" ||
		cards[0].For == "" {
		t.Errorf("cards %+v", cards)
	}
	want := client.Bounds{Worlds: s.Bounds().Worlds, Idle: "1h0m0s", Messages: s.Bounds().Messages, Journeys: s.Bounds().Journeys,
		Body: s.Bounds().Body, Document: s.Bounds().Document, Wait: client.MaxWait.String(), Generated: 1_000_000}
	if diff := cmp.Diff(want, must(c.Bounds(ctx))(t)); diff != "" {
		t.Errorf("bounds (-want +got):\n%s", diff)
	}
}

func TestManyAtOnceShareConnections(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	opened := 0
	server := httptest.NewUnstartedServer(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"running":true}`) }),
	)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		mu.Lock()
		defer mu.Unlock()
		if state == http.StateNew {
			opened++
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c := client.New(server.URL)
	const clients, each = 32, 40
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for range each {
				if _, err := c.Clock(t.Context(), "w"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	if opened > 3*clients {
		t.Errorf("%d requests of %d clients opened %d connections", clients*each, clients, opened)
	}
}
