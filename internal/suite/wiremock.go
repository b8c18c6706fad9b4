package suite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/steps/runner"
)

// An issuerFixture is a WireMock that answers for the card company's core system in
// the sandbox that is tried. Every scenario's world has counters of its own there,
// faults are scripted there, and it is asked what was enrolled. A nil one is the
// issuer of the sandbox itself.
type issuerFixture struct {
	url      string
	http     *http.Client
	members  []fixtures.Member
	counters map[string][]map[string]any // the stubs of a person's cards that count, in the name of anyWorld
	cards    map[string]string           // what the stubs call a card, by its number
	opened   sync.Map                    // the counters of a world, by its name
}

// anyWorld stands for the name of a world; no world can be called so.
const anyWorld = "@world@"

// before is by how much the counters of a world come before those of all worlds,
// and still behind a fault.
const before = 3

// newIssuerFixture prepares for the WireMock at url, and sees that it is there.
func newIssuerFixture(ctx context.Context, url string, members []fixtures.Member) (*issuerFixture, error) {
	d := &issuerFixture{
		url:      url,
		http:     &http.Client{Timeout: endpointsTimeout},
		members:  members,
		counters: map[string][]map[string]any{},
		cards:    map[string]string{},
	}
	if err := d.admin(ctx, http.MethodGet, "health", "", nil); err != nil {
		return nil, fmt.Errorf("no WireMock at %s: %w", url, err)
	}
	for _, m := range members {
		for i, c := range m.Cards {
			d.cards[c.Number] = fmt.Sprintf("%s-%d", m.ID, i+1)
		}
		all, err := mappingsOf(m, stubs.Options{World: anyWorld})
		if err != nil {
			return nil, err
		}
		d.counters[m.Called] = slices.DeleteFunc(all, func(mapping map[string]any) bool { return !counts(mapping) })
	}
	return d, nil
}

// mappingsOf is what a world says of the cards of a member, before what is said
// in all of them.
func mappingsOf(m fixtures.Member, o stubs.Options) (mappings []map[string]any, err error) {
	for _, s := range stubs.All([]fixtures.Member{m}, o) {
		if s.Card == "" { // whoever has no card is answered alike in every world
			continue
		}
		mapping, err := mappingOf(s.Rule, o.World)
		if err != nil {
			return nil, err
		}
		priority, _ := mapping["priority"].(float64)
		mapping["priority"] = priority - before
		mappings = append(mappings, mapping)
	}
	return mappings, nil
}

// counts says whether a mapping is one of those that count.
func counts(mapping map[string]any) bool {
	_, ok := mapping["scenarioName"]
	return ok
}

// mappingOf is a rule as WireMock imports it, marked with its world.
func mappingOf(rule *wiremock.StubRule, world string) (fields map[string]any, err error) {
	data, err := rule.MarshalJSON()
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err
	}
	delete(fields, "id") // WireMock gives each a new one
	delete(fields, "uuid")
	fields["metadata"] = map[string]string{"world": world}
	return fields, nil
}

// load brings mappings into WireMock.
func (d *issuerFixture) load(ctx context.Context, mappings []map[string]any, world string) error {
	if len(mappings) == 0 {
		return nil
	}
	data, err := json.Marshal(map[string]any{"mappings": mappings})
	if err != nil {
		return err
	}
	return d.admin(ctx, http.MethodPost, "mappings/import", strings.ReplaceAll(string(data), anyWorld, world), nil)
}

// open gives a world counters of its own, for the cards of the people that a
// scenario speaks of, until it is closed.
func (d *issuerFixture) open(ctx context.Context, world string, sc runner.Scenario) error {
	if d == nil {
		return nil
	}
	var mappings []map[string]any
	for called, theirs := range d.counters {
		if slices.ContainsFunc(sc.Steps, func(s runner.Step) bool { return strings.Contains(s.Text, called) }) {
			mappings = append(mappings, theirs...)
		}
	}
	d.opened.Store(world, mappings)
	return d.load(ctx, mappings, world)
}

// close takes away what a world has there.
func (d *issuerFixture) close(ctx context.Context, world string) error {
	if d == nil {
		return nil
	}
	d.opened.Delete(world)
	return d.admin(
		ctx,
		http.MethodPost,
		"mappings/remove-by-metadata",
		`{"matchesJsonPath":{"expression":"$.world","equalTo":"`+world+`"}}`,
		nil,
	)
}

// admin asks WireMock's own API.
func (d *issuerFixture) admin(ctx context.Context, method, path, body string, into any) error {
	q, err := http.NewRequestWithContext(ctx, method, d.url+"/__admin/"+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/json")
	answer, err := d.http.Do(q)
	if err != nil {
		return fmt.Errorf("WireMock: %w", err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("WireMock: %w", err)
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("WireMock: %s: %s: %s", path, answer.Status, bytes.TrimSpace(data[:min(len(data), 200)]))
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(data, into); err != nil {
		return errors.Join(errors.New("WireMock: "+path), err)
	}
	return nil
}
